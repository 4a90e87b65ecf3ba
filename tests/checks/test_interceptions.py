"""System checks of interceptions and middleware: each seeds its mistake, and says what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage, Error, Tags, Warning as CheckWarning, run_checks
from django.core.checks.urls import check_url_config
from django.urls import NoReverseMatch, URLPattern, include, path, re_path, register_converter
from django.utils.deprecation import MiddlewareMixin

from django_parallel_routes import checks as package, intercept, slot, slots
from tests.support.system_checks import a_layout, messages, other, said, third, view
from tests.window import Pages, layout, serve

pages = Pages()
DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "checks.md"
MIDDLEWARE = "tests.checks.test_interceptions."


def found(settings: Any, *rules: Any) -> list[tuple[str, str]]:
    found = said(
        settings,
        path("plain/", pages("plain"), name="plain"),
        path(
            "g/",
            include(([path("photo/", pages("photo"), name="photo")], "app"), namespace="mine"),
        ),
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[path("", pages("home"), name="home"), path("x/", pages("x"), name="x")],
            modal=slot(list(rules), default=None),
        ),
    )
    assert check_url_config(None) == []
    return found


WHERE = "slots(''): slot 'modal': "


# --- All of them ---


def test_every_check_has_a_section_in_the_docs_and_says_so() -> None:
    """DESIGN, issue 6: "system checks with ids, hints and docs"."""
    sources = Path(package.__file__).parent.glob("*.py")
    text = "\n".join(source.read_text() for source in sources)
    used = set(re.findall(r'^\s+(?:"|.*\((?:\n\s*)?")([EW]\d{3})",?', text, re.MULTILINE))
    sections = re.findall(r"^## `parallel_routes\.([EW]\d{3})`", DOCS.read_text(), re.MULTILINE)
    assert sections == sorted(used)


def test_a_message_says_what_to_do_and_where_that_is_explained(settings: Any) -> None:
    [message] = messages(
        settings, slots("", layout=a_layout, children=[intercept("nope"), path("", view)])
    )
    assert message.id == "parallel_routes.E001"
    assert "Give a name that reverse() takes" in (message.hint or "")
    assert 'See "System checks" in the documentation.' in (message.hint or "")


def test_the_example_has_nothing_to_report(settings: Any) -> None:
    settings.ROOT_URLCONF = "example_project.urls"
    settings.INSTALLED_APPS = [
        *settings.INSTALLED_APPS,
        *(f"example_project.{name}" for name in ("site", "dashboard", "gallery", "status")),
    ]
    assert run_checks() == []


def test_checks_run_by_tag(settings: Any) -> None:
    """``manage.py check --tag urls``, ``--tag templates``."""
    site = slots("", layout="l.html", children=[path("", view)], side=[path("x/", view)])
    templates = {"l.html": "no slot"}
    of_urls = messages(settings, site, templates=templates, tags=[Tags.urls])
    assert {message.id[-4:] for message in of_urls} == {"W005"}
    of_templates = messages(settings, site, templates=templates, tags=[Tags.templates])
    assert {message.id[-4:] for message in of_templates} == {"W003"}


def test_a_project_without_urls_has_nothing_to_check(settings: Any) -> None:
    settings.ROOT_URLCONF = None
    assert [message for message in run_checks() if "parallel" in message.id] == []


class Unhashable:
    """A view, or a background, that can't be the key of a dictionary."""

    __hash__ = None  # type: ignore[assignment]

    def __call__(self, request: Any, **kwargs: Any) -> Any:
        return None


class Endless:
    """What somebody may put into a URLconf, by a resolver of his own."""

    regex = r"[0-9]+"

    def to_python(self, value: str) -> str:
        raise RuntimeError("the database is not there")

    def to_url(self, value: str) -> str:
        raise RuntimeError("the database is not there")


register_converter(Endless, "endless")


class Rare:
    regex = r"x{17}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Rare, "rare")


