"""Conditional routes: slots that only some users have, and what a change of roles does (S46)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.window import HEADER, Pages, Window, layout, serve

ALL = "<body>{% slot %}{% slot 'side' %}</body>"
IF = "<body>{% slot %}{% if user.is_staff %}{% slot 'side' %}{% endif %}</body>"


def is_staff(request: HttpRequest) -> bool:
    return bool(request.user.is_staff)


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_user("ada", is_staff=True))
    return client


def demote() -> None:
    get_user_model().objects.update(is_staff=False)


def site(
    settings: Any, pages: Pages, client: Client, *, source: str = ALL, **options: Any
) -> Window:
    return serve(
        settings,
        slots(
            "",
            layout=pages.layout("layout", source),
            children=[path("", pages("home")), path("x/", pages("x")), path("y/", pages("y"))],
            side=slot(
                [path("", pages("side")), path("x/", pages("side x"))], default=None, **options
            ),
        ),
        client=client,
    )


CONDITIONS: list[dict[str, Any]] = [{"test_func": is_staff}, {"source": IF}]


@pytest.mark.parametrize("condition", CONDITIONS, ids=["test_func", "if"])
@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_only_those_who_may_have_the_slot(
    settings: Any, pages: Pages, staff: Client, condition: dict[str, Any], is_async: bool
) -> None:
    """S46: by ``{% if %}`` around the tag, or a test on the slot: "not executed", nothing printed."""
    window = site(settings, pages, staff, **condition)
    if is_async:

        async def waits(request: HttpRequest) -> HttpResponse:
            return HttpResponse("home")

        settings.ROOT_URLCONF.urlpatterns[0].segment.slots[0].patterns[0].callback = waits
    window.hard("/")
    assert set(window.slots) == {"children", "side"}
    others = Window()
    pages.forget()
    others.hard("/")
    assert set(others.slots) == {"children"}
    assert "side" not in others.text
    assert "side" not in pages.called


def test_a_page_in_such_a_slot_alone_shows_others_the_defaults(
    settings: Any, pages: Pages, db: None
) -> None:
    children = slot([path("", pages("home"))], default=pages("default"))
    side = slot([path("desk/", pages("desk"))], default=None, test_func=is_staff)
    window = serve(settings, slots("", layout=layout(ALL), children=children, side=side))
    assert window.hard("/desk/").status_code == 200
    assert (window.shows, pages.called) == ({"children": "default"}, ["default"])


@pytest.mark.parametrize("condition", CONDITIONS, ids=["test_func", "if"])
def test_an_old_key_gives_no_access_to_a_slot_that_is_refused_now(
    settings: Any, pages: Pages, staff: Client, condition: dict[str, Any]
) -> None:
    """S46, B53: "a user whose role changes between two soft navigations sees nothing stale"."""
    window = site(settings, pages, staff, loading=layout("wait"), **condition)
    window.hard("/")
    entry = window.entry
    demote()
    pages.forget()
    for answer in (
        window.soft("/x/"),
        window.soft("/x/", target_slot="side"),
        window.soft("/y/"),
        window.restore(entry),
        window.send("/", {"intent": "restore", "slots": {}, "restore": window.mounted}),
        window.refresh("side"),
        window.slot("/x/", "side"),
    ):
        assert HEADER not in answer
        assert b"side" not in answer.content
    assert "side" not in pages.called
    assert "side x" not in pages.called
    assert (
        window.soft("/y/")["HX-Redirect"] == "/y/"
    )  # the document shows what the user may see now
    window.hard("/y/")
    window.soft("/x/")
    assert window.shows == {"children": "x"}


@pytest.mark.parametrize("condition", CONDITIONS, ids=["test_func", "if"])
def test_a_form_there_reaches_nobody(
    settings: Any, pages: Pages, staff: Client, condition: dict[str, Any]
) -> None:
    """S46, B39: what is not printed gets no form either; the first that is printed does."""
    window = site(settings, pages, staff, **condition)
    window.hard("/")
    demote()
    pages.forget()
    answer = window.soft("/x/", method="post", source_slot="side")
    assert "side x" not in pages.called
    assert answer.status_code == 200
    assert pages.requests["x"].method == "POST"


@pytest.mark.parametrize("condition", CONDITIONS, ids=["test_func", "if"])
def test_a_promotion_shows_at_the_next_step(
    settings: Any, pages: Pages, staff: Client, condition: dict[str, Any]
) -> None:
    """S46: the layout may print more slots for this user now."""
    demote()
    window = site(settings, pages, staff, **condition)
    window.hard("/")
    assert set(window.slots) == {"children"}
    get_user_model().objects.update(is_staff=True)
    assert window.soft("/x/")["HX-Redirect"] == "/x/"


def test_a_form_of_before_the_change_still_reaches_its_view(
    settings: Any, pages: Pages, staff: Client
) -> None:
    """B39, B54: logging out in another tab does not send a form to another slot."""
    window = site(settings, pages, staff, source="{{ user }}" + ALL)
    window.hard("/")
    staff.logout()
    pages.forget()
    answer = window.soft("/x/", method="post", source_slot="side")
    assert pages.requests["side x"].method == "POST"
    assert HEADER not in answer  # but the layout is another one now


def test_a_key_is_bound_to_the_user_only_if_the_layout_has_read_the_user(
    settings: Any, pages: Pages, staff: Client
) -> None:
    """B52: a page for everybody has the same keys for everybody, and costs no query for the user."""
    window, others = site(settings, pages, staff), Window()
    window.hard("/")
    others.hard("/")
    assert window.mounted == others.mounted
    staff.logout()
    window.soft("/x/")
    assert window.shows == {"children": "x", "side": "side x"}


def test_a_page_that_looks_at_the_user_does_not_bind_its_layout(
    settings: Any, pages: Pages, staff: Client
) -> None:
    """S46: what is printed is the layout's; what the slots show of the user is for their views."""

    def greets(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"for {request.user.get_username()}")

    window = serve(
        settings,
        slots("", layout=layout(ALL), children=[path("", greets)], side=[path("", greets)]),
        client=staff,
    )
    window.hard("/")
    assert window.shows == {"children": "for ada", "side": "for ada"}
    assert not any("-" in slot.key for slot in window.slots.values())


