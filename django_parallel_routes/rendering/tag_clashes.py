"""Finds other template libraries that have a ``{% slot %}`` tag, and says what to do about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.template import TemplateSyntaxError, engines

OURS = "django_parallel_routes.templatetags.parallel_routes"
OF_SLOTS = re.compile(r"\b(end)?slot\b|\bSlotNode\b")


def libraries_with_slot() -> list[str]:
    """Return the names of the other template libraries that have a tag called ``slot``."""
    ours = import_module(OURS).register
    found = [(name, library) for name, library in _libraries() if library is not ours]
    return sorted({name for name, library in found if "slot" in library.tags})


def _libraries() -> Iterator[tuple[str, Any]]:
    """Yield the template libraries of the project, by the name that ``{% load %}`` takes, or by path."""
    for one in engines.all():
        engine: Any = getattr(one, "engine", None)
        if engine:  # Jinja2 has no libraries.
            yield from engine.template_libraries.items()
            names = {path: name for name, path in engine.libraries.items()}
            for path, library in zip(engine.builtins, engine.template_builtins):
                yield names.get(path, path), library


def remedy_for_clash(libraries: list[str]) -> str:
    """Return what to write in templates, if there are libraries with a ``slot`` tag."""
    return (
        f"{{% slot %}} is also a tag of {' and '.join(libraries)}; the library that is loaded last wins. "
        f"In a layout, write {{% load slot from parallel_routes %}} as the last {{% load %}}. In a template "
        f"that needs the other tag, load that last: {{% load slot from {libraries[0]} %}}."
    )


def explain_clash(error: Exception) -> None:
    """Add the remedy to the message of a template's error, if another ``slot`` tag may be the cause."""
    names_slots = OF_SLOTS.search(str(error))
    # django-components raises TypeError for a tag without a name.
    is_clash = names_slots and isinstance(error, (TemplateSyntaxError, TypeError))
    if is_clash and (libraries := libraries_with_slot()):
        error.args = (f"{error} {remedy_for_clash(libraries)}", *error.args[1:])
