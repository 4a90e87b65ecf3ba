"""Settings of the servers in ``tests/support/servers.py``.

Middleware sets what every slot has to see: the visitor and the time zone.
"""

from __future__ import annotations

import json
import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, MIDDLEWARE

ROOT_URLCONF = "tests.served.urls"
MIDDLEWARE = [
    *MIDDLEWARE,
    "django.middleware.locale.LocaleMiddleware",
    "tests.served.middleware.visitor",
    "tests.served.middleware.time_zone",
    "tests.served.middleware.collecting",
]
LANGUAGES = [("en", "English"), ("de", "German"), ("fr", "French")]

if database := os.environ.get("TEST_SERVED_DATABASE"):
    DATABASES = {"default": json.loads(database)}

# Errors and warnings to the console, so that they can be read in the server's log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "level": "WARNING"}},
    "loggers": {"django": {"handlers": ["console"]}},
}
