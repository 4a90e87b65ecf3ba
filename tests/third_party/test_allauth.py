"""docs/recipes/allauth.md: allauth's pages in a modal and as pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import include, path

from django_parallel_routes import intercept, slot, slots
from django_parallel_routes.test import SlotClient
from tests.docs.recipes import files, install, use_templates
from tests.views import says
from tests.window import serve


@pytest.fixture
def client(settings: Any, db: None) -> SlotClient:
    get_user_model().objects.create_user("ada", "ada@example.com", "lovely-lace-1815")
    return install(settings, "allauth")


def test_the_login_works_in_the_modal(client: SlotClient) -> None:
    client.load("/")
    client.click("Log in")
    client.assert_open("modal", "Sign In")
    client.assert_kept("children")
    assert "<html" not in client.screen.slots["modal"].html.lower()
    client.submit_form({"login": "ada", "password": "wrong"}, button="Sign In")
    client.assert_open("modal", "not correct")
    client.submit_form({"login": "ada", "password": "lovely-lace-1815"}, button="Sign In")
    client.assert_url("/")
    client.assert_closed("modal")
    client.assert_shows("messages", "Successfully signed in as ada.")
    client.submit_form({}, button="Sign Out")
    client.assert_shows("messages", "You have signed out.")


def test_the_other_forms_open_in_the_same_modal(client: SlotClient) -> None:
    client.load("/")
    client.click("Log in")
    client.click("sign up", inside="modal")
    client.assert_open("modal", "Sign Up")
    client.assert_kept("children")
    client.visit("/accounts/password/reset/", inside="modal")
    client.submit_form({"email": "ada@example.com"}, inside="modal")
    client.assert_open("modal", "We have sent you an email")
    client.close()
    client.visit("/accounts/signup/")
    data = {"username": "grace", "password1": "moth-in-relay-70", "password2": "moth-in-relay-70"}
    client.submit_form({**data, "email": "grace@example.com"}, inside="modal")
    client.assert_shows("messages", "Successfully signed in as grace.")


def test_allauths_own_templates_work_with_a_block(client: SlotClient, settings: Any) -> None:
    block = {"block": "content"}
    modal = "django_parallel_routes/modal.html"
    tree = slots(
        "",
        layout="shop/layout.html",
        children=slot(
            [path("", says("home")), path("accounts/", include("allauth.urls"))], **block
        ),
        modal=slot([intercept("account_login")], layout=modal, default=None, **block),
        messages=slot([], default="shop/messages.html", unmatched="refresh"),
    )
    found = dict(files("index")) | dict(files("allauth"))
    names = ("base.html", "shop/layout.html", "shop/messages.html")
    use_templates(settings, {name: found[f"shop/templates/{name}"] for name in names})
    serve(settings, tree)
    client.load("/")
    client.click("Log in")
    client.assert_open("modal", "Sign In")
    assert "Menu:" not in client.screen.html
    client.submit_form({"login": "ada", "password": "wrong"}, button="Sign In")
    client.assert_open("modal", "not correct")
    client.load("/accounts/signup/")
    client.assert_shows("children", "Sign Up")
    assert "Menu:" not in client.screen.html


def test_without_a_modal_they_are_pages(client: SlotClient) -> None:
    client.load("/accounts/login/")
    client.assert_shows("children", "Sign In", shows="page")
    client.submit_form({"login": "ada", "password": "lovely-lace-1815"}, button="Sign In")
    client.assert_url("/")
    client.visit("/accounts/password/change/")
    client.assert_shows("children", "Change Password")
