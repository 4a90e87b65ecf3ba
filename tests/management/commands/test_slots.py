"""``manage.py slots``: its options, users, forms, and the page of the docs about it."""

from __future__ import annotations

import os
import re
import shlex
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from django_parallel_routes import slot, slots
from django_parallel_routes.client.exchange import state_header
from tests.support.slots_command import DOCS, does, explain, run, said_to
from tests.window import Pages, Window, layout, serve


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("No tenant")


@pytest.mark.django_db
def test_layouts_run_for_the_user_who_is_named(settings: Any, pages: Pages) -> None:
    """S46: the slots that a layout has printed are known for each user."""
    get_user_model().objects.create(username="anna", is_staff=True)
    printed = "{% if request.user.is_staff %}{% slot 'admin' %}{% endif %}{% slot %}"
    routes = [path("", pages("home")), path("x/", pages("x"))]
    admin = slot([path("x/", pages("admin"))], default=None)
    serve(
        settings, slots("", layout=pages.layout("layout", printed), children=routes, admin=admin)
    )
    assert does(explain("/")) == {"children": "page", "admin": "hidden"}
    assert does(explain("/", "--user", "anna")) == {"children": "page", "admin": "empty"}
    assert does(explain("/x/", "--from", "/", "--user", "anna")) == {
        "children": "page",
        "admin": "page",
    }


def test_a_state_that_is_too_long_leads_to_a_document(settings: Any, pages: Pages) -> None:
    """B53: "bounded in size": the browser loads the document instead."""
    names = [f"a_slot_with_a_long_name_that_takes_its_place_{number}" for number in range(60)]
    printed = "{% slot %}" + "".join(f"{{% slot '{name}' %}}" for name in names)
    routes = [path("", pages("home")), path("x/", pages("x"))]
    serve(
        settings,
        slots(
            "",
            layout=layout(printed),
            children=routes,
            **{name: slot([], default=None) for name in names},
        ),
    )
    said = explain("/x/", "--from", "/", "--from", "/x/")
    assert said["answer"]["kind"] == "document"


# --- users, middleware, layouts ---


@pytest.mark.django_db
def test_users_who_are_not_there(gallery: Pages) -> None:
    with pytest.raises(CommandError, match="There is no user 'nobody'"):
        explain("/g/side/", "--user", "nobody")


def test_a_project_without_users(gallery: Pages, settings: Any) -> None:
    settings.INSTALLED_APPS = [
        name
        for name in settings.INSTALLED_APPS
        if name.split(".")[-1] not in ("auth", "messages", "contenttypes", "tests")
    ]
    said = explain("/g/in/feed/")  # The test_func of a slot looks at the user.
    assert said["answer"]["sentence"].startswith("A 500: AttributeError: ")


def test_middleware_that_wants_a_login(settings: Any, pages: Pages) -> None:
    """B54: the command asks LoginRequiredMiddleware, as the server does."""
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]
    serve(
        settings,
        slots(
            "",
            layout=login_not_required(pages.layout("layout")),
            children=[path("", pages("home")), path("open/", login_not_required(pages("open")))],
        ),
    )
    said = explain("/")
    assert said["answer"]["sentence"] == (
        "No page: LoginRequiredMiddleware responds with 302 to /accounts/login/?next=/."
    )
    assert pages.called == []
    assert explain("/open/")["answer"]["kind"] == "page"


@pytest.mark.parametrize("is_lazy", [True, False])
def test_a_layout_that_raises_counts_as_one_that_prints_all(
    settings: Any, pages: Pages, is_lazy: bool
) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        if is_lazy:
            return TemplateResponse(request, "no/such/template.html")
        raise AttributeError("'WSGIRequest' object has no attribute 'tenant'")

    side = slot([], default=pages("side"))
    serve(settings, slots("", layout=broken, children=[path("", pages("home"))], side=side))
    said = explain("/")
    assert does(said) == {"children": "page", "side": "default"}
    assert said["answer"]["kind"] == "failed"
    assert re.match(r"A 500: the layout tests\.\S*broken raises", said["answer"]["sentence"])
    assert re.match(
        r"The layout tests\.\S*broken raises \w+: .*This explanation assumes", said["notes"][0]
    )
    way = explain("/", "--from", "/")
    assert way["notes"][0].startswith("At /: The layout tests.")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@pytest.mark.parametrize(
    ("answer", "status", "sentence"),
    [
        (lambda request: redirect("/login/"), 302, "No page: … responds with 302 to /login/."),
        (lambda request: HttpResponse("no", status=403), 403, "No page: … responds with 403."),
        (forbidden, 403, "No page: … raises PermissionDenied."),
        (missing, 404, "A 404: … raises Http404: No tenant."),
    ],
)
def test_the_response_of_a_layout_is_the_response_for_the_url(
    settings: Any, pages: Pages, answer: Any, status: int, sentence: str
) -> None:
    window = serve(settings, slots("", layout=answer, children=[path("", pages("home"))]))
    said = explain("/")
    found = re.sub(r"the layout \S+", "…", said["answer"]["sentence"])
    assert found == sentence
    assert said["answer"]["kind"] == {404: "missing"}.get(status, "refused")
    assert said["notes"][0].endswith("assumes that it prints all of its slots.")
    assert window.client.get("/").status_code == status
    assert run("--explain", "/").splitlines()[3].startswith(sentence[:6])


