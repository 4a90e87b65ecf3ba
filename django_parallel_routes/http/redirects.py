"""Responses that are no page or slot: redirects, refusals and files."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable
from urllib.parse import unquote, urldefrag, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from django_parallel_routes.declarations import SAFE_METHODS
from django_parallel_routes.http.headers import add_trigger
from django_parallel_routes.http.responses import add_vary, set_cookies_of
from django_parallel_routes.protocol.query import (
    MAX_NAMES,
    REFRESH,
    for_browser,
    options_of,
    with_fragment,
    with_option,
)
from django_parallel_routes.protocol.state import HEADER, BadState, State, plain_url, without_host
from django_parallel_routes.rendering.fragments import decompressed
from django_parallel_routes.rendering.template_context import has_markers, with_plain_values
from django_parallel_routes.request.details import (
    META_NAME,
    ParallelRoutesDetails,
    details_of,
    location_of,
)
from django_parallel_routes.request.project_middleware import REFUSAL
from django_parallel_routes.values import ALL, Location, path_of

logger = logging.getLogger("django.request")


IGNORED_BY_BROWSERS = re.compile(r"^[\x00- ]+|[\t\r\n]+")
"""The characters that browsers remove from a URL before they read its scheme."""

PLAIN_PATH = re.compile(r"/(?:[\w~%./-](?<!/[/.]))*\Z", re.ASCII)
"""An absolute path, as most redirects have it: it leads to this site, whatever the request's URL is."""

EXECUTABLE_SCHEMES = {"javascript", "data", "vbscript"}


def load_document_response(request: HttpRequest, state: State | None) -> HttpResponseBase:
    """Return an empty response that makes htmx load the document of the URL, or of the address bar."""
    if state and state.intent == "refresh":
        return add_vary(HttpResponse(headers={"HX-Refresh": "true"}))
    url = for_browser(location_of(request).src)
    return add_vary(HttpResponse(headers={"HX-Redirect": url}))


def empty_response() -> HttpResponseBase:
    """Return the response to a prefetch if there is nothing that the script may keep."""
    return add_vary(HttpResponse(status=204))


def final_response(
    request: HttpRequest,
    response: HttpResponseBase,
    others: Iterable[HttpResponseBase],
    *,
    paths: Collection[str] = (),
) -> HttpResponseBase:
    """Prepare a view's response that is no fragment (a redirect, a refusal, a file) for the client.

    It also sets the cookies of the ``others``, which are responses of other slots. ``paths`` are the paths
    for which views were called, besides the request's own.
    """
    del response[HEADER]  # With this header, the script would look for slots in the response.
    if getattr(response, "is_rendered", True):
        _print_plain_values(response)
    else:
        response.add_post_render_callback(_print_plain_values)  # type: ignore[attr-defined]
    set_cookies_of(response, others)
    return redirect_whole_page(request, add_vary(response), paths)


def _print_plain_values(response: HttpResponseBase) -> None:
    """Replace the markers of ``Live`` values by the plain values, and remove the markers of slots."""
    if not isinstance(response, HttpResponse) or not response.content:
        return
    if has_markers(content := decompressed(response)):
        response.content = with_plain_values(content.decode(response.charset, "replace"))
        del response["Content-Encoding"], response["Content-Length"]


def redirect_whole_page(
    request: HttpRequest, response: HttpResponseBase, paths: Collection[str] = ()
) -> HttpResponseBase:
    """Make htmx load the document to which a redirect leads, if the script must not follow the redirect.

    - The script can't follow a redirect to another site.
    - A refresh would request the same slots at the redirect's URL, and be redirected again.
    - A login is for the whole page, and so is the redirect of a guard. After a login or logout, what is
      on screen was for another user, and its forms have an outdated CSRF token.

    If the script follows, the redirect's fragment is repeated in the query, since browsers hide it from
    scripts. ``paths`` are the paths for which views were called, besides the request's own.
    """
    location = location_in(response) if META_NAME in request.META else ""
    if not location:
        return response
    details = details_of(request)
    state, has_new_session = details.state, has_other_session(request)
    if location == details.followed and not has_new_session:
        return response  # It was examined when the slot's view returned it.
    url = _destination(details, response, location)
    if not url:
        logger.warning(
            "%s redirects to %r, which is no http(s) URL that a script can follow.",
            *(request.path, location),
        )
        navigates = state is None or state.intent in ("navigate", "restore")
        if navigates and request.method in SAFE_METHODS:
            return load_document_response(request, state)
        return response
    login = _login_url(request, location, {request.path, *paths})
    is_here = PLAIN_PATH.match(location) or url_has_allowed_host_and_scheme(
        location, {request.get_host()}
    )
    is_refresh = state is not None and state.intent == "refresh"
    is_for_page = login or is_refresh or has_new_session or hasattr(response, REFUSAL)
    if is_here and not is_for_page:
        if state and state.intent == "navigate" and (with_hash := with_fragment(url)) != url:
            response["Location"] = location = with_hash
        details.followed = location
        return response
    url = _destination(details, response, login) if login else url
    redirect = HttpResponse(headers={"HX-Redirect": url})
    redirect.cookies.update(response.cookies)
    add_never_cache_headers(redirect)  # To caches, this response does not look like a redirect.
    return add_vary(redirect)


