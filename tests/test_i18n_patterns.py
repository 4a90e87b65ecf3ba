"""S8: ``i18n_patterns()`` around ``slots()``, with a modal and a form that changes the language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse
from django.utils.translation import get_language

from django_parallel_routes import intercept, slot, slots
from tests.support.slot_clients import HEAD, MODAL, make
from tests.window import layout, serve

__all__ = ["make"]

FORM = """<form method="post" action="/i18n/setlang/">
<input name="language" value="de"><button>Deutsch</button></form>"""


def says(name: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        link = f'<a href="{reverse("photo")}">Photo</a>'
        return HttpResponse(f"{name} in {get_language()} {link} {FORM}")

    return view


def test_a_link_to_another_language_loads_the_document(
    settings: Any, make: Callable[..., Any]
) -> None:
    """Another language is another document: the layout is in it as well."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    before, after = settings.MIDDLEWARE[:2], settings.MIDDLEWARE[2:]
    settings.MIDDLEWARE = [*before, "django.middleware.locale.LocaleMiddleware", *after]
    root = slots(
        "",
        layout=layout(HEAD + "<body>{% slot %}{% slot 'modal' %}"),
        children=[path("", says("home")), path("photo/", says("photo"), name="photo")],
        modal=slot([intercept("photo")], layout=MODAL, default=None),
    )
    serve(settings, path("i18n/", include("django.conf.urls.i18n")), *i18n_patterns(root))
    client = make()
    client.load("/en/")
    client.click("Photo")
    client.assert_open("modal", "photo in en")
    client.assert_kept("children")
    client.submit_form(button="Deutsch", inside="modal")
    client.assert_url("/de/photo/")
    client.assert_shows("children", "photo in de")
    assert client.screen.requests[-1] == "hard GET /de/photo/"
    client.load("/")
    client.assert_url("/de/")
    client.click("Photo")
    client.assert_open("modal", "photo in de")
    client.back()
    client.assert_closed("modal")
    client.assert_shows("children", "home in de")
