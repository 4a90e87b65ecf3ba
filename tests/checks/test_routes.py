"""System checks of routes: URLs that a reload does not find, and pages that nothing ever shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, include, path, re_path
from django.urls.resolvers import RoutePattern
from django.utils.translation import gettext_lazy

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.urlconf import DeclaredRoute
from tests.support.system_checks import a_layout, messages, other, said, third, view
from tests.window import serve


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


def test_each_route_is_compared_with_those_that_begin_like_it(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the time for a check is that for a route, times the number of routes."""
    compared = []
    may_match = DeclaredRoute.may_match
    monkeypatch.setattr(
        DeclaredRoute,
        "may_match",
        lambda self, path: compared.append(path) or may_match(self, path),
    )
    children = [path(f"item-{number}/<int:pk>/", view) for number in range(40)]
    team = [path(f"item-{number}/<int:pk>/", other) for number in range(40, 80)]
    assert len(said(settings, slots("d/", layout=a_layout, children=children, team=team))) == 2
    assert len(compared) <= 3 * 80


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


def test_routes_with_parameters_are_reported_if_nothing_there_takes_any_of_their_urls(
    settings: Any,
) -> None:
    """A member may be called "settings", and others not be meant to be reloaded: who knows."""
    team = slot([path("<int:pk>/", other)], default=None)
    [(code, message)] = said(settings, dashboard(team))
    assert code == "W005"
    assert "for /d/<int:pk>/, " in message
    assert said(settings, dashboard(slot([path("<slug:member>/", other)], default=None))) == []
    some = [path("", view), re_path(r"^[1-9]/x?", view)]
    assert said(settings, dashboard(team, children=some)) == []


def test_state_in_the_url_is_found_by_a_reload(settings: Any) -> None:
    """B37: what is kept stands in the query."""
    team = slot([path("a/", other)], default=None)
    assert said(settings, dashboard(team, remember="url")) == []


def test_a_segment_beside_may_lack_something(settings: Any) -> None:
    """Not on the way to the page, but on the same screen."""
    beside = slots("", layout=a_layout, children=[path("x/", view)], aside=[path("", view)])
    site = slots("", layout=a_layout, children=[path("x/", other)], side=[beside])
    assert [message for code, message in said(settings, site) if code == "W005"] == [
        "slots(''): slot 'aside' has no page for /x/, and no default: a click shows slot 'children', but "
        "a reload is a 404.",
        "slots(''): slot 'children' has no page for /, and no default: a click shows slot 'aside', but a "
        "reload is a 404.",
    ]


def test_a_urlconf_that_is_included_twice_is_told_apart(settings: Any) -> None:
    urls = [dashboard(slot([path("a/", other)], default=None))]
    found = said(settings, path("one/", include(urls)), path("two/", include(urls)))
    assert ["/one/d/a/," in found[0][1], "/two/d/a/," in found[1][1]] == [True, True]
    assert "slots('two/d/')" in found[1][1]


def test_languages_are_told_by_their_prefix(settings: Any) -> None:
    team = slot([path(gettext_lazy("a/"), other)], default=None)
    [(_, message)] = said(settings, *i18n_patterns(dashboard(team)))
    assert "/en-us/d/a/" in message


# --- W005 of modals ---


def test_a_modal_without_a_page_is_reported(settings: Any) -> None:
    """S11: "an intercepted URL, loaded hard, is its own full page": so it needs one."""
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


# --- W006: two slashes in a row ---


@pytest.mark.parametrize(
    ("site", "url", "remedy"),
    [
        (slots("/d/", layout=a_layout, children=[path("", view)]), "//d/", "Write 'd/'"),
        (slots("d/", layout=a_layout, children=[path("/a/", view)]), "/d//a/", "Write 'a/'"),
        (slots("d/", layout=a_layout, children=[re_path("^/a/", view)]), "/d//a/", "Write 'a/'"),
    ],
)
def test_a_slash_after_another_is_reported(
    settings: Any, site: Any, url: str, remedy: str
) -> None:
    [found] = messages(settings, site)
    assert found.id == "parallel_routes.W006"
    assert f"slot 'children': {url} has two slashes in a row" in found.msg
    assert str(found.hint).startswith(remedy)
    assert "test_routes.py, line" in str(found.obj)


