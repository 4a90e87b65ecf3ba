"""B64: ``{{ form.media }}`` of django-select2 and django-tinymce, in slots, in modals, with hashed names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.templatetags.static import static
from django.urls import path
from django_select2.forms import Select2Widget
from tinymce.widgets import TinyMCE

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.test import SlotClient
from tests.window import layout, serve

DOCUMENT = """<!doctype html><title>Site</title>{% parallel_routes_script %}
<body><a href="/tree/">Tree</a>{% slot %}{% slot "side" %}{% slot "modal" %}</body>"""

MAP = """<script type="importmap">{"imports": {"tools": "NAME"}}</script>
<script type="module" src="NAME"></script>"""


class TreeForm(forms.Form):
    kind = forms.ChoiceField(choices=[("ash", "Ash"), ("elm", "Elm")], widget=Select2Widget)
    text = forms.CharField(widget=TinyMCE)


def tree(prefix: str) -> Callable[..., HttpResponse]:
    """A page with the form; forms on screen together need prefixes, or their ids stand there twice."""

    def view(request: HttpRequest) -> HttpResponse:
        source = """<title>Tree</title>{{ form.media }}{{ map|safe }}
            <form method="post">{% csrf_token %}{{ form.as_p }}</form>"""
        tools = static("admin/js/theme.js")
        context = {"form": TreeForm(prefix=prefix), "map": MAP.replace("NAME", tools)}
        return HttpResponse(engines["django"].from_string(source).render(context, request))

    return view


def says(text: str) -> Callable[..., HttpResponse]:
    return lambda request, **kwargs: HttpResponse(text)


URLS = [
    path("alone/", tree("alone")),
    slots(
        "",
        layout=layout(DOCUMENT),
        children=[
            path("", says('<a href="/page/">Page</a>')),
            path("tree/", tree("tree"), name="tree"),
            path("page/", tree("page")),
            path("both/", tree("page")),
        ],
        side=slot([path("both/", tree("side"))], default=None),
        modal=slot([intercept("tree")], layout="django_parallel_routes/modal.html", default=None),
    ),
]


@pytest.fixture
def client(settings: Any) -> SlotClient:
    serve(settings, *URLS)
    return SlotClient()


@pytest.fixture(params=["plain names", "hashed names"])
def names(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> str:
    if request.param == "hashed names":
        settings.STATIC_ROOT = tmp_path
        storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
        unused = ["langs", "plugins", "skins"]
        call_command("collectstatic", ignore_patterns=unused, interactive=False, verbosity=0)
    return request.param


def files_in(html: str) -> list[str]:
    """Return what a page loads, in order, without the package's own script and stylesheet."""
    found = re.findall(r'<(?:script[^>]* src|link[^>]* href)="([^"]+)"', html)
    return [url for url in found if "/django_parallel_routes/" not in url]


def test_forms_bring_each_file_once_and_in_order(client: SlotClient, names: str) -> None:
    alone = files_in(client.get("/alone/").content.decode())
    scripts = ["select2.full", "tinymce", "init_tinymce", "django_select2"]
    found = [one for url in alone for one in scripts if re.search(rf"/{one}\.[\w.]*js$", url)]
    assert found == scripts
    has_hashes = [bool(re.search(r"\.[0-9a-f]{12}\.(css|js)$", url)) for url in alone]
    assert set(has_hashes) == {names == "hashed names"}
    for url in ("/tree/", "/page/", "/both/"):
        page = client.load(url).content.decode()
        assert files_in(page) == alone, f"hard {url}"
        assert page.index("importmap") < page.index('type="module"')
        client.load("/")
        page = client.visit(url).content.decode()
        assert client.screen.requests == (f"soft GET {url}",)
        assert files_in(page)[: len(alone)] == alone, f"soft {url}"
        assert f'{{"tools": "{alone[-1]}"}}' in page
    client.load("/page/")
    client.click("Tree")
    client.assert_open("modal")
    client.assert_kept("children")
    assert files_in(client.response.content.decode()) == alone
    client.submit_form({"tree-kind": "ash"}, inside="modal")
    client.assert_open("modal")
    assert files_in(client.response.content.decode()) == alone