def attach_refreshes(
    request: HttpRequest, response: HttpResponseBase, names: tuple[str, ...]
) -> HttpResponseBase:
    """Have slots refreshed by the response after a redirect, or by the script if there is no redirect.

    A redirect that the browser follows by itself is left alone, since it leads to a document.
    """
    if not names:
        return response
    if location := location_in(response):
        details = details_of(request)
        if url := _destination(details, response, location):
            joined = ",".join(names)
            listed = joined if len(joined) <= MAX_NAMES else ALL
            response["Location"] = details.followed = with_option(url, REFRESH + listed)
    elif "HX-Redirect" not in response:
        slots = [] if ALL in names else list(names)
        add_trigger(response, "parallel-routes:refresh", {"slots": slots})
    return response


def location_in(response: HttpResponseBase) -> str:
    """Return the URL that a response redirects to, or ``""`` if it is no redirect."""
    return response.get("Location", "") if 300 <= response.status_code < 400 else ""


def has_other_session(request: HttpRequest) -> bool:
    """Tell whether a form has begun or ended a session, as ``login()`` and ``logout()`` do."""
    if request.method in SAFE_METHODS or not hasattr(request, "session"):
        return False
    before = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return bool(request.session.session_key != before)


def _destination(details: ParallelRoutesDetails, response: HttpResponseBase, location: str) -> str:
    """Return the URL to which a redirect leads, or ``""`` if no script should go there.

    As in browsers, a redirect without a fragment keeps the fragment of the redirect before. A browser does
    not follow a redirect to ``javascript:…``, but htmx would run the URL as a script. Other schemes than
    http and https count if the response allows them, as ``HttpResponseRedirect`` can.
    """
    if PLAIN_PATH.match(location) and not details.options.fragment:
        return location
    location = IGNORED_BY_BROWSERS.sub("", location)
    if details.options.fragment and "#" not in location:
        location += f"#{details.options.fragment}"
    try:
        url = urljoin(details.location.src, location)  # Not relative to the address bar.
        scheme = urlsplit(url).scheme
    except ValueError:  # The host is not a valid IPv6 address.
        return ""
    allowed = {"", "http", "https", *getattr(response, "allowed_schemes", ())} - EXECUTABLE_SCHEMES
    return url if scheme in allowed else ""


def _login_url(request: HttpRequest, location: str, paths: Collection[str]) -> str:
    """Return the URL of the login page to which a redirect leads, or ``""`` if it leads to none.

    Django's decorators, mixins and ``LoginRequiredMiddleware`` add the URL that follows the login to the
    query. That may be the URL of a slot. It is replaced by the URL of the page on screen.
    """
    if "?" not in location:
        return ""
    parts = urlsplit(location)
    query = QueryDict(parts.query, mutable=True)
    for name in query:
        url = str(query[name])
        if path_of(url) in paths:  # The path may begin with //.
            url = Location.of(url).src
        if not url_has_allowed_host_and_scheme(url, {request.get_host()}):
            continue
        scheme, host, path, *_ = urlsplit(url)
        if unquote(path) in paths:
            if back := _url_after_login(request):
                query[name] = f"{scheme}://{host}{back}" if host else back
            return urlunsplit(parts._replace(query=query.urlencode(safe="/")))
    return ""


def _url_after_login(request: HttpRequest) -> str:
    """Return the URL of a navigation, or else the URL in the address bar; ``""`` if it is unknown."""
    state = details_of(request).state
    if request.method in SAFE_METHODS and (state is None or state.intent == "navigate"):
        location = location_of(request)
    else:
        url = request.headers.get("HX-Current-URL", "")
        if not url_has_allowed_host_and_scheme(url, {request.get_host()}):
            return ""
        try:
            location = Location.of(plain_url(without_host(urldefrag(url).url)))
        except BadState:
            return ""
    return options_of(location)[1].src
