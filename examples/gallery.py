"""A gallery whose photos open in a modal: `python examples/gallery.py`, then http://127.0.0.1:8000/.

A click on a photo shows it over the gallery, and the address bar shows the photo's URL. Back closes
the modal. In another tab, or after a reload, the same URL shows the photo on a page of its own.
"""

import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from django_parallel_routes import intercept, slot, slots

TEMPLATES = {
    "layout.html": """
{% load django_htmx parallel_routes %}<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Gallery</title>
  {% htmx_script %} {% parallel_routes_script %}
  <style>
    body { font: 1rem/1.5 system-ui; margin: 2rem auto; max-width: 44rem; padding: 0 1rem }
    .grid { display: grid; gap: 1rem; grid-template-columns: repeat(3, 1fr); list-style: none; padding: 0 }
    .photo { aspect-ratio: 1; border-radius: .5rem; display: block }
    figure { margin: 0 auto; max-width: 24rem }
  </style>
</head>
<body>
  <h1><a href="{% url "gallery" %}">Gallery</a></h1>
  {% slot %}
  {% slot "modal" %}
</body>
</html>""",
    "gallery.html": """
<ul class="grid">
  {% for photo in photos %}
    <li><a href="{% url "photo" photo.pk %}" aria-label="{{ photo.name }}">
      {% include "picture.html" %}
    </a></li>
  {% endfor %}
</ul>""",
    "photo.html": """
<title>{{ photo.name }}</title>
<figure>
  {% include "picture.html" %}
  <figcaption>{{ photo.name }}, photo {{ photo.pk }} of 6</figcaption>
</figure>""",
    "picture.html": """
<svg class="photo" viewBox="0 0 1 1" role="img" aria-label="{{ photo.name }}">
  <rect width="1" height="1" fill="hsl({{ photo.hue }} 70% 80%)" />
  <circle cx=".7" cy=".3" r=".12" fill="hsl({{ photo.hue }} 90% 95%)" />
  <path d="M0 1 L.35 .45 L.6 .75 L.75 .6 L1 1" fill="hsl({{ photo.hue }} 45% 40%)" />
</svg>""",
}

NAMES = ["Dawn", "Meadow", "Lagoon", "Glacier", "Dusk", "Desert"]
PHOTOS = {pk: {"pk": pk, "name": name, "hue": pk * 57} for pk, name in enumerate(NAMES, 1)}


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery.html", {"photos": PHOTOS.values()})


def photo(request: HttpRequest, pk: int) -> HttpResponse:
    if pk not in PHOTOS:
        raise Http404
    return render(request, "photo.html", {"photo": PHOTOS[pk]})


urlpatterns = [
    slots(
        "",
        layout="layout.html",
        children=[
            path("", gallery, name="gallery"),
            path("photos/<int:pk>/", photo, name="photo"),
        ],
        modal=slot(
            [intercept("photo", photo)],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
]

settings.configure(
    ALLOWED_HOSTS=["*"],
    DEBUG=True,
    INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx", "django_parallel_routes"],
    MIDDLEWARE=[
        "django_htmx.middleware.HtmxMiddleware",
        "django_parallel_routes.middleware.ParallelRoutesMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY="for this example only",
    STATIC_URL="static/",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.locmem.Loader", TEMPLATES),
                    "django.template.loaders.app_directories.Loader",
                ],
            },
        },
    ],
)

if __name__ == "__main__":
    execute_from_command_line(
        [sys.argv[0], *(sys.argv[1:] or ["runserver", "--noreload"])],
    )