def test_the_name_of_the_user_does_not_matter_for_keys(
    settings: Any, pages: Pages, staff: Client
) -> None:
    """S46: the user and the role do. Other fields may change with every request."""
    window = site(settings, pages, staff, source=IF)
    window.hard("/")
    get_user_model().objects.update(first_name="Ada", last_login="2026-01-01T00:00Z")
    window.soft("/x/")
    assert window.shows == {"children": "x", "side": "side x"}


def test_a_test_of_a_kept_slot_is_asked_again(settings: Any, pages: Pages, staff: Client) -> None:
    """S46: also one that depends on more than the user; then the document is loaded."""
    allowed = [True]
    window = site(settings, pages, staff, test_func=lambda request: allowed[0])
    window.hard("/")
    assert HEADER in window.soft("/y/")
    allowed[0] = False
    assert window.soft("/")["HX-Redirect"] == "/"


def test_a_form_that_closes_a_slot_sets_its_cookies(settings: Any, pages: Pages, db: None) -> None:
    """S46: "A refusal, redirect or cookie of a slot's view is honoured for the page"."""
    allowed = [True]

    def form(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("form")
        if request.method == "POST":
            allowed[0] = False
            response.set_cookie("role", "guest")
        return response

    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("", form)],
            side=slot([path("", pages("side"))], test_func=lambda request: allowed[0]),
        ),
    )
    window.hard("/")
    answer = window.soft("/", method="post", source_slot="children")
    assert answer["HX-Redirect"] == "/"
    assert answer.cookies["role"].value == "guest"


def test_test_func_is_asked_about_interceptions_in_the_slot(
    settings: Any, pages: Pages, staff: Client
) -> None:
    """S46, S24: in the slot that opens, and its siblings; slots elsewhere may have the same name."""
    allowed = {"modal": True, "side": True}
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            children=[
                slots(
                    "",
                    layout=layout("{% slot %}{% slot 'side' %}"),
                    children=[path("", pages("home"))],
                    side=slot([path("", pages("inner side"))]),
                ),
                path("p/", pages("photo"), name="photo"),
            ],
            side=slot([], default=pages("side"), test_func=lambda request: allowed["side"]),
            modal=slot(
                [intercept("photo", pages("modal"))],
                default=None,
                test_func=lambda request: allowed["modal"],
            ),
        ),
        client=staff,
    )
    window.hard("/")
    assert HEADER in window.soft("/p/")
    for name in allowed:
        window.hard("/")
        allowed[name] = False
        pages.forget()
        assert HEADER not in window.soft("/p/")
        assert "modal" not in pages.called
        allowed[name] = True


