"""A default may be a route of its slot: it is rendered for the URL of that route."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import ImproperlyConfigured
from django.urls import include, path, re_path, set_script_prefix
from django.utils.translation import gettext_lazy

from django_parallel_routes import slot, slots
from tests.planning.defaults import ALL, pages, shown, told, two
from tests.window import layout, serve


@pytest.fixture(autouse=True)
def _forget() -> None:
    pages.forget()


def test_a_default_is_rendered_for_the_url_of_its_route(settings: Any) -> None:
    """B39: "a default may be a route …, is then rendered for that route's URL"; it stays a default."""
    window = two(settings)
    window.hard("/d/?page=3")
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")
    request = pages.requests["tickets"]
    assert request.resolver_match
    assert request.resolver_match.view_name == "tickets"
    window.soft("/d/a/")
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")
    window.refresh("side")
    assert window.changed == ["side"]
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")
    window.soft("/d/tickets/?page=2")
    assert shown(window) == ("page", "/d/tickets/?page=2", "tickets: GET /d/tickets/?page=2")


def test_a_default_that_is_a_route_is_restored(settings: Any) -> None:
    """S33, S38: Back asks for the default's own URL, with the query that it had."""
    window = two(settings)
    window.hard("/d/")
    entry = window.entry
    window.soft("/d/more/")
    assert window.slots["side"].shows == "page"
    window.restore(entry)
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")


def test_unmatched_default_brings_the_route_back(settings: Any) -> None:
    """B18: for its own URL, whatever the navigation's is."""
    window = two(settings, unmatched="default")
    window.hard("/d/more/")
    window.soft("/d/a/?q=1")
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")


@pytest.mark.parametrize("kind", ["same", "other", "page only", "default only"])
def test_a_default_that_is_a_route_stands_in_the_layout_that_the_slot_says(
    settings: Any, kind: str
) -> None:
    """B9: "A default is rendered without it, unless the slot says otherwise"."""
    tabs, frame = (pages.layout(name, f"{name} {{% slot %}}") for name in ("tabs", "frame"))
    around = {"same": tabs, "other": frame, "page only": None, "default only": frame}[kind]
    window = two(
        settings,
        layout=None if kind == "default only" else tabs,
        **({"default_layout": around} if around else {}),
    )
    window.hard("/d/")
    address = "side.children" if around else "side"
    default = ("default", "/d/tickets/", "tickets: GET /d/tickets/")
    assert shown(window, address) == default
    entry = window.entry
    window.refresh(address)
    assert window.changed == [address]
    assert shown(window, address) == default
    window.soft("/d/tickets/", method="post", source_slot=address, own=True)
    assert (window.changed, window.slots[address].shows) == ([address], "default")
    assert window.slots[address].text == "tickets: POST /d/tickets/"
    window.refresh("side")
    assert shown(window, address) == default
    window.soft("/d/more/")
    more = "side" if kind == "default only" else "side.children"
    assert window.slots[more].text == "more: GET /d/more/"
    window.restore(entry)
    assert shown(window, address) == default


