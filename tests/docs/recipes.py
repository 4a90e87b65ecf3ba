"""Recipes of the docs as projects: ``docs/recipes/*.md``, whose files become modules and templates.

A file is a block of code after its name: ``**`shop/urls.py`**``. The recipe's modules form the package
``shop``, whose models are those of ``tests.shop``::

    def test_tables(settings, db):
        client = install(settings, "tables")
        client.load("/books/")
"""

from __future__ import annotations

import re
import sys
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import django
import pytest
from django.core.checks import run_checks

from django_parallel_routes.test import SlotClient

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "recipes"
FILE = re.compile(r"^\*\*`([\w./-]+)`\*\*\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def files(page: str) -> list[tuple[str, str]]:
    """Return the paths and contents of a recipe's files, in their order."""
    return FILE.findall((FOLDER / f"{page}.md").read_text())


def install(settings: Any, page: str, *, replacing: dict[str, str] | None = None) -> SlotClient:
    """Make a recipe the project, check that it passes the system checks, and return a client.

    ``replacing`` are templates that replace those of the recipe.
    """
    from tests.shop import models

    found: dict[str, str] = {}
    modules = {"shop": ModuleType("shop"), "shop.models": models}
    modules["shop"].__path__ = []
    modules["shop"].models = models  # type: ignore[attr-defined]
    for name in [name for name in sys.modules if name.split(".")[0] == "shop"]:
        del sys.modules[name]
    sys.modules.update(modules)
    for path, code in [*files("index"), *files(page)]:
        if "/templates/" in path:
            found[path.partition("/templates/")[2]] = code
        elif path.endswith("settings.py"):
            run_settings(settings, code)
        elif path != "shop/models.py":
            run_module(path, code)
    use_templates(settings, found | (replacing or {}))
    settings.ROOT_URLCONF = "shop.urls"
    assert run_checks() == []
    return SlotClient()


def run_module(path: str, code: str) -> None:
    name = path.removesuffix(".py").replace("/", ".")
    module = ModuleType(name)
    module.__package__, module.__file__ = name.rpartition(".")[0], path
    sys.modules[name] = module
    setattr(sys.modules[module.__package__], name.rpartition(".")[2], module)
    exec(compile(code, path, "exec"), vars(module))


def run_settings(settings: Any, code: str) -> None:
    """Run what a recipe adds to the settings; the apps are installed already."""
    names = ("MIDDLEWARE", "TEMPLATES", "STORAGES")
    space = {name: deepcopy(getattr(settings, name)) for name in names}
    space["INSTALLED_APPS"] = list(settings.INSTALLED_APPS)
    exec(code, space)
    for app in space.pop("INSTALLED_APPS"):
        assert app in settings.INSTALLED_APPS, f"the tests have not installed {app}"
    for name, value in space.items():
        if name.isupper():
            setattr(settings, name, value)


def use_templates(settings: Any, templates: dict[str, str]) -> None:
    """Let these templates come before all others."""
    loaders: list[Any] = [
        ("django.template.loaders.locmem.Loader", templates),
        "django.template.loaders.app_directories.Loader",
    ]
    if django.VERSION < (6,):
        loaders = [("template_partials.loader.Loader", loaders)]
    engine = deepcopy(settings.TEMPLATES[0])
    engine["APP_DIRS"] = False
    engine["OPTIONS"] |= {"loaders": loaders}
    settings.TEMPLATES = [engine]


def add_books(count: int = 25) -> None:
    """Add books, three authors of them: "Book 01" of Ada, "Book 02" of Bo, and so on."""
    from tests.shop.models import Author, Book

    authors = [Author.objects.create(name=name) for name in ("Ada", "Bo", "Cleo")]
    for number in range(1, count + 1):
        author, price = authors[(number - 1) % 3], Decimal(number)
        Book.objects.create(title=f"Book {number:02}", author=author, price=price)


@pytest.fixture
def books(db: None) -> None:
    add_books()
