"""``request.parallel_routes``: what a request says, read once; and the request that each view gets.

The request of a view is a shallow copy of the original. They share session, user, messages, cookies and
META, so that a login or a CSRF cookie set by one slot holds for the page.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.request import HttpHeaders
from django.middleware.cache import FetchFromCacheMiddleware
from django.urls import Resolver404, ResolverMatch, get_urlconf, resolve
from django.utils.datastructures import MultiValueDict
from django.utils.functional import LazyObject, empty
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

from django_parallel_routes.conf import has_middleware
from django_parallel_routes.declarations import SAFE_METHODS
from django_parallel_routes.protocol.query import PARAMETER, Options, options_of
from django_parallel_routes.protocol.state import HEADER, BadState, State, parse_state, signature
from django_parallel_routes.values import Location, SlotAddress, replace

META_NAME = HttpHeaders.to_wsgi_name(HEADER)

CONDITIONAL_HEADERS = frozenset(
    "HTTP_IF_MATCH HTTP_IF_NONE_MATCH HTTP_IF_MODIFIED_SINCE HTTP_IF_UNMODIFIED_SINCE HTTP_RANGE".split()
)
"""The views of slots don't see these: a view with ``@etag`` would return an empty 304 in a page."""

IN_SLOT = "in_slot"
"""The attribute of a request that says whether its view is rendered for a slot, and not as a document.

Templates and views of projects read it; ``docs/topics/documents.md`` says how.
"""

TEMPLATE_CONTEXT = "_parallel_routes_template_context"
"""The attribute of the request that a view gets: the ``TemplateContext`` for template tags."""

REFRESHES = "_parallel_routes_refreshes"
"""The attribute of a request with the slots that its view wants to have refreshed."""

OWN_ATTRIBUTES = {"resolver_match", "META", "headers", "build_absolute_uri"}
OWN_ATTRIBUTES |= {IN_SLOT, TEMPLATE_CONTEXT, REFRESHES}
"""Attributes that each view's request has for itself."""

MAX_PATHS = 32
"""How many other paths are resolved for one request. The slots of a page have fewer paths."""

ROLES = ("is_active", "is_staff", "is_superuser")
"""The attributes of Django's own user model that say which role a user has."""


# --- What a request says ---


@dataclass
class ParallelRoutesDetails:
    """``request.parallel_routes``: what a request says to the package, and what the package keeps for it."""

    state: State | None
    """What the browser has on screen; ``None`` for a request that wants a full page."""
    options: Options
    """What the ``slots`` parameters of the query say."""
    location: Location
    """The URL of the request without these parameters."""
    whole_location: Location
    """The URL of the request."""
    conditions: Collection[str] = ()
    """The ``CONDITIONAL_HEADERS`` that the request has."""
    resolved: dict[tuple[str, str | None], ResolverMatch | None] = field(default_factory=dict)
    """Django's matches of other paths, by path and language."""
    followed: str = ""
    """The ``Location`` of a redirect that the script may follow, so that it is not examined twice."""
    plan: Any = None
    """The ``Plan`` of the response; ``None`` if a view outside of every ``slots()`` has responded."""
    hidden: dict[str, str] = field(default_factory=dict)
    """The addresses of slots that the user does not see, with the reason."""
    records_costs: bool = False
    """Whether costs are recorded although ``DEBUG`` is off."""
    costs: list[Any] = field(default_factory=list)
    """A ``Cost`` for each view that was called, in the order of the calls, if costs are recorded."""

    @classmethod
    def of(cls, request: HttpRequest) -> ParallelRoutesDetails:
        """Read the headers and the query of a request."""
        whole = location_of(request)
        options, location = options_of(whole) if PARAMETER in whole.src else (Options(), whole)
        conditions = CONDITIONAL_HEADERS & request.META.keys()
        return cls(_state(request), options, location, whole, conditions)


def details_of(request: HttpRequest) -> ParallelRoutesDetails:
    """Return the details of a request. The first call parses its header."""
    found: ParallelRoutesDetails | None = request.__dict__.get("parallel_routes")
    if found is None:
        found = request.__dict__["parallel_routes"] = ParallelRoutesDetails.of(request)
    return found


def refreshes_of(request: HttpRequest) -> list[str]:
    """Return the list of slots that the view of a request wants to have refreshed.

    Views of Django REST framework get a request of its own, which has Django's as ``_request``.
    """
    request = getattr(request, "_request", request)
    refreshes: list[str] = vars(request).setdefault(REFRESHES, [])
    return refreshes


def _state(request: HttpRequest) -> State | None:
    """Parse the header of a request. htmx's own requests for history entries want a full page."""
    header = request.META.get(META_NAME)  # ``request.headers`` would read all headers.
    if header is None or request.META.get("HTTP_HX_HISTORY_RESTORE_REQUEST") == "true":
        return None
    try:
        state = parse_state(header)
    except BadState:
        return None
    if state.prefetch and (request.method != "GET" or state.intent != "navigate"):
        return replace(state, prefetch="")
    if state.prefetch:  # Browsers let no script send this header, so views get it from here.
        request.META["HTTP_SEC_PURPOSE"] = "prefetch"
        vars(request).pop("headers", None)  # Django has made the headers from META.
    return state


