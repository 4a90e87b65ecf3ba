"""Converters for the routes of tests, and a function that names the view of a URL."""

from __future__ import annotations

from django.urls import (
    Resolver404,
    register_converter,
    resolve,
)
from django.urls.converters import REGISTERED_CONVERTERS


class OptionalPath:
    """A catch-all that also matches the empty string."""

    regex = ".*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class OptionalFolders(OptionalPath):
    regex = "(?:.+/)?"


class Even(OptionalPath):
    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        if int(value) % 2:
            raise ValueError
        return int(value)

    def to_url(self, value: int) -> str:
        if value % 2:
            raise ValueError
        return str(value)


for name, converter in {"any": OptionalPath, "folders": OptionalFolders, "even": Even}.items():
    if name not in REGISTERED_CONVERTERS:
        register_converter(converter, name)


def matched(url: str, address: str = "children") -> str | None:
    """Return the name of the view that a slot shows for a URL."""
    try:
        match = resolve(url).func.match.at(address)
    except Resolver404:
        return None
    return match and match.view.__name__
