"""A page without parallel routes, to try the harness on."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import TemplateView


async def users(request: HttpRequest) -> HttpResponse:
    names = [user.username async for user in get_user_model().objects.all()]
    return HttpResponse(f"<div data-pr-slot=children>{' '.join(names)}</div>")


def words(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<b>new words</b>")


urlpatterns = [
    path("", TemplateView.as_view(template_name="plain/page.html")),
    path("words/", words),
    path("users/", users),
]