def test_routes_of_which_no_example_is_known_are_passed_over(settings: Any) -> None:
    site = slots(
        "s/",
        layout=a_layout,
        children=[path("<rare:x>/", view), path("<rare:x>/y/", view)],
        side=slot([path("<slug:x>/", view)], default=None),
    )
    assert said(settings, site) == []


def test_code_of_others_that_fails_is_not_reported_and_does_no_harm(settings: Any) -> None:
    class Resolver(type(path("", include([])))):  # type: ignore[misc]
        def resolve(self, path: str) -> Any:
            raise RuntimeError("somebody's own")

    theirs = path("t/", include([path("x/", view)]))
    theirs.__class__ = Resolver
    site = slots(
        "s/",
        layout=a_layout,
        children=[path("<endless:x>/", view, name="x"), re_path(r"^(\d+|x)/$", other), theirs],
        side=slot([intercept("x", third, background=Unhashable())], default=None),
    )
    assert said(settings, theirs, site, path("y/", view, name="y")) == []


def test_a_converter_that_fails_does_no_harm_where_its_route_is_compared(settings: Any) -> None:
    site = slots("", layout=a_layout, children=[path("7/", view)])
    endless = path("<endless:x>/", other)
    [(code, _)] = said(settings, path("7/", other), endless, site)
    assert code == "W009"
    numbers = slots("", layout=a_layout, children=[path("<int:x>/", view)])
    assert said(settings, re_path(r"^[0-9]+/$", other), endless, numbers) == []


class Shouted:
    """A pattern class of somebody's own."""

    regex = re.compile("")
    name = None

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, str]] | None:
        return ("", (), {}) if path.isupper() else None

    def check(self) -> list[CheckMessage]:
        return []

    def __str__(self) -> str:
        return "<shouted>"


def test_patterns_of_somebodys_own_are_passed_over(settings: Any) -> None:
    shouted = URLPattern(Shouted(), other)
    site = slots(
        "", layout=a_layout, children=[path("", view), shouted], side=slot([shouted], default=None)
    )
    assert said(settings, path("X/", third), site) == []


def test_what_is_no_pattern_is_passed_over(settings: Any) -> None:
    class Odd:
        pattern = ""

        def resolve(self, path: str) -> None:
            return None

        def check(self) -> list[CheckMessage]:
            return []

    site = slots("s/", layout=a_layout, children=[path("", view)])
    serve(settings, Odd(), site)
    assert package.check_urls(None) == []


# --- Interceptions: names ---


def test_good_rules_are_not_reported(settings: Any) -> None:
    rules = [
        intercept("x", origin="home", background="home"),
        intercept("plain", pages("m")),
        intercept("app:photo", pages("m"), background=lambda request: "/"),
    ]
    assert found(settings, *rules) == []
    assert found(settings, intercept("mine:photo", pages("m"))) == []


def test_names_of_no_route_are_reported(settings: Any) -> None:
    """DESIGN, issue 6: "unknown route names": a rule with a slip of the pen would never fire."""
    rule = intercept("photo", pages("m"), origin=["home", "hoem"], background="nowhere")
    assert found(settings, rule) == [
        ("E001", WHERE + "intercept('photo'): it is not the name of a route."),
        ("E001", WHERE + "intercept('photo'): the origin 'hoem' is not the name of a route."),
        (
            "E001",
            WHERE + "intercept('photo'): the background 'nowhere' is not the name of a route.",
        ),
    ]


def test_a_document_in_a_slot_is_reported(settings: Any) -> None:
    [(code, message)] = found(settings, intercept("plain"))
    assert code == "E002"
    assert "its own view answers with a whole document" in message


# --- Interceptions: backgrounds ---


def test_a_background_that_takes_other_arguments_is_reported(settings: Any) -> None:
    """B31: it gets the target's kwargs if it takes them, or none; else reverse() fails."""
    rules = [intercept("photo", third, background="album")]
    with pytest.raises(NoReverseMatch):
        serve(settings, *gallery(rules)).client.get("/photos/7/")
    assert said(settings, *gallery(rules)) == [
        (
            "E004",
            "slots(''): slot 'modal': intercept('photo'): the background 'album' "
            "(/albums/<int:album>/) takes other arguments than /photos/<int:pk>/.",
        )
    ]


