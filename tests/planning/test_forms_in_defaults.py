"""Forms in slots that show their defaults: what Django promises for a form holds for these as well."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.test import Client
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.models import Note
from tests.window import HEADER, Pages, Window, layout, serve

pages = Pages()


@pytest.fixture(autouse=True)
def _forget() -> None:
    pages.forget()


def saves(request: HttpRequest) -> HttpResponse:
    """A form that makes a note, and fails on "bad"."""
    if request.method == "POST":
        Note.objects.create(name=request.POST["name"])
        if request.POST["name"] == "bad":
            raise ValueError("bad")
    files = ", ".join(f"{file.name} {file.size}" for file in request.FILES.values())
    return HttpResponse(f"{request.method} {files} <i>{get_token(request)}</i>")


def window(
    settings: Any, default: Any = None, client: Client | None = None, **options: Any
) -> Window:
    """A page with a form as the default of ``side``, opened, and a modal that can open over it."""
    found = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'side' %}{% slot 'modal' %}"),
            children=[
                path("", login_not_required(pages("home"))),
                path("photo/", pages("photo page"), name="photo"),
            ],
            side=slot(
                [path("form/", pages("page", saves), name="form")],
                default=default or pages("default", saves),
                **options,
            ),
            modal=slot([intercept("photo", pages("photo"))], default=None),
        ),
        client=client or Client(raise_request_exception=False),
    )
    found.hard("/")
    return found


def post(found: Window, name: str = "good", **more: Any) -> Any:
    """Send the form of the default, as the script does."""
    pages.forget()
    url = found.slots["side"].src
    data = {"name": name, **more.pop("data", {})}
    return found.soft(url, method="post", source_slot="side", own=True, data=data, **more)


DEFAULTS = pytest.mark.parametrize(
    ("default", "view"), [(None, "default"), ("form", "page")], ids=["view", "route"]
)


@pytest.mark.django_db
@DEFAULTS
def test_a_file_reaches_a_default(settings: Any, default: Any, view: str) -> None:
    """B39."""
    found = window(settings, default)
    post(found, data={"file": SimpleUploadedFile("a.txt", b"content")})
    assert (pages.called, found.changed) == ([view], ["side"])
    assert found.slots["side"].text.startswith("POST a.txt 7")


@pytest.mark.django_db
@DEFAULTS
def test_a_form_in_a_default_needs_its_csrf_token(settings: Any, default: Any, view: str) -> None:
    """B54."""
    found = window(settings, default, client=Client(enforce_csrf_checks=True))
    token = re.search("<i>(.*)</i>", found.response.content.decode())
    assert token
    assert post(found).status_code == 403
    assert pages.called == []
    assert not Note.objects.exists()
    assert post(found, data={"csrfmiddlewaretoken": token[1]}).status_code == 200
    assert pages.called == [view]
    assert Note.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@DEFAULTS
def test_a_form_in_a_default_is_rolled_back(
    settings: Any, monkeypatch: Any, default: Any, view: str
) -> None:
    """B54: with ``ATOMIC_REQUESTS``, as the view would be alone."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    found = window(settings, default)
    assert post(found, "bad").status_code == 500
    assert pages.called == [view]
    assert not Note.objects.exists()
    assert post(found).status_code == 200
    assert Note.objects.count() == 1


@pytest.mark.django_db
@DEFAULTS
def test_a_form_in_a_default_needs_a_login(settings: Any, default: Any, view: str) -> None:
    """B54: ``LoginRequiredMiddleware``, where the session has expired since the page was loaded."""
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]
    client = Client()
    client.force_login(User.objects.create_user("ann"))
    found = window(settings, default, client)
    assert found.slots["side"].text.startswith("GET")
    client.logout()
    answer = post(found)
    assert HEADER not in answer
    assert (pages.called, Note.objects.count()) == ([], 0)
    assert settings.LOGIN_URL in (answer.get("Location") or answer["HX-Redirect"])


@pytest.mark.django_db
@DEFAULTS
def test_a_form_in_a_default_is_refused_by_its_slot(
    settings: Any, default: Any, view: str
) -> None:
    """S46: ``test_func`` is asked again."""
    may = [True]
    found = window(settings, default, test_func=lambda request: may[0])
    may[0] = False
    assert post(found).status_code in (403, 404)
    assert view not in pages.called
    assert not Note.objects.exists()


@pytest.mark.django_db
@DEFAULTS
def test_a_form_in_a_default_beneath_a_modal_reaches_its_view(
    settings: Any, default: Any, view: str
) -> None:
    """B39, S24: what is open stays open."""
    found = window(settings, default)
    found.soft("/photo/")
    assert found.slots["modal"].shows == "intercepted"
    post(found)
    assert (pages.called, found.changed) == ([view], ["side"])
    assert found.slots["modal"].shows == "intercepted"
    assert found.slots["side"].shows == "default"


def test_a_form_that_leads_to_the_level_below_may_lead_to_another_query(settings: Any) -> None:
    """S40: the page of that level is recognised by its path, whatever query and hash follow."""

    def level(name: str) -> Any:
        def view(request: HttpRequest) -> HttpResponse:
            if request.method == "POST":
                return redirect("/photo/?tab=2#c7")
            return HttpResponse(f"{name} {request.get_full_path()}")

        return pages(name, view)

    above = intercept("edit", level("edit"), opens="above")
    found = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'modal' %}"),
            children=[
                path("", pages("home")),
                path("photo/", pages("photo page"), name="photo"),
                path("edit/", pages("edit page"), name="edit"),
            ],
            modal=slot([intercept("photo", level("photo")), above], default=None),
        ),
    )
    found.hard("/")
    found.soft("/photo/")
    found.soft("/edit/", source_slot="modal")
    assert found.slots["modal.modal"].shows == "intercepted"
    state = {"intent": "navigate", "slots": found.mounted, "current_url": "/edit/", "origin": "/"}
    state |= {"form": True, "source_slot": "modal.modal", "own": True}
    answer = found.send("/edit/", state, "post")
    found.send(answer["Location"].partition("#")[0], state)
    assert found.slots["modal"].text == "photo /photo/?tab=2"
    assert found.slots["modal.modal"].shows == "empty"


def test_a_form_in_the_layout_of_a_default_reaches_the_default(
    settings: Any, pages: Pages
) -> None:
    """B39: the layout is the slot's own, and its form is for the URL of the slot."""
    frame = layout("{% slot %}")
    window = serve(
        settings,
        slots(
            "",
            layout=layout("{% slot %}{% slot 'tabs' %}"),
            children=[path("", pages("home"))],
            tabs=slot(
                [path("x/", pages("x"))],
                layout=frame,
                default=pages("default"),
                default_layout=frame,
            ),
        ),
    )
    window.hard("/")
    window.soft("/", method="post", source_slot="tabs")
    assert pages.requests["default"].method == "POST"
    assert pages.requests["home"].method == "GET"