def test_test_func_applies_to_the_slots_inside(settings: Any, pages: Pages, staff: Client) -> None:
    """S46: "not executed", whatever the answer is made of: nested slots and their modals."""
    allowed = [True]
    inner = slots(
        "in/",
        layout=layout("{% slot %}{% slot 'modal' %}"),
        children=[path("", pages("inside"))],
        modal=slot([intercept("photo", pages("modal"))], default=None),
    )
    window = serve(
        settings,
        slots(
            "",
            layout=layout(ALL),
            children=[path("in/", pages("home")), path("p/", pages("photo"), name="photo")],
            side=slot([inner], default=None, test_func=lambda request: allowed[0]),
        ),
        client=staff,
    )
    window.hard("/in/")
    entry = window.entry
    assert HEADER in window.refresh("side.children")
    assert HEADER in window.soft("/p/")
    assert window.shows["side.modal"] == "modal"
    allowed[0] = False
    pages.forget()
    assert HEADER not in window.refresh("side.children")
    assert HEADER not in window.refresh("side.modal")
    assert HEADER not in window.restore(entry)
    assert HEADER not in window.soft("/p/?again=1")
    assert HEADER not in window.slot("/in/", "side.children")
    assert not {"inside", "modal"}.intersection(pages.called)


def test_a_form_in_a_modal_is_not_measured_by_the_page_beneath(
    settings: Any, pages: Pages, staff: Client
) -> None:
    """S46, B39: both have a slot called children; the modal's frame is the modal's."""
    allowed = [True]
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot 'modal' %}{% slot %}{% slot 'photos' %}"),
            children=slot(
                [path("", pages("home"))], default=None, test_func=lambda request: allowed[0]
            ),
            photos=slot([path("p/", pages("photo"), name="photo")], default=None),
            modal=slot([intercept("photo", pages("modal"))], default=None, layout=layout()),
        ),
        client=staff,
    )
    window.hard("/")
    window.soft("/p/")
    allowed[0] = False
    pages.forget()
    window.soft("/p/", method="post", source_slot="modal.children")
    assert pages.called[-1:] == ["modal"]
    assert pages.requests["modal"].method == "POST"


def test_slots_for_some_users_do_not_ask_the_others_to_log_in(
    settings: Any, pages: Pages, db: None
) -> None:
    """B54, S46: ``LoginRequiredMiddleware`` is asked about them when they are run."""
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]
    window = serve(
        settings,
        slots(
            "",
            layout=login_not_required(layout(ALL)),
            children=[path("", login_not_required(pages("home")))],
            side=slot([path("", pages("side"))], test_func=is_staff),
        ),
    )
    window.hard("/")
    assert window.shows == {"children": "home"}
    window = serve(
        settings,
        slots(
            "",
            layout=login_not_required(layout(ALL)),
            children=[path("", login_not_required(pages("home")))],
            side=slot([path("", pages("side"))], test_func=lambda request: True),
        ),
    )
    assert window.hard("/").status_code == 302
    assert "side" not in pages.called


def test_a_test_needs_no_user(settings: Any, pages: Pages) -> None:
    """S46: without ``AuthenticationMiddleware`` it can ask for all but ``request.user``."""
    settings.MIDDLEWARE = []
    window = site(settings, pages, Client(), test_func=lambda request: request.path == "/")
    window.hard("/")
    assert window.shows["side"] == "side"
    window = site(settings, pages, Client(), test_func=is_staff)
    with pytest.raises(AttributeError, match="has no attribute 'user'"):
        window.hard("/")


def test_a_key_for_somebody_else_is_none(settings: Any, pages: Pages, staff: Client) -> None:
    """B53: nor can what a key says of the user be changed."""
    window = site(settings, pages, staff, source=IF)
    window.hard("/")
    shows, src, key = window.mounted["side"]
    signed, _, viewer = key.partition("-")
    assert (len(signed), len(viewer)) == (16, 8)
    home = window.mounted["children"]
    for forged in (signed, f"{signed}-{'0' * 8}", f"{'0' * 16}-{viewer}"):
        state = {"intent": "navigate", "slots": {"side": [shows, src, forged], "children": home}}
        pages.forget()
        window.send("/x/", state)
        assert "side x" not in pages.called