def test_a_layout_within_that_refuses_is_noted(settings: Any, pages: Pages) -> None:
    """The slot around the layout may show an error state instead."""
    inner = slots("", layout=missing, children=[path("", pages("home"))])
    serve(settings, slots("", layout=layout(), children=slot([inner], error="x.html")))
    said = explain("/")
    assert said["answer"]["kind"] == "page"
    assert "raises Http404: No tenant" in said["notes"][0]


def test_a_layout_that_is_async(settings: Any, pages: Pages) -> None:
    async def show(request: HttpRequest) -> HttpResponse:
        user = await request.auser()
        return HttpResponse(user.is_anonymous and (await sync_to_async(layout())(request)).content)

    serve(settings, slots("", layout=show, children=[path("", pages("home"))]))
    assert (does(explain("/")), explain("/")["notes"]) == ({"children": "page"}, [])


def test_slots_inside_a_late_slot_are_late_as_well(settings: Any, pages: Pages) -> None:
    """S43: a segment in a slot with ``loading`` arrives with this slot."""
    inner = slots("x/", layout=pages.layout("inner"), children=[path("", pages("x"))])
    children = slot([inner], loading=pages("loading"))
    serve(settings, slots("", layout=pages.layout("layout"), children=children))
    assert explain("/x/")["views"] == ["tests.window.layout", "tests.window.loading"]
    assert "its route 'x/' matches; it comes later" in run("--explain", "/x/")
    assert set(pages.called) == {"layout"}


def test_a_layout_that_prints_a_slot_twice_is_a_500(settings: Any, pages: Pages) -> None:
    serve(
        settings,
        slots("", layout=layout("{% slot %}{% slot %}"), children=[path("", pages("home"))]),
    )
    said = explain("/")
    assert said["answer"]["sentence"].startswith(
        "A 500: ImproperlyConfigured: The layout tests.window"
    )


@pytest.mark.django_db
def test_a_test_func_is_asked(settings: Any, pages: Pages) -> None:
    """S46: "a test on the slot"; if the test raises, the page fails."""
    get_user_model().objects.create(username="anna", is_staff=True)
    printed = layout("{% slot %}{% slot 'staff' %}")
    routes = [path("", pages("home"))]
    staff = slot([], default=pages("staff"), test_func=lambda request: request.user.is_staff)
    serve(settings, slots("", layout=printed, children=routes, staff=staff))
    said = explain("/")
    assert does(said) == {"children": "page", "staff": "hidden"}
    assert said["slots"][1]["why"] == "its test_func does not let the user see it"
    assert does(explain("/", "--user", "anna"))["staff"] == "default"
    broken = slot([], default=pages("staff"), test_func=lambda request: request.no_profile)
    serve(settings, slots("", layout=printed, children=routes, staff=broken))
    assert explain("/")["answer"]["sentence"].startswith("A 500: AttributeError: ")


def test_a_slot_on_screen_that_the_user_may_no_longer_see_loads_the_document(
    settings: Any, pages: Pages
) -> None:
    """S46: the browser loads the document."""
    may = [True]
    routes = [path("", pages("home")), path("x/", pages("x"))]
    staff = slot([path("x/", pages("staff"))], default=None, test_func=lambda request: may[0])
    window = serve(
        settings,
        slots("", layout=layout("{% slot %}{% slot 'staff' %}"), children=routes, staff=staff),
    )
    window.hard("/")
    may.clear()
    may.append(False)
    state = {"intent": "navigate", "slots": window.mounted}
    said = said_to(state_header(state), "/x/")
    assert said["answer"]["why"] == "a slot on screen is one that this user may not see"
    assert said["views"] == []