@pytest.mark.parametrize("background", ["home", "other", "extra", "old", "unnamed"])
def test_a_background_that_takes_the_same_arguments_or_none_is_fine(
    settings: Any, background: str
) -> None:
    rules = [intercept("photo", third, background=background)]
    assert said(settings, *gallery(rules)) == []


def gallery(rules: list[Any]) -> list[Any]:
    return [
        slots(
            "",
            layout=a_layout,
            children=[
                path("", view, name="home"),
                path("photos/<int:pk>/", view, name="photo"),
                path("others/<int:pk>/", other, name="other"),
                path("extra/<int:pk>/", other, {"more": 1}, name="extra"),
                path("albums/<int:album>/", other, name="album"),
                re_path(r"^old/(?P<pk>\d+)/$", other, name="old"),
                re_path(r"^unnamed/(\d+)/$", other, name="unnamed"),
            ],
            modal=slot(rules, default=None),
        ),
        path("elsewhere/<int:pk>/", other, name="elsewhere"),
    ]


def test_a_background_without_the_slot_is_reported(settings: Any) -> None:
    rules = [intercept("photo", third, background="elsewhere")]
    assert said(settings, *gallery(rules)) == [
        (
            "W019",
            "slots(''): slot 'modal': intercept('photo'): the background 'elsewhere' is a page "
            "without this slot, so a hard load shows nothing over it.",
        )
    ]


def test_a_background_may_be_shown_over_another(settings: Any) -> None:
    """B31: "to any depth of stacking"."""
    one = path("one/", other, name="one")
    two = path("two/", other, name="two")
    rules = [
        intercept("one", third, background="home"),
        intercept("two", third, opens="above", background="one"),
    ]
    assert said(settings, one, two, *gallery(rules)) == []
    rules[0] = intercept("one", third, background=lambda request: "/")
    assert said(settings, one, two, *gallery(rules)) == []
    rules[0] = intercept("one", third, background="two")  # they lead in a circle
    codes = [code for code, _ in said(settings, one, two, *gallery(rules))]
    assert codes == ["W019", "W019"]


# --- Interceptions that never fire ---


def never(settings: Any, *patterns: Any, templates: dict[str, str] | None = None) -> list[str]:
    """Return why rules never fire."""
    found = said(settings, *patterns, templates=templates)
    return [text for code, text in found if code == "W007"]


def test_a_rule_after_one_that_is_wider_never_fires(settings: Any) -> None:
    """S22: the first rule of a slot that fits fires."""
    first, second = intercept("photo", third), intercept("photo", other, origin="home")
    [why] = never(settings, *gallery([first, second]))
    assert why == (
        "slots(''): slot 'modal': intercept('photo') never fires: intercept('photo') before it in "
        "the same slot fires first."
    )
    wide = intercept("photo", third, origin=["home", "other"])
    assert len(never(settings, *gallery([wide, second]))) == 1
    over_home = intercept("photo", other, background="home")  # on hard loads
    [why] = never(settings, *gallery([first, over_home]))
    assert "intercept('photo') never fires on a click: intercept('photo') before it" in why
    assert never(settings, *gallery([second, first])) == []
    narrow = intercept("photo", third, origin="other")
    assert never(settings, *gallery([narrow, second])) == []
    assert never(settings, *gallery([narrow, wide])) == []
    assert never(settings, *gallery([intercept("other", third), second])) == []


def test_two_names_of_one_route_are_one_target(settings: Any) -> None:
    rules = [intercept("app:photo", pages("m")), intercept("mine:photo", pages("m"))]
    [(code, message)] = found(settings, *rules)
    assert code == "W007"
    assert "intercept('app:photo') before it" in message


