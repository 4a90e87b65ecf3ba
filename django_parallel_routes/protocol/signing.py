"""Keys: signatures by which the server recognises which layout printed a slot.

The server keeps no state for them: any process can compute a key from the URL and the declaration.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b, sha256
from hmac import compare_digest

from django.conf import settings
from django.utils.encoding import force_bytes

from django_parallel_routes.conf import cached_by_settings
from django_parallel_routes.matches import SegmentMatch

VIEWER = slice(17, None)
"""The part of a key that names its viewer: what follows 16 digits and a hyphen."""


def key_of(segment: SegmentMatch, path: str, address: str, viewer: str = "") -> str:
    """Return the key of the slot at ``address`` that ``segment`` prints for the decoded ``path``.

    Two keys are equal if and only if the address, the segment and the URL of its prefix are equal. A key
    has 16 hex digits. With a ``viewer`` (see ``viewer_key()``), it holds for this user only, and the viewer
    follows after a hyphen.
    """
    prefix = path.removesuffix(segment.rest)
    signed = _signed(f"{address}\n{segment.segment.name}\n{prefix}\n{viewer}", _secret())
    return f"{signed}-{viewer}" if viewer else signed


@lru_cache(maxsize=1024)
def _signed(what: str, secret: bytes) -> str:
    """Return a signature. A user who clicks around sends the same few keys with each request."""
    return blake2b(what.encode(), key=secret, digest_size=8).hexdigest()


def is_key_of(key: str, segment: SegmentMatch, path: str, address: str) -> bool:
    """Tell whether a key proves that a segment has printed the slot at an address for a path."""
    return compare_digest(key, key_of(segment, path, address, key[VIEWER]))


def viewer_key(identity: str) -> str:
    """Return how keys name a user and their role: by 8 hex digits."""
    return blake2b(f"viewer\n{identity}".encode(), key=_secret(), digest_size=4).hexdigest()


def table_key(name: str) -> str:
    """Return how pages name a database table: by 4 hex digits."""
    return blake2b(f"table\n{name}".encode(), key=_secret(), digest_size=2).hexdigest()


def viewers_in(keys: Iterable[str]) -> set[str]:
    """Return the viewers for whom these keys hold."""
    return {key[VIEWER] for key in keys} - {""}


@cached_by_settings("SECRET_KEY")
def _secret() -> bytes:
    """Return a secret of this package, so that no key passes for a signature of Django's."""
    return sha256(b"django_parallel_routes.slot" + force_bytes(settings.SECRET_KEY)).digest()
