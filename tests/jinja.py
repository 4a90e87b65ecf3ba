from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django_htmx.jinja import htmx_script
from jinja2 import Environment

from django_parallel_routes import jinja as parallel_routes


def environment(**options: Any) -> Environment:
    env = Environment(**options)
    env.globals.update(
        parallel_routes.GLOBALS, static=static, url=reverse, htmx_script=htmx_script
    )
    return env
