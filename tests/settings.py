"""Settings of the tests: stock Django with both template engines.

A server in a process of its own (``serve_asgi`` in ``tests/browser/conftest.py``) is told by the
environment what the test at hand has changed: the URLconf, htmx's version, the database.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django

BASE_DIR = Path(__file__).resolve().parent

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
ROOT_URLCONF = os.environ.get("TEST_URLCONF", "tests.urls")
HTMX_VERSION = int(os.environ.get("TEST_HTMX_VERSION", "2"))  # what {% htmx_script %} loads

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_parallel_routes",
    "tests",
    "tests.shop.apps.ShopConfig",
]
if django.VERSION < (6,):  # from 6.0 on, Django brings template partials itself
    INSTALLED_APPS.append("template_partials")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_parallel_routes.middleware.ParallelRoutesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tests.context_processors.htmx_version",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "jinja2"],
        "OPTIONS": {
            "environment": "tests.jinja.environment",
            "context_processors": ["tests.context_processors.htmx_version"],
        },
    },
]

# A file, as in production: each thread of the live server has a connection of its own, and a
# server in another process can open it too.
TEST_DATABASE = Path(tempfile.gettempdir(), f"django-parallel-routes-{os.getpid()}.sqlite3")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("TEST_DATABASE", TEST_DATABASE),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        "TEST": {"NAME": TEST_DATABASE},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
STATIC_URL = "static/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
