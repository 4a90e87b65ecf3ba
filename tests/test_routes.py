"""Declarations: what ``slots()`` and ``slot()`` take, and how they refuse the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

import django_parallel_routes
from django_parallel_routes import intercept, slot, slots
from tests.window import layout, serve


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("view")


class ClassBased(View):
    pass


HOME = path("", view)
ONE = slot([HOME])  # what slot() returns, used where it doesn't belong


@pytest.mark.parametrize(
    ("declare", "where", "what", "remedy"),
    [
        pytest.param(
            lambda: slots(3, layout="l.html", children=[HOME]),
            "slots(3)",
            "the route is 3",
            "give a string, as for path()",
            id="route that is no string",
        ),
        pytest.param(
            lambda: slots(None, layout="l.html", children=[HOME]),
            "slots(None)",
            "the route is None",
            "give a string, as for path()",
            id="no route",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html"),
            "slots('a/')",
            "no slot is declared",
            "give children=[...] or a named slot",
            id="no slots",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", team=slot([], default=view)),
            "slots('a/')",
            "no slot has a route, so there is no URL",
            "give one of the slots a path()",
            id="only defaults",
        ),
        pytest.param(
            lambda: slots("a/", layout="", children=[HOME]),
            "slots('a/'): layout",
            "got ''",
            "give a template name or a view",
            id="empty layout",
        ),
        pytest.param(
            lambda: slots("a/", layout=None, children=[HOME]),
            "slots('a/'): layout",
            "got None",
            "give a template name or a view",
            id="no layout",
        ),
        pytest.param(
            lambda: slots("a/", layout=ClassBased, children=[HOME]),
            "slots('a/'): layout",
            "got the class ClassBased",
            "write ClassBased.as_view()",
            id="layout is a class",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", **{"my-team": [HOME]}),
            "slots('a/'): slot 'my-team'",
            "the name is no plain word",
            "use ASCII letters, digits and underscores",
            id="name with a hyphen",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", équipe=[HOME]),
            "slots('a/'): slot 'équipe'",
            "the name is no plain word",
            "use ASCII letters, digits and underscores",
            id="name that is not ASCII",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", _team=[HOME]),
            "slots('a/'): slot '_team'",
            "the name is no plain word",
            "use ASCII letters, digits and underscores",
            id="name with a leading underscore",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", **{"a\n": [HOME]}),
            "slots('a/'): slot 'a\\n'",
            "the name is no plain word",
            "use ASCII letters, digits and underscores",
            id="name with a newline",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", children=HOME),
            "slots('a/'): slot 'children'",
            "got <URLPattern ''>",
            "give a list of path(), re_path(), slots() and intercept(), or a slot()",
            id="a path() without a list",
        ),
        pytest.param(
            lambda: slots(
                "a/", layout="l.html", team=slots("b/", layout="l.html", children=[HOME])
            ),
            "slots('a/'): slot 'team'",
            "got slots('b/')",
            "give a list of path(), re_path(), slots() and intercept(), or a slot()",
            id="a slots() without a list",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", children=include("tests.urls.tabs")),
            "slots('a/'): slot 'children'",
            "got include(...)",
            'write [path("", include(...))]',
            id="a bare include()",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", children=[include("tests.urls.tabs")]),
            "slots('a/'): slot 'children'",
            "item 1 is include(...)",
            'write path("", include(...))',
            id="an include() without path()",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", children="tests.urls.tabs"),
            "slots('a/'): slot 'children'",
            "got 'tests.urls.tabs'",
            "give a list of path(), re_path(), slots() and intercept(), or a slot()",
            id="a string",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", children=view),
            "slots('a/'): slot 'children'",
            "got view",
            'write [path("", view)], or slot([], default=view) to show it beside all pages',
            id="a view",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", children=[HOME, view]),
            "slots('a/'): slot 'children'",
            "item 2 is view",
            'write path("", view)',
            id="a view among patterns",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", children=[HOME, [HOME]]),
            "slots('a/'): slot 'children'",
            "item 2 is [<URLPattern ''>]",
            "give only path(), re_path(), slots() and intercept()",
            id="a list in a list",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", children=[ONE]),
            "slots('a/'): slot 'children'",
            "item 1 is slot(",
            "give only path(), re_path(), slots() and intercept()",
            id="slot() in a list",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", children=[HOME], team=[]),
            "slots('a/'): slot 'team'",
            "it has neither a route nor a default",
            "give it a default (None for a closed modal), or leave the slot out",
            id="an empty list",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", team=slot([HOME], default=3)),
            "slots('a/'): slot 'team': default",
            "got 3",
            "give a template name or a view",
            id="default is a number",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", team=slot([HOME], default="")),
            "slots('a/'): slot 'team': default",
            "got ''",
            "give a template name or a view",
            id="default is an empty string",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", team=slot([HOME], block=["content", 3])),
            "slots('a/'): slot 'team'",
            "block is ['content', 3]",
            "give the name of a block, or a list",
            id="a block is a number",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", team=slot([HOME], element="#main")),
            "slots('a/'): slot 'team'",
            "element is '#main'",
            "give the id of an element, or a list",
            id="an element is a selector",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", team=slot([HOME], default=TemplateView)),
            "slots('a/'): slot 'team': default",
            "got the class TemplateView",
            "write TemplateView.as_view()",
            id="default is a class",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", team=slot([HOME], layout=ClassBased)),
            "slots('a/'): slot 'team': layout",
            "got the class ClassBased",
            "write ClassBased.as_view()",
            id="slot's layout is a class",
        ),
        pytest.param(
            lambda: slots(
                "a/", layout="l.html", team=slot([HOME], default=view, default_layout=3)
            ),
            "slots('a/'): slot 'team': default_layout",
            "got 3",
            "give a template name or a view",
            id="default_layout is a number",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", team=slot([HOME], default_layout="t.html")),
            "slots('a/'): slot 'team'",
            "default_layout without a default",
            "give default= a view or a template",
            id="default_layout without a default",
        ),
        pytest.param(
            lambda: slots(
                "a/", layout="l.html", team=slot([HOME], default=None, default_layout="t.html")
            ),
            "slots('a/'): slot 'team'",
            "default_layout without a default",
            "give default= a view or a template",
            id="default_layout around nothing",
        ),
        pytest.param(
            lambda: slots(
                "a/", layout="l.html", team=slot([HOME], default=None, unmatched="close")
            ),
            "slots('a/'): slot 'team'",
            "unmatched is 'close'",
            'it must be "keep", "default" or "refresh"',
            id="unknown unmatched",
        ),
        pytest.param(
            lambda: slots("a/", layout="l.html", team=slot([HOME], unmatched="default")),
            "slots('a/'): slot 'team'",
            'unmatched="default" without a default',
            "give default= a view or a template, or None",
            id="unmatched=default without a default",
        ),
        *(
            pytest.param(
                lambda view=view, check=check: intercept("photo", view, asks=check),
                "intercept('photo')",
                f"asks is {check!r}",
                "give a view that refuses all users whom the target refuses",
                id=f"asks={check!r} with {name}",
            )
            for name, view, check in (
                ("the target's view", None, False),
                ("a template", "modal.html", False),
                ("a view", HttpResponse, 0),
            )
        ),
        *(
            pytest.param(
                lambda patterns=patterns: slots(
                    "a/",
                    layout="l.html",
                    modal=slot([*patterns, intercept("b", opens="above")], default=None),
                ),
                "slots('a/'): slot 'modal'",
                "opens=\"above\", and a slots() in it has a slot 'modal' as well",
                "rename one of the two slots, or give this slot a layout",
                id=f"a slot that stacks, with one of its name in {place}",
            )
            for place, patterns in {
                "it": [slots("b/", layout="l.html", children=[HOME], modal=[HOME])],
                "a list": [
                    HOME,
                    path("b/", include([slots("", layout="l.html", modal=[HOME])])),
                ],
                "a slots() beside a module": [
                    path("c/", include("django.contrib.auth.urls")),
                    slots("b/", layout="l.html", modal=[HOME]),
                ],
            }.items()
        ),
    ],
)
def test_a_wrong_declaration_raises_an_error_that_says_what_to_write(
    declare: Callable[[], Any], where: str, what: str, remedy: str
) -> None:
    """When the URLconf is imported, with the place of the mistake."""
    with pytest.raises(ImproperlyConfigured) as refused:
        declare()
    message = str(refused.value)
    assert message.startswith("tests/test_routes.py, line ")
    assert f": {where}: {what}" in message
    assert message.endswith(f"; {remedy}.")


def test_a_slot_that_stacks_may_have_one_of_its_name_deeper_inside() -> None:
    """Its address is ``modal.children.modal``, and that of the second level is ``modal.modal``."""
    deep = slots("c/", layout="l.html", children=[HOME], modal=[HOME])
    inner = slots("b/", layout="l.html", children=[deep])
    outer = slots(
        "a/",
        layout="l.html",
        children=[HOME],
        modal=slot([inner, intercept("photo", opens="above")], default=None),
    )
    assert [one.name for one in outer.segment.slots if one.stacks] == ["modal"]


@pytest.mark.parametrize("option", ["intercepting", "defaults", "Layout"])
def test_options_that_do_not_exist_are_refused(option: str) -> None:
    """Options are keyword-only; the message lists them."""
    with pytest.raises(ImproperlyConfigured, match=f"unexpected keyword argument '{option}'"):
        slot([HOME], **{option: view})
    with pytest.raises(ImproperlyConfigured):
        slot([HOME], "l.html")


@pytest.mark.parametrize(
    "declare",
    [
        pytest.param(lambda: slots("", layout="l.html", children=[HOME]), id="an empty prefix"),
        pytest.param(lambda: slots("a/", layout=view, children=(HOME,)), id="a tuple of patterns"),
        pytest.param(
            lambda: slots(gettext_lazy("a/"), layout=TemplateView.as_view(), children=[HOME]),
            id="a lazy prefix",
        ),
        pytest.param(
            lambda: slots("<int:pk>/", layout="l.html", Team_2=[HOME]), id="no children at all"
        ),
        pytest.param(
            lambda: slots("", layout="l.html", children=slot([], default=view), team=[HOME]),
            id="a slot of nothing but a default",
        ),
        pytest.param(
            lambda: slots(
                "",
                layout="l.html",
                children=[HOME, re_path("^x/$", view), path("y/", include("tests.urls.tabs"))],
                team=slot(
                    [slots("z/", layout="l.html", children=[HOME])],
                    layout=view,
                    default="d.html",
                    default_layout=view,
                    unmatched="default",
                ),
            ),
            id="everything at once",
        ),
        *(
            pytest.param(
                lambda patterns=patterns, options=options: slots(
                    "",
                    layout="l.html",
                    modal=slot(
                        [*patterns, intercept("b", opens="above")], default=None, **options
                    ),
                ),
                id=f"a slot that stacks, with {what}",
            )
            for what, patterns, options in [
                (
                    "a layout around another of its name",
                    [slots("z/", layout="l.html", modal=[HOME])],
                    {"layout": "t.html"},
                ),
                ("another slot in it", [slots("z/", layout="l.html", team=[HOME])], {}),
                ("an included module", [path("y/", include("tests.urls.tabs"))], {}),
            ]
        ),
    ],
)
def test_each_allowed_kind_of_declaration_is_accepted(declare: Callable[[], Any]) -> None:
    """Views, template names, lists, and everything that ``path()`` takes."""
    resolver = declare()
    assert resolver.url_patterns
    assert repr(resolver).startswith("slots(")


def test_children_come_first_wherever_they_are_declared() -> None:
    """S49: children stand before "named slots in order of declaration"."""
    resolver = slots("", layout="l.html", b=[HOME], a=[HOME], children=[HOME])
    assert [slot.name for slot in resolver.segment.slots] == ["children", "b", "a"]


def test_declared_values_are_frozen_and_say_what_they_are() -> None:
    """Declarations are frozen, and their ``repr()`` says what was declared."""
    resolver = slots("a/", layout="l.html", children=[HOME], team=slot([HOME], default=None))
    segment = resolver.segment
    assert repr(segment).startswith("<Segment ")
    assert "l.html" in repr(segment)
    assert repr(segment).endswith(": children, team>")
    assert repr(segment.slots[1]) == "<Slot 'team': 1 patterns>"
    assert repr(ONE) == "slot([<URLPattern ''>])"
    for frozen in (segment, segment.slots[0]):
        with pytest.raises(AttributeError):
            frozen.name = "other"


def test_a_layout_may_be_any_callable(settings: Any) -> None:
    """A partial and a callable object, too."""

    class Layout:
        def __init__(self) -> None:
            self.view = layout("object {% slot %}")

        def __call__(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return self.view(request, **kwargs)

    window = serve(
        settings,
        slots("object/", layout=Layout(), children=[HOME]),
        slots("partial/", layout=partial(layout("partial {% slot %}")), children=[HOME]),
    )
    assert window.hard("/object/").content.startswith(b"object <div")
    assert window.hard("/partial/").content.startswith(b"partial <div")


def test_the_public_names_are_those_of_the_docs() -> None:
    """Public is what the docs name; everything else may change."""
    assert django_parallel_routes.__all__ == ["intercept", "refresh", "slot", "slots"]