def test_a_slash_may_begin_a_route_after_a_prefix_without_one(settings: Any) -> None:
    """As with ``path()``: projects without slashes at the end of URLs write their routes like this."""
    settings.APPEND_SLASH = False
    cart = slots("/cart", layout=a_layout, children=[path("", view), path("/items", other)])
    shop = path("shop", include([cart, path("", view)]))
    assert said(settings, shop) == []
    client = serve(settings, shop).client
    assert [client.get(url).status_code for url in ("/shop/cart", "/shop/cart/items")] == [200] * 2


# --- W008: two pages for one slot and URL ---


@pytest.mark.parametrize(
    "routes",
    [
        [path("x/", view), path("x/", other)],
        [path("x/", view, {"a": 1}), path("x/", view)],
        [path("x/<int:pk>/", view), path("x/<int:id>/", other)],
        [path("x/<int:pk>/", view), path("x/<int:id>/", view)],
        [path("x/", include([path("y/", view)])), path("x/y/", other)],
        [path("x/", view), re_path(r"^x/$", other)],
        [re_path(r"^(?P<a>[xy])/$", view), re_path(r"^(?P<b>[xy])/$", other)],
    ],
)
def test_two_pages_for_one_slot_and_url_are_reported(settings: Any, routes: Any) -> None:
    """S6: "two pages for the same slot and URL are reported by ``manage.py check``"."""
    site = slots("", layout=a_layout, children=[path("", third), *routes])
    [(code, message)] = said(settings, site)
    assert code == "W008"
    assert message.startswith("slots(''): slot 'children': /")
    assert "match the same URLs, so the second is never shown" in message
    assert message.count("(tests.support.system_checks.") == 2


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
        "slots(''): slot 'children': /login/ is never shown, because such URLs show /login/ in urlpatterns."
    ]
    assert unreachable(settings, site, login) == [
        "urlpatterns: /login/ is never shown, because such URLs show /login/ in slots(''): slot 'children'."
    ]
    # What slots() has no page for is left to others, and theirs is their affair.
    elsewhere = path("logout/", other)
    assert unreachable(settings, site, elsewhere, path("logout/", third)) == []


def test_all_that_one_route_hides_is_one_message(settings: Any) -> None:
    """A catch-all before the admin hides hundreds of routes."""
    site = slots("", layout=a_layout, children=[path("<path:rest>", view)])
    hidden = [path(f"admin/{number}/", other) for number in range(6)]
    assert unreachable(settings, site, *hidden) == [
        "urlpatterns: /admin/0/, /admin/1/, /admin/2/, /admin/3/ and 2 more are never shown, "
        "because such URLs show /<path:rest> in slots(''): slot 'children'."
    ]


def test_routes_before_all_slots_are_not_looked_at(settings: Any) -> None:
    """A project may have thousands, and each is looked for in all before it."""
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
        "slots(''): slot 'children': /a/ is never shown, because such URLs show /a/ in slots(''): slot "
        "'children'."
    )


def test_a_deeper_segment_hides_a_page_in_the_same_slot(settings: Any) -> None:
    """S4: "Deepest wins"."""
    inner = slots("x/", layout=a_layout, children=[path("", view)], side=[path("", third)])
    [message] = unreachable(
        settings, slots("", layout=a_layout, children=[path("x/", other), inner])
    )
    assert (
        "/x/ is never shown, because such URLs show /x/ in slots('x/'): slot 'children'."
        in message
    )


def test_a_wider_route_before_one_of_the_same_class_hides_it(settings: Any) -> None:
    """S5: "Django's order holds inside a class"."""
    routes = [path("<str:x>/", view), path("<slug:y>/", other)]
    [message] = unreachable(settings, slots("", layout=a_layout, children=routes))
    assert "/<slug:y>/ is never shown, because such URLs show /<str:x>/ in" in message


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
    """Two routes together may take all that examples show, and not all that there is."""
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
