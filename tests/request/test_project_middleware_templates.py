"""Middleware with ``process_template_response()`` completes what each view returns (B54, B65)."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import async_to_sync, iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.test import AsyncClient, Client
from django.urls import path
from django.utils.deprecation import MiddlewareMixin

from django_parallel_routes import slot, slots
from tests.support.system_checks import with_templates
from tests.window import Window, layout, serve

HERE = "tests.request.test_project_middleware_templates."


class Adds(MiddlewareMixin):
    """Adds a basket to the context of each template, as django-oscar does."""

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        response.context_data = {"basket": "2 books", **(response.context_data or {})}
        return response


class AddsAsync(MiddlewareMixin):
    """Adds to what the middleware after it has added."""

    async def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        response.context_data["basket"] += f" at {request.path}"
        return response


class AsyncOnly:
    """Takes nothing but async handlers."""

    sync_capable, async_capable = False, True

    def __init__(self, get_response: Any) -> None:
        assert iscoroutinefunction(get_response)
        self.get_response = get_response
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> Any:
        return await self.get_response(request)

    async def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        response.context_data["basket"] += ", async"
        return response


class NotUsed(Adds):
    def __init__(self, get_response: Any) -> None:
        raise MiddlewareNotUsed


class Forgets(MiddlewareMixin):
    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        return None


def page(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "page.html")


async def page_async(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "page.html")


@pytest.fixture
def window(settings: Any) -> Window:
    page_html = "{{ basket }}"
    around = "{% load parallel_routes %}<body><nav>{{ basket }}</nav>{% slot %}{% slot 'side' %}"
    with_templates(settings, {"page.html": page_html, "layout.html": around})
    added = ["AddsAsync", "NotUsed", "Adds"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, *(HERE + name for name in added)]
    return serve(
        settings,
        slots(
            "",
            layout="layout.html",
            children=[path("", page), path("async/", page_async)],
            side=slot([], default="page.html"),
        ),
    )


@pytest.mark.parametrize("url", ["/", "/async/"])
def test_each_template_response_is_completed(window: Window, url: str) -> None:
    """Pages, defaults and the layout; on a hard load and on a click."""
    client = Client()
    text = client.get(url).content.decode()
    assert text.count(f"2 books at {url}") == 3
    window.hard("/")
    window.soft(url + "?soft")
    assert window.shows["children"] == f"2 books at {url}"


def test_middleware_may_be_async_only(window: Window, settings: Any) -> None:
    """Django calls it with its own handlers; here it was a 500."""
    settings.MIDDLEWARE = [HERE + "AsyncOnly", *settings.MIDDLEWARE]
    text = window.hard("/").content.decode()
    assert text.count("2 books at /, async") == 3


class Replaces(MiddlewareMixin):
    """Returns a new response, as Django's documentation says that it may."""

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        said = f"{(response.context_data or {}).get('basket', '')}new "
        return TemplateResponse(
            request, "page.html", {"basket": said}, status=response.status_code
        )


@pytest.mark.parametrize("status", [200, 403])
def test_a_response_that_answers_by_itself_is_completed_once(settings: Any, status: int) -> None:
    """B19, S46: that to the request of an element in a slot, and a refusal."""
    with_templates(settings, {"page.html": "{{ basket }}"})
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, HERE + "Replaces"]

    def view(request: HttpRequest) -> TemplateResponse:
        refuses = request.GET.get("refuses")
        return TemplateResponse(request, "page.html", status=403 if refuses else 200)

    window = serve(settings, slots("", layout=layout(), children=[path("", view)]))
    window.hard("/")
    url = "/" if status == 200 else "/?refuses=1"
    for answer in (window.slot(url, "children"), window.soft(url)):
        assert answer.status_code == status
        assert answer.content.decode().count("new ") == 1


def test_template_middleware_works_under_asgi(window: Window) -> None:
    response = async_to_sync(AsyncClient().get)("/async/")
    assert response.content.decode().count("2 books at /async/") == 3


def test_middleware_that_forgets_the_response_is_named(window: Window, settings: Any) -> None:
    window.hard("/")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, HERE + "Forgets"]
    with pytest.raises(ValueError, match=r"Forgets\.process_template_response.* didn't return"):
        window.soft("/async/")
