"""Prints pages whose layouts have a slot in a component of django-cotton: ``… cotton_page FOLDER``.

The second page is streamed, and has a component itself.
"""

from __future__ import annotations

import sys

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path

from django_parallel_routes import slot, slots


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("what cotton surrounds")


def late(request: HttpRequest) -> HttpResponse:
    return render(request, "shop/cotton_late.html")


urlpatterns = [
    slots(
        "late/",
        layout="shop/cotton_layout.html",
        children=slot(
            [path("", late)],
            loading="django_parallel_routes/loading.html",
            delivery="streamed",
        ),
        modal=slot([], default=None),
    ),
    slots(
        "",
        layout="shop/cotton_layout.html",
        children=[path("", page)],
        modal=slot([], default=None),
    ),
]

if __name__ == "__main__":
    settings.configure(
        SECRET_KEY="only for tests",
        ALLOWED_HOSTS=["testserver"],
        INSTALLED_APPS=["django_cotton", "django_htmx", "django_parallel_routes"],
        MIDDLEWARE=["django_parallel_routes.middleware.ParallelRoutesMiddleware"],
        ROOT_URLCONF=__name__,
        STATIC_URL="static/",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": sys.argv[1:],
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
    )
    django.setup()
    for url in ("/", "/late/"):
        print(Client().get(url).getvalue().decode())
