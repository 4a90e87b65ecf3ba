"""A URL of this site: its path, decoded, and its query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from django.utils.http import escape_leading_slashes

SAFE = "/:@!$&'()*+,;=~-._"
"""The characters of a path that are not quoted, as in ``HttpRequest.get_full_path()``."""


@lru_cache(maxsize=256)
def path_of(src: str) -> str:
    """Return the decoded path of a URL without scheme and host."""
    return unquote(src.partition("?")[0])


@dataclass(frozen=True)
class Location:
    """A URL: ``src`` is its path and query, ``path`` its decoded path.

    A ``src`` never begins with ``//``, which would be another host: that of ``//a/`` is ``/%2Fa/``.
    """

    src: str
    path: str

    @staticmethod
    @lru_cache(maxsize=256)
    def of(src: str) -> Location:
        """Return the location of a path and query."""
        return Location(escape_leading_slashes(src), path_of(src))


def url_of_path(path: str) -> str:
    """Return a decoded path as a URL of this host."""
    return escape_leading_slashes(quote(path, safe=SAFE))
