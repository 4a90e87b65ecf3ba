"""Prints a page whose layout has a slot in a component of django-cotton: ``… cotton_page FOLDER``."""

from __future__ import annotations

import sys

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from django_parallel_routes import slot, slots


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("what cotton surrounds")


urlpatterns = [
    slots(
        "",
        layout="shop/cotton_layout.html",
        children=[path("", page)],
        modal=slot([], default=None),
    )
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
    print(Client().get("/").content.decode())
