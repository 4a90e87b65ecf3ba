"""System checks of routes: URLs that are a 404 on a reload, and pages that are never shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, include, path, re_path, register_converter
from django.urls.converters import StringConverter
from django.urls.resolvers import RoutePattern
from django.utils.translation import gettext_lazy

from django_parallel_routes import intercept, slot, slots
from tests.support.system_checks import a_layout, other, said, third, view
from tests.window import serve


class Year(StringConverter):
    regex = "[0-9]{4}"


register_converter(Year, "year")

VIEW, OTHER = (f"(tests.support.system_checks.{name})" for name in ("view", "other"))


def dashboard(team: Any, **more: Any) -> Any:
    children = more.pop("children", [path("", view), path("settings/", view)])
    return slots("d/", layout=a_layout, children=children, team=team, **more)


# --- W005: a reload is a 404 ---


def test_a_url_that_a_reload_does_not_find_is_reported_once_for_each_slot(settings: Any) -> None:
    """S3, S10: "``default`` unset: 404"."""
    site = dashboard(slot([path(f"{name}/", other) for name in "abcdef"], default=None))
    assert said(settings, site) == [
        (
            "W005",
            "slots('d/'): slot 'children' has no page for /d/a/, /d/b/, /d/c/, /d/d/ and 2 more, and no "
            "default: a click shows slot 'team', but a reload is a 404.",
        )
    ]
    assert serve(settings, site).client.get("/d/a/").status_code == 404


@pytest.mark.parametrize(
    "children",
    [
        slot([path("", view)], default=view),
        slot([path("", view)], default=None),
        [path("", view), path("a/", view)],
        [path("", view), path("<slug:x>/", view)],
        [path("", view), path("<path:x>", view)],
        [path("", view), re_path(r"^[ab]/$", view)],
        [path("", view), path("", include([path("a/", view)]))],
        [slots("", layout=a_layout, children=[path("", view), path("a/", view)])],
    ],
)
def test_a_url_with_a_page_or_default_in_every_slot_is_not_reported(
    settings: Any, children: Any
) -> None:
    team = slot([path("a/", other)], default=None)
    assert said(settings, dashboard(team, children=children)) == []


def test_a_slots_own_layout_is_no_slot_of_its_own(settings: Any) -> None:
    team = slot([path("a/", other)], default=None, layout=a_layout)
    children = slot([path("", view)], layout=a_layout)
    [(_, message)] = said(settings, dashboard(team, children=children))
    assert "slots('d/'): slot 'children' has" in message
    assert "a click shows slot 'team'," in message


def test_routes_with_parameters_are_reported_if_no_example_of_their_urls_is_found(
    settings: Any,
) -> None:
    team = slot([path("<int:pk>/", other)], default=None)
    [(code, message)] = said(settings, dashboard(team))
    assert code == "W005"
    assert "for /d/<int:pk>/, " in message
    member = dashboard(slot([path("<slug:member>/", other)], default=None))
    [(_, message)] = said(settings, member)  # "settings" is a page, but others are not.
    assert "for /d/<slug:member>/, " in message
    some = [path("", view), re_path(r"^[1-9]/x?", view)]
    assert said(settings, dashboard(team, children=some)) == []


def test_a_catch_all_is_for_the_urls_of_pages_beside_it(settings: Any) -> None:
    """B18: "the catch-all recipe works too": the page that closes a modal, whatever is beneath."""
    modal = slot([path("a/", other), path("<path:rest>", third)], default=None)
    [(_, message)] = said(settings, dashboard(modal))
    assert "for /d/a/, and" in message
    home = [path("", view)]
    [(_, message)] = said(settings, dashboard(modal, children=home))
    assert "for /d/a/, /d/<path:rest>, and" in message


def test_state_in_the_url_is_found_by_a_reload(settings: Any) -> None:
    """B37: the query says what kept slots show."""
    team = slot([path("a/", other)], default=None)
    assert said(settings, dashboard(team, remember="url")) == []


def test_a_segment_beside_may_lack_something(settings: Any) -> None:
    """A segment that does not contain the page, but is on screen with it."""
    beside = slots("", layout=a_layout, children=[path("x/", view)], aside=[path("", view)])
    site = slots("", layout=a_layout, children=[path("x/", other)], side=[beside])
    assert [message for code, message in said(settings, site) if code == "W005"] == [
        "slots(''): slot 'aside' has no page for /x/, and no default: a click shows slot 'children', but "
        "a reload is a 404.",
        "slots(''): slot 'children' has no page for /, and no default: a click shows slot 'aside', but a "
        "reload is a 404.",
    ]


def test_a_urlconf_that_is_included_twice_is_reported_once(settings: Any) -> None:
    urls = [dashboard(slot([path("a/", other)], default=None))]
    [(_, text)] = said(settings, path("one/", include(urls)), path("two/", include(urls)))
    assert "has no page for /one/d/a/, /two/d/a/," in text


def test_languages_are_told_by_their_prefix(settings: Any) -> None:
    team = slot([path(gettext_lazy("a/"), other)], default=None)
    [(_, message)] = said(settings, *i18n_patterns(dashboard(team)))
    assert "/en-us/d/a/" in message


# --- W005 of modals ---


def test_a_modal_without_a_page_is_reported(settings: Any) -> None:
    """S11: "an intercepted URL, loaded hard, is its own full page": so it needs a page."""
    rule = intercept("photo", third)
    site = dashboard(
        slot([path("p/", other, name="photo")], default=None), modal=slot([rule], default=None)
    )
    assert said(settings, site) == [
        (
            "W005",
            "slots('d/'): slot 'children' has no page for /d/p/, and no default: a click shows slot "
            "'team', but a reload is a 404.",
        )
    ]


def test_a_modal_with_a_page_or_a_background_is_not_reported(settings: Any) -> None:
    """B31: a hard load shows it over its background."""

    def site(children: Any, rule: Any) -> Any:
        side = slot([path("p/", other, name="p")], default=None)
        modal = slot([rule], default=None)
        return slots("", layout=a_layout, children=children, side=side, modal=modal)

    home = path("", view, name="home")
    assert said(settings, site([home, path("p/", view)], intercept("p", third))) == []
    assert said(settings, site([home], intercept("p", third, background="home"))) == []
    assert len(said(settings, site([home], intercept("p", third)))) == 1


# --- W008: two pages for one slot and URL ---


@pytest.mark.parametrize(
    "routes",
    [
        [path("x/", view), path("x/", other)],
        [path("x/<int:pk>/", view), path("x/<int:id>/", other)],
        [path("x/<year:pk>/", view), path("x/<year:id>/", other)],
        [path("x/", include([path("y/", view)])), path("x/y/", other)],
        [path("x/", view), re_path(r"^x/$", other)],
    ],
)
def test_two_pages_for_one_slot_and_url_are_reported(settings: Any, routes: Any) -> None:
    """S6: "two pages for the same slot and URL are reported by ``manage.py check``"."""
    site = slots("", layout=a_layout, children=[path("", third), *routes])
    [(code, message)] = said(settings, site)
    assert code == "W008"
    assert message.startswith("slots(''): slot 'children': /")
    assert "is never shown, because such URLs show /x/" in message
    assert f"{VIEW} in slots" in message


@pytest.mark.parametrize(
    "routes",
    [
        [path("x/", view, name="old"), path("x/", view, name="new")],
        [path("x/<int:pk>/", view), path("x/<slug:name>/", other)],
        [path("x/", view), path("x/y/", other)],
        [path(gettext_lazy("x/"), view), path("x/", other)],  # another one in other languages
        [re_path(r"^(?P<a>[xy])/$", view), re_path(r"^(?P<a>[yz])/$", other)],
    ],
)
def test_routes_that_are_not_the_same_are_not_reported(settings: Any, routes: Any) -> None:
    assert said(settings, slots("", layout=a_layout, children=[path("", third), *routes])) == []


def test_slots_never_conflict_with_each_other(settings: Any) -> None:
    """S6."""
    site = slots("", layout=a_layout, children=[path("", view)], side=[path("", other)])
    assert said(settings, site, path("elsewhere/", view), path("elsewhere/", other)) == []


# --- W009: routes that are never shown ---


def unreachable(settings: Any, *patterns: Any) -> list[str]:
    return [message for code, message in said(settings, *patterns) if code == "W009"]


def test_a_path_before_slots_hides_their_page(settings: Any) -> None:
    site = slots("", layout=a_layout, children=[path("", view), path("login/", view)])
    login = path("login/", other)
    assert unreachable(settings, login, site) == [
        f"slots(''): slot 'children': /login/ is never shown, because such URLs show /login/ {OTHER} in "
        f"urlpatterns."
    ]
    assert unreachable(settings, site, login) == [
        f"urlpatterns: /login/ is never shown, because such URLs show /login/ {VIEW} in slots(''): slot "
        f"'children'."
    ]
    # slots() leaves URLs without a page to other routes, which the check does not compare.
    elsewhere = path("logout/", other)
    assert unreachable(settings, site, elsewhere, path("logout/", third)) == []


def test_all_that_one_route_hides_is_one_message(settings: Any) -> None:
    """A catch-all before the admin hides hundreds of routes."""
    site = slots("", layout=a_layout, children=[path("<path:rest>", view)])
    hidden = [path(f"admin/{number}/", other) for number in range(6)]
    assert unreachable(settings, site, *hidden) == [
        "urlpatterns: /admin/0/, /admin/1/, /admin/2/, /admin/3/ and 2 more are never shown, "
        f"because such URLs show /<path:rest> {VIEW} in slots(''): slot 'children'."
    ]


def test_routes_before_all_slots_are_not_looked_at(settings: Any) -> None:
    """A project may have thousands of them, and each would be resolved."""
    matched: list[str] = []

    class Counted(RoutePattern):
        def match(self, path: str) -> Any:
            matched.append(path)
            return super().match(path)

    site = slots("", layout=a_layout, children=[path("", view)])
    before = [URLPattern(Counted(f"{number}/", is_endpoint=True), other) for number in range(9)]
    assert unreachable(settings, *before, site) == []
    assert len(matched) == len(before)  # for the page of the site


def test_slots_hide_one_another(settings: Any) -> None:
    first = slots("", layout=a_layout, children=[path("a/", view)])
    second = slots("", layout=a_layout, children=[path("b/", other), path("a/", other)])
    [message] = unreachable(settings, first, second)
    assert message == (
        f"slots(''): slot 'children': /a/ is never shown, because such URLs show /a/ {VIEW} in "
        f"slots(''): slot 'children'."
    )


def test_a_deeper_segment_hides_a_page_in_the_same_slot(settings: Any) -> None:
    """S4: "Deepest wins"."""
    inner = slots("x/", layout=a_layout, children=[path("", view)], side=[path("", third)])
    [message] = unreachable(
        settings, slots("", layout=a_layout, children=[path("x/", other), inner])
    )
    assert (
        f"/x/ is never shown, because such URLs show /x/ {VIEW} in slots('x/'): slot 'children'."
        in message
    )


def test_a_wider_route_before_one_of_the_same_class_hides_it(settings: Any) -> None:
    """S5: "Django's order holds inside a class"."""
    routes = [path("<str:x>/", view), path("<slug:y>/", other)]
    [message] = unreachable(settings, slots("", layout=a_layout, children=routes))
    assert "/<slug:y>/ is never shown, because such URLs show /<str:x>/ (" in message


@pytest.mark.parametrize(
    "routes",
    [
        [path("<slug:x>/", view), path("<str:y>/", other)],
        [path("<int:x>/", view), path("<slug:y>/", other)],
        [path("<slug:x>/", view), path("new/", other)],  # static wins
        [path("x", view), re_path("x", other)],  # "xyz" is one, too
        [path("<path:x>", view), path("a/<path:y>", other)],  # the deeper catch-all wins
        [re_path(r"^(?!secret)[\w-]+/$", view), path("<slug:y>/", other)],
        [path("<slug:x>/", view), path("<slug:x>/y/", other), path("<slug:x>/", view)],
    ],
)
def test_routes_that_some_url_shows_are_not_reported(settings: Any, routes: Any) -> None:
    assert unreachable(settings, slots("", layout=a_layout, children=routes)) == []


def test_routes_of_different_winners_are_not_reported(settings: Any) -> None:
    """Two routes together may match all examples, but not all URLs."""
    before = [path("<int:x>/", view), path("<slug:x>/", other)]
    site = slots("", layout=a_layout, children=[path("<slug:y>/", third)])
    assert unreachable(settings, *before, site) == []
    by_class = slots("", layout=a_layout, children=[path("<uuid:y>/", third)])
    assert unreachable(settings, path("<int:x>/", view), by_class) == []
    assert len(unreachable(settings, path("<slug:x>/", view), by_class)) == 1


def test_translated_routes_are_not_reported(settings: Any) -> None:
    routes = [path("x/", view)]
    site = slots("", layout=a_layout, children=[path(gettext_lazy("x/"), other)])
    assert unreachable(settings, *routes, site) == []
