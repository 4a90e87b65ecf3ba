"""Signatures: short texts that only this server can make."""

from __future__ import annotations

from hashlib import blake2b, sha256

from django.conf import settings
from django.utils.encoding import force_bytes

from django_parallel_routes.conf import cached_by_settings


@cached_by_settings("SECRET_KEY", maxsize=1024)
def signature(text: str, size: int) -> str:
    """Return a signature of ``size`` bytes as hex digits.

    The secret is one of this package, so that no signature passes for one of Django's. A user who clicks
    around sends the same few keys with each request.
    """
    secret = sha256(b"django_parallel_routes.slot" + force_bytes(settings.SECRET_KEY)).digest()
    return blake2b(text.encode(), key=secret, digest_size=size).hexdigest()
