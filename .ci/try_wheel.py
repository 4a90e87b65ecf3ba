"""Does the wheel work? Run in an environment that holds nothing but the wheel and its needs.

python try_wheel.py dist/django_parallel_routes-….whl
"""

from __future__ import annotations

import sys
import zipfile
from importlib import metadata
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import path

import django_parallel_routes
from django_parallel_routes import slot, slots

LAYOUT = """{% load django_htmx parallel_routes %}<!doctype html>
<title>A wheel</title>{% htmx_script %}{% parallel_routes_script %}
{% slot %}{% slot "team" %}
"""

settings.configure(
    ALLOWED_HOSTS=["testserver"],
    INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx", "django_parallel_routes"],
    MIDDLEWARE=["django_htmx.middleware.HtmxMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only for this test",
    STATIC_URL="static/",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", {"layout.html": LAYOUT})],
            },
        },
    ],
)
django.setup()

urlpatterns = [
    slots(
        "",
        layout="layout.html",
        children=[path("", lambda request: HttpResponse("the page"))],
        team=slot([], default=lambda request: HttpResponse("the team")),
    ),
]


def must(good: object, complaint: str) -> None:
    if not good:
        sys.exit(f"{wheel.name}: {complaint}")


wheel = Path(sys.argv[1])
names = zipfile.ZipFile(wheel).namelist()
folders = {name.split("/")[0] for name in names if ".dist-info/" not in name}
must(folders == {"django_parallel_routes"}, f"holds more than the package: {sorted(folders)}")
must("django_parallel_routes/py.typed" in names, "py.typed is missing")
must("site-packages" in django_parallel_routes.__file__, "another copy was imported")
must(finders.find("django_parallel_routes/parallel-routes.js"), "the script is missing")
call_command("check", fail_level="WARNING", verbosity=0)
page = Client().get("/").content.decode()
for part in ("parallel-routes.js", "the page", "the team"):
    must(part in page, f"{part!r} is missing from\n{page}")
print(f"{wheel.name} works, as version {metadata.version('django-parallel-routes')}")