def test_origins_that_are_never_beneath_are_reported(settings: Any) -> None:
    """S22: "the origin lies in the segment": a page that is on screen with the slot."""
    elsewhere = slots("else/", layout=a_layout, children=[path("", view, name="far")])
    rule = intercept("photo", third, origin=["far", "elsewhere"])
    assert never(settings, elsewhere, *gallery([rule])) == [
        "slots(''): slot 'modal': intercept('photo') never fires: no page of its origin 'far', "
        "'elsewhere' shows this slot."
    ]
    rule = intercept("photo", third, origin=["home", "far"])
    assert never(settings, elsewhere, *gallery([rule])) == []


def test_origins_may_be_in_slots_beside_the_slot_in_it_and_in_segments_inside(
    settings: Any,
) -> None:
    def site(*rules: Any) -> Any:
        return slots(
            "",
            layout=a_layout,
            children=slot(
                [
                    path("", view, name="home"),
                    slots(
                        "in/",
                        layout=a_layout,
                        children=[path("", view, name="inner")],
                        modal=slot([*rules], default=None),
                    ),
                ],
                default=None,
            ),
            side=slot([path("side/", view, name="side")], default=None),
            modal=slot(
                [
                    path("help/", view, name="help"),
                    intercept("side", other, origin=["home", "inner", "help"]),
                ],
                default=None,
            ),
        )

    assert never(settings, site()) == []
    assert never(settings, site(intercept("help", other, origin=["inner", "side"]))) == []
    # The page of the slot that the segment stands in: only one of both is there.
    assert len(never(settings, site(intercept("help", other, origin="home")))) == 1


def test_a_rule_from_the_target_alone_never_fires(settings: Any) -> None:
    """S27: "a navigation to exactly the URL one is on is not intercepted"."""
    [why] = never(settings, *gallery([intercept("home", third, origin="home")]))
    assert "its only origin is its target" in why
    # The next photo is another URL.
    assert never(settings, *gallery([intercept("photo", third, origin="photo")])) == []


def shop(**inner: Any) -> Any:
    return slots(
        "",
        layout=a_layout,
        children=[
            path("", view, name="home"),
            slots(
                "shop/",
                layout=a_layout,
                modal=slot([intercept("home", third)], default=None),
                **inner,
            ),
        ],
        side=[path("", view)],
    )


def test_a_rule_of_a_segment_that_is_never_on_screen_never_fires(settings: Any) -> None:
    """S14: a segment that is entered softly needs something for all its slots, too."""
    [why] = never(settings, shop(children=[path("a/", other)], cart=[path("b/", other)]))
    assert why == (
        "slots('shop/'): slot 'modal': intercept('home') never fires: slots('shop/') is never on "
        "screen, because at each of its URLs one of its slots has neither a page nor a default."
    )
    # What is missing further out may be kept from before.
    assert never(settings, shop(children=[path("a/", other)])) == []
    both = {"children": [path("a/", other), path("b/", other)], "cart": [path("b/", other)]}
    assert never(settings, shop(**both)) == []
    assert never(settings, shop(children=[path("<x>/", other)], cart=[path("b/", other)])) == []
    # Somebody else's page: of which nothing is known here.
    assert never(settings, path("shop/a/", view), shop(children=[path("a/", other)])) == []


def test_a_rule_in_a_slot_that_comes_after_one_with_the_same_never_fires(settings: Any) -> None:
    """S22: among the slots of a layout, the order counts in which it prints them."""

    def site(one: Any, two: Any, **options: Any) -> Any:
        return slots(
            "",
            layout="l.html",
            children=[path("", view, name="home"), path("p/", view, name="p")],
            one=slot([one], default=None, **options),
            two=slot([two], default=None),
        )

    rule = intercept("p", other)
    templates = {"l.html": "{% slot %}{% slot 'one' %}{% slot 'two' %}"}
    [why] = never(settings, site(rule, rule), templates=templates)
    assert "slot 'two': intercept('p') never fires: slots(''): slot 'one' is printed first" in why
    assert never(settings, site(intercept("p", other, origin="home"), rule)) == []
    assert never(settings, site(intercept("home", other), rule)) == []
    assert never(settings, site(rule, rule, test_func=bool)) == []
    templates = {"l.html": "{% slot %}{% if x %}{% slot 'one' %}{% endif %}{% slot 'two' %}"}
    assert never(settings, site(rule, rule), templates=templates) == []