# --- forms, and how they are told ---


def test_a_form(gallery: Pages) -> None:
    """B39: one view gets the POST, and the explanation begins with it."""
    said = explain("/g/in/feed/", "--from", "/g/in/note/", "--post", "--inside", "children")
    assert said["method"] == "POST"
    assert said["answer"]["sentence"].startswith(
        "A form for the slot children. Unless its view redirects: 1 slot changes (children):"
    )
    assert said["answer"]["url"] == ""
    hard = explain("/g/in/feed/", "--post")
    assert hard["answer"]["sentence"].startswith(
        "A form for the slot children. Unless its view redirects: A full page"
    )


def test_a_form_for_a_slot_that_is_not_printed(settings: Any) -> None:
    pages = Pages()
    side = [path("", pages("home"))]
    serve(settings, slots("", layout=pages.layout("layout", "nothing"), side=side))
    said = explain("/", "--post")
    assert said["answer"]["sentence"] == "A 404: The layout does not print the slot 'side'."


def test_a_request_with_a_target_of_its_own(gallery: Pages) -> None:
    """B19: "that slot's page alone answers"."""
    window = Window()
    window.hard("/g/in/feed/?slots=inline")
    state = {"intent": "slot", "source_slot": "children", "slots": window.mounted}
    said = said_to(state_header(state), "/g/in/note/")
    assert said["answer"]["sentence"] == (
        "The page of the slot children alone: a request with a target of its own."
    )


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--inside", "modal"], "--inside says where a link is: add --from"),
        (["--audit"], "not allowed with argument"),
    ],
)
def test_options_that_contradict_each_other(gallery: Pages, args: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run("--explain", "/g/side/", *args)


def test_a_link_that_changes_the_query_of_its_slot_is_for_that_slot_alone(settings: Any) -> None:
    """B39: as the script does."""
    pages = Pages()
    side = slot([path("", pages("side"))], default=None)
    printed = layout("{% slot %}{% slot 'side' %}")
    serve(settings, slots("", layout=printed, children=[path("", pages("home"))], side=side))
    link = ["/?page=2", "--from", "/"]
    assert does(explain(*link, "--inside", "side")) == {"children": "keep", "side": "page"}
    assert does(explain(*link)) == {"children": "page", "side": "page"}


def test_inside_needs_a_slot_on_screen(gallery: Pages) -> None:
    with pytest.raises(CommandError, match="--inside: There is no slot 'sdie' on screen"):
        explain("/g/in/feed/", "--from", "/g/in/feed/", "--inside", "sdie")


def test_a_layout_in_a_slot_is_told_apart_from_a_page(gallery: Pages) -> None:
    text = " ".join(run("--explain", "/g/in/wall/").split())
    assert "children layout tests.window.wall_layout for /g/in/wall/: a route inside it" in text
    assert (
        "children page tests.window.wall for /g/in/wall/: its route 'g/in/wall/' matches" in text
    )
    assert "side default layout tests.window.other_tabs for" in text


# --- the page of the docs ---


@pytest.mark.django_db
@pytest.mark.urls("tests.urls.explained")
def test_the_docs_show_what_the_command_prints() -> None:
    """Each ``console`` block of docs/reference/command.md is run; ``UPDATE_DOCS=1`` writes it."""
    get_user_model().objects.create(username="anna", is_staff=True)
    block = re.compile(r"(```console\n\$ python manage\.py slots ?(.*)\n)[\s\S]*?```")

    def printed(found: re.Match[str]) -> str:
        return f"{found[1]}{run(*shlex.split(found[2])).strip()}\n```"

    text = DOCS.read_text()
    real = block.sub(printed, text)
    if os.environ.get("UPDATE_DOCS"):
        DOCS.write_text(real)
    assert DOCS.read_text() == real
    assert len(block.findall(text)) > 4


def test_lines_are_wrapped_between_words(gallery: Pages) -> None:
    """After 100 columns, unless a word is longer."""
    for text in (
        run(),
        run("--explain", "/photo/7/", "--from", "/g/in/feed/"),
        run("--explain", "/g/no"),
    ):
        assert max(map(len, text.splitlines())) <= 100
        assert not re.search(r" $", text, re.M)
