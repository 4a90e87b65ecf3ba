"""The request that the view of one slot gets: a shallow copy of the real one.

Session, user, messages, cookies and META are shared, so that a login or a CSRF cookie set by one
slot holds for the page.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import ResolverMatch
from django.utils.datastructures import MultiValueDict
from django.utils.functional import LazyObject, empty
from django.utils.http import escape_leading_slashes

from django_parallel_routes.declarations import SAFE_METHODS
from django_parallel_routes.protocol.signing import viewer_key
from django_parallel_routes.values import Location

CONDITIONS = (
    "HTTP_IF_MATCH",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
)
"""Hidden from slots: a view with ``@etag`` would answer an empty 304 in the middle of a page."""

IN_SLOT = "in_slot"
"""The attribute of a request that says whether its view is rendered for a slot, and not as a document.

Templates and views of projects read it; ``docs/topics/documents.md`` says how.
"""

OWN = frozenset(
    {"resolver_match", "parallel_routes", "META", "headers", "build_absolute_uri", IN_SLOT}
)
"""Attributes that each slot's request has for itself."""


class SharedMeta(ChainMap[str, Any]):
    """A META with some keys of its own; all others are read from and written to the real one."""

    def __setitem__(self, key: str, value: Any) -> None:
        self.maps[0 if key in self.maps[0] else 1][key] = value

    def __delitem__(self, key: str) -> None:
        del self.maps[1][key]

    def pop(self, key: str, *default: Any) -> Any:
        return self.maps[1].pop(key, *default)


def location_of(request: HttpRequest) -> Location:
    """Return the URL of a request."""
    return Location(escape_leading_slashes(request.get_full_path()), request.path)


def path_info_of(request: HttpRequest, path: str) -> str | None:
    """Return a decoded path without the request's script prefix, or ``None`` if it has another."""
    prefix = request.path.removesuffix(request.path_info)
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else None


ROLES = ("is_active", "is_staff", "is_superuser")
"""What Django's own user model says of a user's role."""


def viewer_of(request: HttpRequest, *, look: bool = False) -> str:
    """Return how keys name the user and their role, if the user has been loaded; ``look`` loads it.

    What a layout prints after it looked at the user holds for this user alone. Roles are those of
    Django's own user model. For everything else that a layout may depend on, there is ``test_func``.
    A project's own user object may have no ``pk``; then it is known by its text.
    """
    user: Any = request.__dict__.get("user")
    if isinstance(user, LazyObject):
        if look:
            bool(user)  # Any question loads it.
        loaded = vars(user)["_wrapped"]
        user = request.__dict__.get("_acached_user") if loaded is empty else loaded
    if user is None:
        return ""
    roles = [bool(getattr(user, name, None)) for name in ROLES]
    return viewer_key(f"{getattr(user, 'pk', user)}\n{roles}")


def slot_request(
    request: HttpRequest,
    match: ResolverMatch,
    location: Location,
    *,
    fragment: Callable[[], str] | None = None,
    submitted: bool = False,
) -> HttpRequest:
    """Return the request for one view.

    It has a ``resolver_match`` of its own, the URL that the slot is rendered for, and unless it is
    the ``submitted`` one, the method GET and an empty body where the real method is unsafe.
    ``fragment`` gives the end of its absolute URI (``"slot-team"``, or ``""``): ``cache_page`` has
    nothing else to tell the views of one URL apart.
    """
    copy = request.__class__.__new__(request.__class__)
    copy.__dict__.update(request.__dict__)
    copy.resolver_match = match
    if fragment:
        copy.__dict__["build_absolute_uri"] = partial(_absolute_uri, copy, fragment)
    meta = {name: "" for name in CONDITIONS if name in request.META}
    if not submitted and request.method not in SAFE_METHODS:
        _make_get(copy, meta)
    if not submitted and not _is_at(request, location):
        _move(copy, meta, location)
    if meta:
        copy.__dict__["META"] = SharedMeta(meta, request.META)
        copy.__dict__.pop("headers", None)  # cached from META
    return copy


def _is_at(request: HttpRequest, location: Location) -> bool:
    """Tell whether a location is the URL of a request; ``location_of()`` would quote that each time."""
    query = request.META.get("QUERY_STRING", "")
    if location.path != request.path or location.src.partition("?")[2] != query:
        return location.src == location_of(request).src
    return True


def copy_back(request: HttpRequest, copy: HttpRequest) -> None:
    """Copy attributes that the form's view set (parsed body, user) to the original request."""
    original = vars(request)
    for name, value in vars(copy).items():
        if original.get(name) is not value and name not in OWN:
            setattr(request, name, value)


def _absolute_uri(
    request: HttpRequest, fragment: Callable[[], str], location: str | None = None
) -> str:
    uri = HttpRequest.build_absolute_uri(request, location)
    own = fragment() if location is None else ""
    return f"{uri}#{own}" if own else uri


def _make_get(copy: HttpRequest, meta: dict[str, Any]) -> None:
    copy.method = "GET"
    copy.__dict__.update(_post=QueryDict(), _files=MultiValueDict())
    copy.__dict__.update(_body=b"", _stream=BytesIO(), _read_started=True)
    copy.content_type, copy.content_params = "", {}
    meta.update(REQUEST_METHOD="GET", CONTENT_LENGTH="", CONTENT_TYPE="")


def _move(copy: HttpRequest, meta: dict[str, Any], location: Location) -> None:
    query = location.src.partition("?")[2]
    copy.path_info = path_info_of(copy, location.path) or location.path
    copy.path = location.path
    copy.__dict__["GET"] = QueryDict(query, encoding=copy.encoding)
    meta.update(PATH_INFO=copy.path_info, QUERY_STRING=query)
