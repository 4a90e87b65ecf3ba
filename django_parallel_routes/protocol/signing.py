"""Keys: signatures by which the server knows again which layout printed a slot.

No state is held for this: a key is computed from the URL and the declaration, in any process.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.conf import settings

from django_parallel_routes.matches import SegmentMatch


def key_of(segment: SegmentMatch, path: str, address: str, viewer: str = "") -> str:
    """Return the key of the slot at ``address`` that ``segment`` printed for the decoded ``path``.

    Two keys are equal if and only if the address, the segment and the URL of its prefix are: so a
    segment whose prefix captured something else is another one (S15). 64 bits as 16 hex digits;
    with a ``viewer`` (``viewer_key``), a hyphen and that follow, and it holds for him only.
    """
    prefix = path.removesuffix(segment.rest) if segment.rest else path
    signed = _digest("\n".join((address, segment.segment.name, prefix, viewer)), 8)
    return f"{signed}-{viewer}" if viewer else signed


def viewer_key(identity: str) -> str:
    """Return what stands in keys for a user and his role: 32 bits as 8 hex digits."""
    return _digest(f"viewer\n{identity}", 4)


def table_key(name: str) -> str:
    """Return what stands on pages for a database table: 16 bits as 4 hex digits."""
    return _digest(f"table\n{name}", 2)


def viewer_in(key: str) -> str:
    """Return the viewer that a key holds for, or ``""``."""
    return key.partition("-")[2]


def _digest(message: str, size: int) -> str:
    secret = _secret(settings.SECRET_KEY)
    return hashlib.blake2b(message.encode(), key=secret, digest_size=size).hexdigest()


@lru_cache(maxsize=8)
def _secret(secret_key: str | bytes) -> bytes:
    """Return a key of our own, so that ours sign nothing that Django's signatures could."""
    raw = secret_key.encode() if isinstance(secret_key, str) else secret_key
    return hashlib.sha256(b"django_parallel_routes.slot" + raw).digest()