# --- Middleware ---


def test_missing_middleware_is_reported_where_it_is_needed(settings: Any) -> None:
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if "parallel" not in path]
    assert [code for code, _ in found(settings, intercept("x"))] == ["W002"]
    said = dict(found(settings, intercept("plain", pages("m"))))
    assert set(said) == {"W001", "W002"}
    assert "outside every slots()" in said["W001"]


def test_a_project_with_slots_needs_the_middleware(settings: Any) -> None:
    """B61: without it, views that links and redirects lead out to run twice."""
    assert found(settings) == []
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if "parallel" not in path]
    [(code, message)] = found(settings)
    assert code == "W002"
    assert "runs that view twice" in message
    assert "LoginRequiredMiddleware" not in message
    assert messages(settings, path("", view)) == []  # nothing that leads out of a slot


def test_without_the_middleware_logins_are_followed_softly(settings: Any) -> None:
    """B54: the warning names them."""
    settings.MIDDLEWARE = [
        *(path for path in settings.MIDDLEWARE if "parallel" not in path),
        "tests.http.test_responses.LoginRequired",
    ]
    [(code, message)] = found(settings)
    assert code == "W002"
    assert "LoginRequiredMiddleware" in message


class Refuses(MiddlewareMixin):
    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        return None


class Guards(Refuses):
    """As it is found in many projects: ours has to come after it."""


class Measures(MiddlewareMixin):
    def process_response(self, request: Any, response: Any) -> Any:
        return response


def test_what_guards_views_after_our_middleware_is_reported(settings: Any) -> None:
    """B30: see ``test_cache_page`` of what goes wrong."""
    before, added = settings.MIDDLEWARE, MIDDLEWARE + "Guards"
    settings.MIDDLEWARE = [*before, added]
    [(number, message)] = found(settings, intercept("plain", pages("m")))
    assert number == "W013"
    assert f"{added} comes after ParallelRoutesMiddleware" in message
    assert found(settings, intercept("x", pages("m"))) == []  # inside of slots()
    settings.MIDDLEWARE = [added, *before]
    assert found(settings, intercept("plain", pages("m"))) == []


def test_middleware_that_is_asked_all_the_same_may_come_after_ours(settings: Any) -> None:
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        MIDDLEWARE + "Measures",
        "tests.nav.no_such_middleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
        "tests.served.middleware.named",
    ]
    serve(settings, path("plain/", view, name="plain"), *gallery([intercept("plain", third)]))
    assert package.check_urls(None) == []


def test_errors_are_what_always_fails() -> None:
    """So the letter of an id is its level."""
    assert isinstance(package.messages.message("E001", "", ""), Error)
    assert isinstance(package.messages.message("W001", "", ""), CheckWarning)


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("gallery:photo", "photo"), ("photos", "photo"), ("photo", "photo"), ("zzz", "")],
)
def test_a_name_that_was_meant_is_asked_for(settings: Any, wrong: str, meant: str) -> None:
    """E001: with a namespace too many, or misspelt."""
    named = "shop:photo" if wrong == meant else "photo"
    inner = [path("photos/", view, name="photo")]
    target = path("", include((inner, "shop"))) if ":" in named else inner[0]
    modal = slot([intercept(wrong, third)], default=None)
    site = slots("", layout=a_layout, children=[path("", view, name="home"), target], modal=modal)
    [message] = messages(settings, site)
    asked = f"Did you mean {named!r}? " if meant else ""
    assert (message.hint or "").startswith(f"{asked}Give a name that reverse() takes")
