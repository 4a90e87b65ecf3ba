"""Does the wheel work? Run in an environment that holds nothing but the wheel and its needs.

python try_wheel.py dist/django_parallel_routes-….whl
"""

from __future__ import annotations

import sys
import zipfile
from importlib import metadata
from pathlib import Path

wheel = Path(sys.argv[1])
names = zipfile.ZipFile(wheel).namelist()
folders = {name.split("/")[0] for name in names}
assert all(
    folder == "django_parallel_routes" or folder.endswith(".dist-info") for folder in folders
), f"The wheel holds more than the package: {sorted(folders)}"
for part in (
    "py.typed",
    "templatetags/parallel_routes.py",
    "static/django_parallel_routes/parallel-routes.js",
):
    assert f"django_parallel_routes/{part}" in names, f"{part} is missing from {wheel.name}"

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.configure(
    INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx", "django_parallel_routes"],
    STATIC_URL="static/",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
django.setup()

import django_parallel_routes  # noqa: E402

assert "site-packages" in django_parallel_routes.__file__, django_parallel_routes.__file__

from django.contrib.staticfiles import finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.template import engines  # noqa: E402

assert finders.find("django_parallel_routes/parallel-routes.js")
call_command("check", fail_level="WARNING")
source = "{% load parallel_routes %}{% parallel_routes_script %}"
page = engines["django"].from_string(source).render()
assert "parallel-routes" in page, page
for name in django_parallel_routes.__all__:
    getattr(django_parallel_routes, name)
print(f"{wheel.name} works, as version {metadata.version('django-parallel-routes')}")