def test_a_default_may_be_a_route_of_a_nested_slots(settings: Any) -> None:
    """S8: the slot then shows the layout of that with its pages, as at the route's URL."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", told("home")), path("a/", told("a"))],
            side=slot(
                [
                    slots(
                        "team/",
                        layout=pages.layout("team", "{% slot %}{% slot 'files' %}"),
                        children=[path("list/", told("list"), name="list")],
                        files=slot([], default=told("files")),
                    )
                ],
                default="list",
            ),
        ),
    )
    window.hard("/")
    assert shown(window, "side.children") == ("page", "/team/list/", "list: GET /team/list/")
    assert shown(window, "side.files")[:2] == ("default", "/team/list/")
    pages.forget()
    window.soft("/a/")
    assert pages.called == ["a"]
    window.refresh("side")
    assert shown(window, "side.children") == ("page", "/team/list/", "list: GET /team/list/")
    window.soft("/team/list/", method="post", source_slot="side.children", own=True)
    assert shown(window, "side.children")[2] == "list: POST /team/list/"


def test_the_pages_of_a_default_give_no_title(settings: Any) -> None:
    """S49: "defaults don't count", be it a page or a ``slots()``; a page of the same route does."""

    def titled(name: str, then: str = "") -> Any:
        return layout(f"<title>{name}</title>{then}")

    team = slots(
        "team/",
        layout=titled("team", "{% slot %}{% slot 'files' %}"),
        children=[path("list/", titled("team list"), name="team-list")],
        files=slot([path("list/", titled("files"))], default=None),
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'one' %}{% slot 'two' %}{% slot 'three' %}"),
            children=slot([path("", told("home")), path("a/", told("a"))], default=told("rest")),
            one=slot(
                [path("list/", titled("list"), name="list")], default="list", unmatched="default"
            ),
            two=slot([team], default="team-list", unmatched="default"),
            three=slot([path("three/", titled("three"), name="three")], default="three"),
        ),
    )

    def titles() -> dict[str, str]:
        return {name: slot.title for name, slot in window.slots.items() if slot.title}

    window.hard("/")
    assert titles() == {}
    assert b"<title>" not in window.response.content
    window.soft("/team/list/")
    everything = {"two": "team", "two.children": "team list", "two.files": "files"}
    assert titles() == {"two.children": "team list", "two.files": "files"}  # The layout is kept.
    window.soft("/a/")
    assert shown(window, "two.children")[1] == "/team/list/"
    assert titles() == {}
    window.refresh("two.children", url="/a/")
    window.refresh("two", url="/a/")
    assert (window.changed, titles()) == (["two"], {})
    window.hard("/team/list/")
    assert titles() == everything
    window.soft("/list/")
    assert titles() == {"one": "list"}
    window.hard("/three/")
    window.soft("/a/")
    window.refresh("three", url="/a/")
    assert (window.changed, titles()) == (["three"], {"three": "three"})


def test_a_default_route_gets_what_the_prefix_captured(settings: Any) -> None:
    """S7: "A default gets only the prefix's", by converters, languages, namespaces and script prefixes."""
    inner = slots(
        "<slug:team>/",
        layout=layout(ALL),
        children=[path("", told("home"))],
        side=slot(
            [
                path(
                    "x/",
                    include(
                        ([path(gettext_lazy("Yes"), told("tickets"), name="t")], "inner"), "one"
                    ),
                )
            ],
            default="app:inner:t",
        ),
    )
    settings.LANGUAGE_CODE = "en"
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    urls = i18n_patterns(path("o/<int:org>/", include(([inner], "app"))))
    window = serve(settings, *urls)
    for language, word in (("en", "Yes"), ("de", "Ja")):
        window.hard(f"/{language}/o/7/red/")
        assert shown(window)[:2] == ("default", f"/{language}/o/7/red/x/{word}")
        assert pages.kwargs["tickets"] == {"org": 7, "team": "red"}
        match = pages.requests["tickets"].resolver_match
        assert match
        assert match.view_name == "app:one:t"
    set_script_prefix("/under/")
    try:
        window.hard("/en/o/7/red/", SCRIPT_NAME="/under")
        assert shown(window)[1] == "/under/en/o/7/red/x/Yes"
    finally:
        set_script_prefix("/")


def test_a_default_route_with_loading_is_requested_at_its_own_url(settings: Any) -> None:
    """S43: it is asked for at its own URL."""
    window = two(settings, loading=pages("loading"))
    window.hard("/d/")
    assert shown(window) == ("default", "/d/tickets/", "loading")
    window.refresh("side")
    assert shown(window) == ("default", "/d/tickets/", "tickets: GET /d/tickets/")


def test_a_default_route_keeps_its_permissions(settings: Any) -> None:
    """B54: the composite view tells Django of the default's view as of any other."""
    two(settings)
    from django.urls import resolve

    assert "tickets" in [view.__name__ for view in resolve("/d/").func.match.views()]


@pytest.mark.parametrize(
    ("patterns", "meant"),
    [
        ([path("tickets/", told("a"), name="ticket")], "ticket"),
        ([path("a/", include(([path("", told("a"), name="tickets")], "x")))], "x:tickets"),
    ],
)
def test_a_misspelt_default_says_which_route_may_be_meant(patterns: Any, meant: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"of its own; write '{meant}'[.]$"):
        slots(
            "",
            layout="l.html",
            children=[path("", told("home"))],
            side=slot(patterns, default="tickets"),
        )


@pytest.mark.parametrize(
    "patterns",
    [
        [path("a/", told("a"))],
        [path("<int:id>/", told("a"), name="tickets")],
        [re_path("^a+/$", told("a"), name="tickets")],
    ],
)
def test_a_default_that_is_no_route_of_the_slot_is_an_error_at_import(patterns: Any) -> None:
    """The message names the slot, what was got, and the remedy."""
    message = "slot 'side': default: 'tickets' is no route of this slot without arguments of its own; name"
    with pytest.raises(ImproperlyConfigured, match=message):
        slots(
            "",
            layout="l.html",
            children=[path("", told("home"))],
            side=slot(patterns, default="tickets"),
        )


def test_a_name_with_a_dot_or_slash_is_a_template() -> None:
    """``default="empty.html"``, ``"app/empty"``."""
    for name in ("empty.html", "app/empty"):
        found = slots("", layout="l.html", children=slot([path("", told("home"))], default=name))
        assert found.segment.slots[0].default.template_name == name


def test_a_default_in_an_included_urlconf_is_an_error_when_it_is_needed(settings: Any) -> None:
    """Included URLconfs are not read at import: ``manage.py check`` says it, else the first request."""
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", told("home"))],
            side=slot([path("x/", include("tests.urls.plain"))], default="nowhere"),
        ),
    )
    with pytest.raises(ImproperlyConfigured, match="default='nowhere' is no route of this slot"):
        window.hard("/")
