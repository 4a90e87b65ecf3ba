"""Checks that the wheel and the sdist are complete, and that the installed package works.

python try_wheel.py dist/django_parallel_routes-….whl dist/django_parallel_routes-….tar.gz

Run it in an environment that contains only the package, from either file, and what it requires.
"""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from importlib import metadata
from io import StringIO
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
    MIDDLEWARE=[
        "django_htmx.middleware.HtmxMiddleware",
        "django_parallel_routes.middleware.ParallelRoutesMiddleware",
    ],
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


def check_wheel(names: set[str], description: str) -> None:
    """Check that the wheel contains the package with all its files, its licence, and nothing else."""
    package, [info] = (
        "django_parallel_routes",
        {n.split("/")[0] for n in names if ".dist-info/" in n},
    )
    folders = {name.split("/")[0] for name in names}
    must(folders == {package, info}, f"holds more than the package: {sorted(folders)}")
    for wanted in (
        f"{info}/licenses/LICENSE",
        f"{package}/py.typed",
        f"{package}/static/{package}/parallel-routes.js",
        f"{package}/static/{package}/parallel-routes.min.js",
        f"{package}/static/{package}/parallel-routes.min.css",
        f"{package}/static/{package}/dialog.min.js",
        f"{package}/templates/{package}/modal.html",
        f"{package}/templatetags/parallel_routes.py",
        f"{package}/management/app_template/urls.py-tpl",
        f"{package}/locale/de/LC_MESSAGES/django.mo",
    ):
        must(wanted in names, f"{wanted} is missing")
    relative = re.findall(r"\]\((?!https?:|#)[^)]*\)", description)
    must(not relative, f"relative links lead nowhere on its page: {relative}")


def check_sdist(names: set[str]) -> None:
    """Check that the sdist contains what is needed to build, test and document the package."""
    inside = {name.partition("/")[2] for name in names}
    for wanted in (
        *(
            "LICENSE",
            "README.md",
            "CHANGELOG.md",
            "SECURITY.md",
            "CONTRIBUTING.md",
            "pyproject.toml",
        ),
        *("docs/tutorial.md", "tests/conftest.py", "tests/templates/page.html"),
        *("example_project/settings.py", "manage.py"),
    ):
        must(wanted in inside, f"{sdist.name} lacks {wanted}")
    rubbish = [name for name in inside if re.search(r"__pycache__|\.sqlite3|/media/|\.venv", name)]
    must(not rubbish, f"{sdist.name} holds {rubbish}")


wheel, sdist = map(Path, sys.argv[1:])
about = metadata.metadata("django-parallel-routes")
check_wheel(set(zipfile.ZipFile(wheel).namelist()), about.get_payload())
with tarfile.open(sdist) as archive:
    check_sdist(set(archive.getnames()))
must("site-packages" in django_parallel_routes.__file__, "another copy was imported")
must(finders.find("django_parallel_routes/parallel-routes.min.js"), "the script is missing")
call_command("check", fail_level="WARNING", stdout=StringIO())
page = Client().get("/").content.decode()
for part in ("parallel-routes.min.js", "the page", "the team"):
    must(part in page, f"{part!r} is missing from\n{page}")
print(f"{wheel.name} works, as version {about['Version']}")
