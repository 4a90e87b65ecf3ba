"""HTML that is read as browsers read it, and written again."""

from __future__ import annotations

from django_parallel_routes.client.dom import parse


def test_html_is_read_as_browsers_read_it() -> None:
    document = parse(
        "<!doctype html><!-- c --><ul><li>a<li>b</ul></b><svg><path/><g/></svg><div/>x"
        "<select><option>o</select><script>a<b</script><input a=1 a=2><dialog>no</dialog>"
        "<p hidden>no</p>&lt;&amp"
    )
    assert document.text() == "a b x <&"
    assert parse("[a<template></template>/b<!-- -->]<i>c</i>").text() == "[a/b] c"
    assert document.inner_html() == (
        "<ul><li>a</li><li>b</li></ul><svg><path></path><g></g></svg><div>x"
        "<select><option>o</option></select><script>a<b</script>"
        '<input a="1"><dialog>no</dialog>'
        "<p hidden>no</p>&lt;&amp;</div>"
    )
    (field,) = document.all(lambda one: one.tag == "input")
    assert field["a"] == "1"
    field.update({"a": None, "b": ""})
    assert field.html() == repr(field) == "<input b>"
    field.update({"c": '"'})
    assert field.html() == '<input b c="&quot;">'
