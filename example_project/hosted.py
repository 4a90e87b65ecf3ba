"""Settings of the example on a server: docs/how-to/hosting-the-demo.md says how."""

from __future__ import annotations

import os

from .settings import *  # noqa: F403
from .settings import BASE_DIR, MIDDLEWARE

DEBUG = False
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
HOST = os.environ["DEMO_HOST"]
ALLOWED_HOSTS = [HOST]

MIDDLEWARE[1:1] = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "example_project.visitors.database_per_visitor",
]
STATIC_ROOT = os.environ.get("DEMO_STATIC", BASE_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

if HOST != "localhost":  # behind a proxy that speaks HTTPS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{HOST}"]
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 3600