def location_of(request: HttpRequest) -> Location:
    """Return the URL of a request."""
    return Location(escape_leading_slashes(request.get_full_path()), request.path)


def path_info_of(request: HttpRequest, path: str) -> str | None:
    """Return a decoded path without the script prefix of a request, or ``None`` if it has another one."""
    prefix = request.path.removesuffix(request.path_info)
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else None


def resolve_path(request: HttpRequest, path: str) -> ResolverMatch | None:
    """Return Django's match of a decoded path, ``None`` if there is none.

    Each path is resolved once for a request, and at most ``MAX_PATHS``, since the client names them.
    """
    if request.resolver_match and path == request.path:
        return request.resolver_match
    resolved, key = details_of(request).resolved, (path, get_language())
    if key not in resolved and len(resolved) < MAX_PATHS:
        path_info = path_info_of(request, path)
        try:
            resolved[key] = None if path_info is None else resolve(path_info, get_urlconf())
        except Resolver404:
            resolved[key] = None
    return resolved.get(key)


def viewer_of(request: HttpRequest, *, load: bool = False) -> str:
    """Return how keys name the user and their role, or ``""`` if nothing has loaded the user.

    If a layout has looked at the user, what it prints is for this user alone, and so are the keys. ``load``
    loads the user. Roles are those of Django's own user model. For everything else that a layout may depend
    on, there is ``test_func``. If a project's user object has no ``pk``, ``str(user)`` names it.
    """
    user: Any = request.__dict__.get("user")
    if isinstance(user, LazyObject):
        if load:
            bool(user)
        loaded = vars(user)["_wrapped"]
        user = request.__dict__.get("_acached_user") if loaded is empty else loaded
    if user is None:
        return ""
    roles = [bool(getattr(user, name, None)) for name in ROLES]
    return signature(f"viewer\n{getattr(user, 'pk', user)}\n{roles}", 4)


# --- The request that a view gets ---


class SharedMeta(ChainMap[str, Any]):
    """A copy of META with some values of its own. It shares all others with the original."""

    def __setitem__(self, key: str, value: Any) -> None:
        self.maps[0 if key in self.maps[0] else 1][key] = value

    def __delitem__(self, key: str) -> None:
        del self.maps[1][key]

    def pop(self, key: str, *default: Any) -> Any:
        return self.maps[1].pop(key, *default)


def slot_request(
    request: HttpRequest,
    match: ResolverMatch,
    location: Location,
    *,
    submitted: bool = False,
) -> HttpRequest:
    """Return the request that one view gets. ``details_of()`` must have been called for the original.

    It has a ``resolver_match`` of its own, and the URL for which the slot is rendered. If the original has
    an unsafe method, only the ``submitted`` view gets that. All others get a GET with an empty body.
    """
    details: ParallelRoutesDetails = vars(request)["parallel_routes"]
    copy = request.__class__.__new__(request.__class__)
    copy.__dict__ = request.__dict__.copy()
    copy.resolver_match = match
    meta: dict[str, Any] = dict.fromkeys(details.conditions, "")
    if not submitted:
        if request.method not in SAFE_METHODS:
            _make_get(copy, meta)
        if location.src != details.whole_location.src:
            _set_url(copy, meta, location)
    if meta:
        copy.__dict__["META"] = SharedMeta(meta, request.META)
        copy.__dict__.pop("headers", None)  # Django has made the headers from META.
    return copy


def copy_back(request: HttpRequest, copy: HttpRequest) -> None:
    """Copy attributes that the form's view set (parsed body, user) to the original request."""
    original = vars(request)
    for name, value in vars(copy).items():
        if name not in OWN_ATTRIBUTES and original.get(name) is not value:
            setattr(request, name, value)


def _make_get(copy: HttpRequest, meta: dict[str, Any]) -> None:
    copy.method = "GET"
    copy.__dict__.update(_post=QueryDict(), _files=MultiValueDict())
    copy.__dict__.update(_body=b"", _stream=BytesIO(), _read_started=True)
    copy.content_type, copy.content_params = "", {}
    meta.update(REQUEST_METHOD="GET", CONTENT_LENGTH="", CONTENT_TYPE="")


def _set_url(copy: HttpRequest, meta: dict[str, Any], location: Location) -> None:
    query = location.src.partition("?")[2]
    copy.path_info = path_info_of(copy, location.path) or location.path
    copy.path = location.path
    copy.__dict__["GET"] = QueryDict(query, encoding=copy.encoding)
    meta.update(PATH_INFO=copy.path_info, QUERY_STRING=query)


def absolute_uri(
    request: HttpRequest, address: SlotAddress, cache_name: str, location: str | None = None
) -> str:
    """Return the absolute URI of a view's request, or of a location.

    ``cache_page`` tells the views of one URL apart by nothing but the fragment. A view that is shown instead
    of another one must not share its cache entry. With the cache's middleware, the page in children must not
    share the entry of the whole document.
    """
    uri = HttpRequest.build_absolute_uri(request, location)
    if location is not None:
        return uri
    if cache_name != "page":
        return f"{uri}#{address.element_id}.{cache_name}"  # Ids have no dots, so this is unique.
    if address.is_main and not has_middleware(FetchFromCacheMiddleware):
        return uri
    return f"{uri}#{address.element_id}"
