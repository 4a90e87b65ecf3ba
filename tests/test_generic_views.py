"""B65: Django's generic views, which render whole documents, stand in slots and modals as they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import views as auth
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.forms import CharField, Form
from django.urls import path
from django.views.decorators.cache import cache_page
from django.views.generic import (
    ArchiveIndexView,
    CreateView,
    DeleteView,
    DetailView,
    FormView,
    ListView,
    TemplateView,
    UpdateView,
)

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.test import SlotClient
from tests.shop.models import Author
from tests.support.system_checks import with_templates
from tests.window import serve

DOCUMENT = """<!doctype html><html><head><title>{% block title %}{% endblock %} - Site</title></head>
<body><nav>menu</nav><main id="main">{% block content %}{% endblock %}</main></body></html>"""
FRAGMENT = "<title>{% block title %}{% endblock %}</title>{% block content %}{% endblock %}"
ONE_LINE = '{% extends request.in_slot|yesno:"fragment.html,document.html" %}'
LAYOUT = """<!doctype html>{% load parallel_routes %}<title>Site</title>{% parallel_routes_script %}
<body>{% slot %}{% slot "modal" %}</body>"""

PAGES = {
    "shop/author_list.html": "authors {{ object_list|join:', ' }}",
    "shop/author_detail.html": "author {{ object }}",
    "shop/author_form.html": "author FORM",
    "shop/author_confirm_delete.html": "delete {{ object }}? FORM",
    "contact.html": "contact FORM",
    "auth/user_archive.html": "users {{ latest|join:', ' }}",
    "login.html": "login FORM",
    "password.html": "password FORM",
    "static.html": "static",
}
FORM = """<form method="post">{% csrf_token %}{{ form }}<button>Send</button></form>"""


class Contact(Form):
    text = CharField()

    def clean_text(self) -> str:
        if self.cleaned_data["text"] == "spam":
            raise ValidationError("No spam.")
        return str(self.cleaned_data["text"])


AUTHOR = {"model": Author, "fields": ["name"], "success_url": "/"}

VIEWS: dict[str, tuple[Any, str]] = {
    "list": (ListView.as_view(model=Author), "authors Ada"),
    "detail": (DetailView.as_view(model=Author), "author Ada"),
    "create": (CreateView.as_view(**AUTHOR), "author"),
    "update": (UpdateView.as_view(**AUTHOR), "author"),
    "delete": (DeleteView.as_view(model=Author, success_url="/"), "delete Ada?"),
    "form": (
        FormView.as_view(form_class=Contact, template_name="contact.html", success_url="/"),
        "contact",
    ),
    "archive": (ArchiveIndexView.as_view(model=User, date_field="date_joined"), "users ada"),
    "login": (auth.LoginView.as_view(template_name="login.html", next_page="/"), "login"),
    "password": (
        auth.PasswordResetView.as_view(template_name="password.html", success_url="/"),
        "password",
    ),
    "template": (TemplateView.as_view(template_name="static.html"), "static"),
}
SENT: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "create": ({"name": "x" * 51}, {"name": "Bo"}),
    "update": ({"name": "x" * 51}, {"name": "Bo"}),
    "form": ({"text": "spam"}, {"text": "hello"}),
    "login": (
        {"username": "ada", "password": "wrong"},
        {"username": "ada", "password": "secret"},
    ),
}
"""For each form: what it refuses, and what it takes."""

WAYS: dict[str, dict[str, Any]] = {
    "in_slot": {},
    "block": {"block": "content"},
    "element": {"element": "main"},
}


@pytest.fixture(params=WAYS)
def client(request: pytest.FixtureRequest, settings: Any, db: None) -> SlotClient:
    """Each view alone, in the slot of the main page, and in a modal when it is linked from home."""
    way = WAYS[request.param]
    base = DOCUMENT if way else ONE_LINE
    pages = {
        name: '{% extends "base.html" %}{% block title %}'
        + f"{name}{{% endblock %}}{{% block content %}}{text.replace('FORM', FORM)}{{% endblock %}}"
        for name, text in PAGES.items()
    }
    documents = {"base.html": base, "document.html": DOCUMENT, "fragment.html": FRAGMENT}
    links = "".join(f'<a href="/{name}/1/">{name}</a> ' for name in VIEWS)
    home = {"home.html": f"<title>Home</title>{links}", "layout.html": LAYOUT}
    with_templates(settings, pages | documents | home)
    serve(
        settings,
        *(path(f"alone/{name}/<int:pk>/", view) for name, (view, _) in VIEWS.items()),
        slots(
            "",
            layout="layout.html",
            children=slot(
                [
                    path("", TemplateView.as_view(template_name="home.html")),
                    *(
                        path(f"{name}/<int:pk>/", view, name=name)
                        for name, (view, _) in VIEWS.items()
                    ),
                ],
                **way,
            ),
            modal=slot(
                [intercept(name) for name in VIEWS],
                layout="django_parallel_routes/modal.html",
                default=None,
                **way,
            ),
        ),
    )
    Author.objects.create(pk=1, name="Ada")
    User.objects.create_user("ada", password="secret")
    return SlotClient()


@pytest.mark.parametrize("name", VIEWS)
def test_a_generic_view_is_a_page_a_modal_and_a_document(client: SlotClient, name: str) -> None:
    url, says = f"/{name}/1/", VIEWS[name][1]
    alone = client.get(f"/alone{url}").content.decode()
    assert says in alone
    assert "<nav>menu</nav>" in alone
    client.load(url)
    client.assert_shows("children", says)
    assert "menu" not in client.screen.text
    hard = client.screen.slots["children"].own_text
    client.load("/")
    client.click(name)
    client.assert_open("modal", says)
    client.assert_kept("children")
    assert "menu" not in client.screen.text
    assert client.screen.requests == (f"soft GET {url}",)
    client.reload()
    client.assert_shows("children", says)
    client.load("/")
    client.visit(url, intercept=False)
    assert client.screen.slots["children"].own_text == hard
    assert client.screen.title.startswith(client.get(f"/alone{url}").templates[0].name)


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize("place", ["children", "modal"])
def test_a_form_of_a_generic_view_refuses_and_takes(
    client: SlotClient, name: str, place: str
) -> None:
    wrong, right = SENT[name]
    client.load("/" if place == "modal" else f"/{name}/1/")
    if place == "modal":
        client.click(name)
    client.submit_form(wrong, inside=place)
    assert 'class="errorlist' in client.screen.slots[place].html
    assert "menu" not in client.screen.text
    client.submit_form(right, inside=place)
    client.assert_url("/")
    client.assert_closed("modal")
    client.assert_shows("children", "detail")


@pytest.mark.parametrize("first", ["page", "modal"])
def test_parts_of_one_cached_document_are_not_mixed_up(settings: Any, first: str) -> None:
    """``cache_page`` knows the block of the page from the element and the whole of the others."""
    cache.clear()
    with_templates(
        settings,
        {
            "layout.html": LAYOUT,
            "cached.html": "<!doctype html><body><nav>menu</nav>"
            '<main id="main">{% block content %}long{% endblock %}</main><i id="short">short</i>',
            "home.html": "<a href='/cached/'>Cached</a>",
        },
    )
    cached = cache_page(60)(TemplateView.as_view(template_name="cached.html"))
    pages = [path("", TemplateView.as_view(template_name="home.html"))]
    serve(
        settings,
        slots(
            "",
            layout="layout.html",
            children=slot([*pages, path("cached/", cached, name="cached")], block="content"),
            modal=slot(
                [intercept("cached")],
                layout="django_parallel_routes/modal.html",
                default=None,
                element="short",
            ),
        ),
    )
    client = SlotClient()
    for step in [first, "page", "modal", "page"]:
        if step == "modal":
            client.load("/")
            client.click("Cached")
            client.assert_open("modal", "short")
        else:
            client.load("/cached/")
            client.assert_shows("children", "long")
        assert not {"long", "short"} <= set(client.screen.text.split())
        assert "menu" not in client.screen.text
