"""The small site before and after it has adopted the package: its settings, and what has changed."""

from __future__ import annotations

from copy import deepcopy
from difflib import unified_diff
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
LOGIN_REQUIRED = "django.contrib.auth.middleware.LoginRequiredMiddleware"

SETTINGS = """\
INSTALLED_APPS = [
    "django_htmx",
    "django_parallel_routes",
]
MIDDLEWARE = [
    "django_htmx.middleware.HtmxMiddleware",
    "django_parallel_routes.middleware.ParallelRoutesMiddleware",
]
"""
"""What a project adds to its settings. (The settings of the tests have it.)"""


def use(settings: Any, state: Literal["before", "after"]) -> None:
    """Let these be the URLs and the templates of the project. All its views require a login."""
    engines = deepcopy(settings.TEMPLATES)
    engines[0]["DIRS"] = [HERE / state, HERE / "pages"]
    settings.TEMPLATES = engines
    settings.ROOT_URLCONF = f"tests.adopting.{state}.urls"
    settings.LOGIN_URL = "login"


def changed_lines() -> int:
    """Return how many lines the project adds, removes or changes."""
    added = len([line for line in SETTINGS.splitlines() if line.startswith(" ")])
    for after in sorted((HERE / "after").iterdir()):
        if after.suffix in (".py", ".html"):
            before = (
                HERE / "before" / ("base.html" if after.name == "document.html" else after.name)
            )
            old = before.read_text() if before.exists() and after.name != "base.html" else ""
            diff = unified_diff(_lines(old), _lines(after.read_text()), n=0)
            added += sum(line[0] == "+" and line[:3] != "+++" for line in diff)
    return added


def _lines(text: str) -> list[str]:
    """Return the lines of a text without their indentation: what is only moved has not changed."""
    return [line.strip() for line in text.splitlines()]
