"""``assert_soft_equals_hard()``: what it compares, what it finds, what it says."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.test import Client
from django.urls import include, path, re_path, register_converter

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.test import AsyncSlotClient, SlotClient, assert_soft_equals_hard
from tests.window import layout, serve

HEAD = "<!doctype html><head><title>Site</title>{% parallel_routes_script %}</head><body>"


def says(text: str, **more: Any) -> Any:
    return lambda request, **kwargs: HttpResponse(text.format(**kwargs), **more)


def site(settings: Any, *children: Any, source: str = "", side: Any = None) -> SlotClient:
    """``L{children "", team/<id>/, …; side D, team/<id>/}``."""
    serve(
        settings,
        path("outside/<int:other>/", says("outside")),
        slots(
            "",
            layout=layout(HEAD + source + "{% slot %}{% slot 'side' %}"),
            children=[
                path("", says("<title>Home</title>home")),
                path("team/<int:id>/", says("<title>Team</title>team {id}")),
                *children,
            ],
            side=side
            or slot([path("team/<int:id>/", says("side {id}"))], default=says("no side")),
        ),
    )
    return SlotClient()


def failure(client: SlotClient, **options: Any) -> str:
    with pytest.raises(AssertionError) as error:
        assert_soft_equals_hard(client, **{"examples": {"id": 1}, **options})
    return str(error.value)


def test_all_routes_of_slots_are_visited_from_elsewhere(settings: Any) -> None:
    """Views outside of every ``slots()`` are documents on every way to them."""
    parity = assert_soft_equals_hard(site(settings), examples={"id": 1})
    assert parity.urls == ["/", "/team/1/"]
    assert parity.skipped == {}


@pytest.mark.urls("tests.urls.machine")
def test_a_site_with_stacked_modals_passes() -> None:
    """B30, S26: a route that is intercepted elsewhere is compared as its own page."""
    parity = assert_soft_equals_hard(
        SlotClient(), examples={"id": 1, "team": "a"}, exclude=["/team/*/log/"]
    )
    assert "/photo/1/" in parity.urls
    assert parity.skipped == {"/team/<slug:team>/log/": "excluded"}


def test_a_url_that_is_a_404_after_a_reload_is_found(settings: Any) -> None:
    """S10"""
    side = [path("", says("side")), path("only/<int:id>/", says("only here"))]
    client = site(settings, path("x/", says("x")), side=slot(side, default=None))
    settings.ROOT_URLCONF.urlpatterns.append(
        slots(
            "no/",
            layout=layout(HEAD + "{% slot %}{% slot 'log' %}"),
            children=[path("", says("no"))],
            log=[path("", says("log")), path("more/<int:id>/", says("more"))],
        )
    )
    assert failure(client) == (
        "A hard load of /only/1/ (route /only/<int:id>/) has the status 404: there is neither a page "
        "nor a default for slot 'children'. A reload must succeed: give the slot a default, give an example "
        "that exists, or exclude the URL.\n\n"
        "A hard load of /no/more/1/ (route /no/more/<int:id>/) has the status 404: there is neither a "
        "page nor a default for slot 'children'. A reload must succeed: give the slot a default, give an "
        "example that exists, or exclude the URL."
    )


def test_a_view_that_looks_at_htmx_is_found(settings: Any) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>part" if request.headers.get("HX-Request") else "<p>whole")

    assert failure(site(settings, path("x/", view))) == (
        "A visit of /x/ from / shows another slot 'children' than a hard load. The last step was a visit of "
        "/x/ from /; the server responded with slots: a soft navigation.\n"
        "--- hard\n+++ soft\n@@ -1,3 +1,3 @@\n <p>\n-whole\n+part\n </p>"
    )


def test_a_layout_that_prints_what_depends_on_the_url_is_found(settings: Any) -> None:
    client = site(settings, source="<nav>{{ request.path }}</nav>")
    said = failure(client)
    assert said.startswith(
        "A visit of / from /team/1/ leaves an outermost layout that a hard load prints otherwise."
    )
    assert "-/\n+/team/1/" in said
    assert_soft_equals_hard(client, examples={"id": 1}, ignore=["<nav>.*</nav>"])


def test_the_layout_of_a_slot_is_compared_too(settings: Any) -> None:
    nested = slots(
        "in/",
        layout=layout("<b>{{ request.path }}</b>{% slot %}"),
        children=[path("a/", says("a")), path("b/", says("b"))],
    )
    assert "shows another slot 'children' than a hard load" in failure(site(settings, nested))


def test_a_slot_that_a_soft_navigation_does_not_have_is_found(settings: Any) -> None:
    """Such a layout prints the slot for some URLs only."""
    client = site(settings)
    source = HEAD + "{% slot %}{% if request.path != '/' %}{% slot 'side' %}{% endif %}"
    serve(
        settings,
        slots(
            "",
            layout=layout(source),
            children=[path("", says("home")), path("a/", says("a"))],
            side=slot([path("a/", says("side"))], default=says("no side")),
        ),
    )
    said = failure(client)
    assert "A visit of /a/ from / shows no slot 'side', which a hard load has." in said


def test_titles_are_compared(settings: Any) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<title>Soft</title>x" if request.headers.get("HX-Request") else "x")

    said = failure(site(settings, path("x/", view)))
    assert said.startswith("A visit of /x/ from / has the title 'Soft', but a hard load 'Site'.")


def test_patterns_of_what_differs_each_time_are_ignored(settings: Any) -> None:
    numbers = iter(range(1000))

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"No. {next(numbers)}")

    client = site(settings, path("x/", view), side=slot([path("x/", view)], default=None))
    assert "-No. " in failure(client)
    assert_soft_equals_hard(client, examples={"id": 1}, ignore=[r"No\. \d+"])


def test_long_differences_and_lists_are_cut(settings: Any) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        mark = "soft" if request.headers.get("HX-Request") else "hard"
        return HttpResponse(f"<p>{mark}" * 30)

    said = failure(site(settings, *(path(f"{n}/", view) for n in range(7))))
    assert said.endswith("\n\n… and 2 more.")
    assert "\n…\n" in said


def test_redirects_are_compared_as_redirects(settings: Any) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return redirect("/" if request.headers.get("HX-Request") else "/team/1/")

    assert_soft_equals_hard(
        site(settings, path("x/", lambda r: redirect("/"))), examples={"id": 1}
    )
    said = failure(site(settings, path("x/", view)))
    assert said.startswith("A visit of /x/ from / leads to /, but a hard load to /team/1/.")


def test_pages_that_the_user_may_not_see_are_skipped_with_a_reason(settings: Any) -> None:
    client = site(
        settings,
        path("forbidden/", lambda request: HttpResponseForbidden()),
        path("post/", lambda request: HttpResponseNotAllowed(["POST"])),
        path("file/", says("a,b", content_type="text/csv")),
        path("none/<slug:kind>/", says("x", content_type="text/csv")),
    )
    parity = assert_soft_equals_hard(client, examples={"id": 1, "kind": "a"}, exclude=["/none/a/"])
    assert parity.skipped == {
        "/forbidden/": "a hard load has the status 403",
        "/post/": "a hard load has the status 405",
        "/file/": "its response has no slots",
        "/none/a/": "excluded",
    }


def test_a_hard_load_over_a_background_is_not_compared_with_the_page(
    settings: Any,
) -> None:
    """B31"""
    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'modal' %}"),
            children=[path("", says("home"), name="home"), path("x/", says("x"), name="x")],
            modal=slot([intercept("x", says("modal"), background="home")], default=None),
        ),
    )
    assert len(assert_soft_equals_hard(SlotClient()).urls) == 2


def test_an_intercepted_visit_must_survive_a_reload_as_well(settings: Any) -> None:
    def modal(request: HttpRequest) -> HttpResponse:
        return HttpResponse("modal", headers={"HX-Push-Url": "/nowhere/"})

    serve(
        settings,
        slots(
            "",
            layout=layout(HEAD + "{% slot %}{% slot 'modal' %}"),
            children=[path("", says("home")), path("x/", says("x"), name="x")],
            modal=slot([intercept("x", modal)], default=None),
        ),
    )
    assert failure(SlotClient()).startswith(
        "A visit of /x/ from / leads to /nowhere/, but a reload there has the status 404."
    )


# --- which URLs ---


def test_each_parameter_needs_an_example(settings: Any) -> None:
    client = site(
        settings,
        path("x/<slug:a>/<b>/", says("x")),
        re_path(r"^old/(\d+)/$", lambda request, number: HttpResponse("old")),
    )
    assert failure(client, examples={}) == (
        "Some routes can't be tested. Give examples, or exclude them:\n"
        "  /team/<int:id>/ needs an example of 'id'\n"
        "  /x/<slug:a>/<b>/ needs an example of 'a'\n"
        "  /x/<slug:a>/<b>/ needs an example of 'b'\n"
        r"  /old/(\d+)/ is a regular expression: exclude it, and add a URL of it to urls=[…]"
    )
    parity = assert_soft_equals_hard(
        client,
        examples={"id": 1, "a": "a", "b": "b"},
        urls=["/old/7/", "/?page=2"],
        exclude=["/old/(*"],
    )
    assert parity.urls == ["/old/7/", "/?page=2", "/", "/team/1/", "/x/a/b/"]


def test_a_route_may_have_examples_of_its_own(settings: Any) -> None:
    client = site(settings, path("x/<slug:id>/", says("{id}")))
    for route in ("/x/<slug:id>/", "x/<slug:id>/"):
        parity = assert_soft_equals_hard(client, examples={"id": 1, route: {"id": "a"}})
        assert parity.urls == ["/", "/team/1/", "/x/a/"]


class Backwards:
    regex = "[a-z]+"

    def to_python(self, value: str) -> str:
        return value[::-1]

    def to_url(self, value: str) -> str:
        return value[::-1]


register_converter(Backwards, "backwards")


def test_converters_make_the_urls(settings: Any) -> None:
    client = site(settings, path("x/<backwards:word>/", says("{word}")))
    parity = assert_soft_equals_hard(client, examples={"id": 1, "word": "abc"})
    assert parity.urls[-1] == "/x/cba/"


def test_routes_are_found_wherever_they_are_included(settings: Any) -> None:
    settings.USE_I18N = True
    settings.LANGUAGE_CODE = "en"
    inner = slots(
        "in/",
        layout=layout(HEAD + "{% slot %}"),
        children=[path("", says("in")), path("a/", says("a"))],
    )
    serve(settings, *i18n_patterns(path("b/", include([inner]))), re_path("^", include([inner])))
    parity = assert_soft_equals_hard(SlotClient())
    assert parity.urls == ["/en/b/in/", "/en/b/in/a/", "/in/", "/in/a/"]


@pytest.mark.parametrize("kind", [Client, AsyncSlotClient])
def test_a_client_of_another_class_is_refused(kind: Any) -> None:
    with pytest.raises(TypeError, match="needs a SlotClient"):
        assert_soft_equals_hard(kind())
