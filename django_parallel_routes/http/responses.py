"""Rendered slots to response, and headers to state: with ``headers``, all that touches headers."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from functools import partial
from html import escape
from itertools import chain
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from django_parallel_routes.address import ALL
from django_parallel_routes.declarations import SAFE_METHODS
from django_parallel_routes.http.headers import (
    TIMING,
    add_trigger,
    agree,
    carry,
    join,
    merge_caching,
    policies_of,
)
from django_parallel_routes.instrumentation.server_timing import server_timing
from django_parallel_routes.instrumentation.trace import trace_of
from django_parallel_routes.location import Location, path_of
from django_parallel_routes.planning import permalinks as remembering
from django_parallel_routes.planning.plan import Plan, SlotPlan
from django_parallel_routes.protocol.query import (
    MAX_NAMES,
    REFRESH,
    directed,
    directives_of,
    for_browser,
    with_fragment,
)
from django_parallel_routes.protocol.state import (
    HEADER,
    BadState,
    State,
    plain_url,
    without_host,
)
from django_parallel_routes.rendering.fragments import Fragment, wrapped
from django_parallel_routes.rendering.template_context import live_mark, with_plain_values
from django_parallel_routes.request.access import is_refused
from django_parallel_routes.request.context import context_of, state_of
from django_parallel_routes.request.slot_request import location_of

logger = logging.getLogger("django.request")

VARY = ("HX-Request", "HX-History-Restore-Request", HEADER)

TITLE = re.compile(r"<title>", re.IGNORECASE)
END_OF_TITLE = re.compile(r"</title>", re.IGNORECASE)
END_OF_HEAD = re.compile(r"</head>", re.IGNORECASE)
END_OF_BODY = re.compile(r"</body\s*>", re.IGNORECASE)
SCRIPT = re.compile(r'<script src="([^"<>]*)"([^<>]*)></script>')
OUR_SCRIPT = re.compile(r"django_(?:htmx|parallel_routes)/")
DEFER = re.compile(r" defer(?!\S)")
FIRST_OF_BODY = re.compile(r"<(?:body|svg|div|main|header|nav)[\s>]", re.IGNORECASE)
"""Authors may leave out the head's tags; pictures have titles, too."""
AT_ONCE = "none swap:0ms show:none settle:0ms transition:false"
"""Whatever ``htmx.config`` says; so that links work from the moment they are there (B69)."""
SWITCHES = re.compile(r"_csp|csp_|_has_been_logged")
"""Attributes by which decorators tell middleware of a content security policy, and Django what is logged."""


def page_answer(
    response: HttpResponseBase, page: Fragment, *, complete_url: str = ""
) -> HttpResponseBase:
    """Put a rendered page into the response of its root layout.

    ``complete_url`` is where those go who have no JavaScript, if slots are still to come (B12).
    """
    assert isinstance(response, HttpResponse)
    html = _titled(page)
    if complete_url:
        refresh = f'<meta http-equiv="refresh" content="0; url={escape(complete_url)}">'
        html = _in_head(html, f"<noscript>{refresh}</noscript>")
    if policies := policies_of(page.responses):
        html = _in_head(html, policies)
    response.content = html
    if page.status_code != 200:
        response.status_code = page.status_code
        vars(response)["_has_been_logged"] = True  # with its exception, when that was caught
    return _carrying(response, page.responses)


def streamed_answer(
    page: HttpResponseBase, arrivals: Iterator[str] | AsyncIterator[str]
) -> HttpResponseBase:
    """Return a page that goes on with slots as they arrive, just before the end of its body.

    Deferred scripts wait for the end of the document. So those that we know are moved to where the
    shell ends, htmx before its extensions and ours; ``async`` would lose that order, and htmx 2.
    """
    assert isinstance(page, HttpResponse)
    html = page.content.decode(page.charset)
    html, scripts = _without_our_scripts(html)
    *_, end = [len(html), *(found.start() for found in END_OF_BODY.finditer(html))]
    shell, rest = html[:end], html[end:]
    shell = "".join([shell, ARRIVED, *scripts])
    chunks: Iterator[str] | AsyncIterator[str]
    if isinstance(arrivals, AsyncIterator):
        chunks = _chunks_async(shell, arrivals, rest)
    else:
        elements = (f"<template data-pr-fragment>{element}</template>" for element in arrivals)
        chunks = chain([shell], (element + ARRIVED for element in elements), [rest])
    answer = StreamingHttpResponse(chunks, status=page.status_code, headers=dict(page.items()))
    vars(answer).update(
        {name: value for name, value in vars(page).items() if SWITCHES.match(name)}
    )
    vars(answer)["xframe_options_exempt"] = getattr(page, "xframe_options_exempt", False)
    answer.cookies.update(page.cookies)
    # Nobody knows yet what the slots to come would say: theirs may be for this user alone.
    everyone = [page, HttpResponse(headers={"Cache-Control": "private"})]
    merge_caching(answer, everyone)
    agree(answer, everyone)
    answer["X-Accel-Buffering"] = "no"  # nginx would keep it until it is complete
    return answer


ARRIVED = "<template data-pr-arrived></template>"


def _without_our_scripts(html: str) -> tuple[str, list[str]]:
    """Return a page without the deferred scripts that we know, and those, no longer deferred."""
    scripts: list[str] = []

    def taken(found: re.Match[str]) -> str:
        src, attributes = found.groups()
        if not (OUR_SCRIPT.search(src) and DEFER.search(attributes)):
            return found[0]
        scripts.append(f'<script src="{src}"{DEFER.sub("", attributes)}></script>')
        return ""

    html = SCRIPT.sub(taken, html)
    return html, sorted(scripts, key=lambda script: "django_parallel_routes/" in script)


async def _chunks_async(shell: str, arrivals: AsyncIterator[str], rest: str) -> AsyncIterator[str]:
    yield shell
    async for element in arrivals:
        yield f"<template data-pr-fragment>{element}</template>{ARRIVED}"
    yield rest


def soft_answer(
    request: HttpRequest, plan: Plan, changes: Iterable[tuple[SlotPlan, Fragment]]
) -> HttpResponseBase:
    """Return the changed slots in one response (S13): htmx swaps each into its element.

    The script moves the address bar and scrolls, so htmx is told to do neither.
    """
    changes = list(changes)
    responses = [response for _, fragment in changes for response in fragment.responses]
    answer = HttpResponse("".join(wrapped(slot, fragment) for slot, fragment in changes))
    answer.status_code = max([200, *(response.status_code for response in responses)])
    answer[HEADER] = _url(request, plan, responses)
    answer["HX-Reswap"] = AT_ONCE
    answer["HX-Push-Url"] = "false"
    return _carrying(answer, responses, is_part=False)


def slot_answer(fragment: Fragment) -> HttpResponseBase:
    """Return one slot's page alone: its view's own response."""
    response = fragment.responses[0]
    assert isinstance(response, HttpResponse)
    response.content = fragment.html
    return _carrying(response, fragment.responses[1:])


def document_answer(request: HttpRequest, state: State | None) -> HttpResponseBase:
    """Return an empty answer that has htmx load the document: of the URL, or the one it is on."""
    if state and state.intent == "refresh":
        return varying(HttpResponse(headers={"HX-Refresh": "true"}))
    url = for_browser(location_of(request).src)
    return varying(HttpResponse(headers={"HX-Redirect": url}))


def nothing_answer() -> HttpResponseBase:
    """Return the answer to a question for loading states where a navigation has none."""
    return varying(HttpResponse(status=204))


def other_answer(
    request: HttpRequest,
    response: HttpResponseBase,
    others: Iterable[HttpResponseBase] = (),
    *,
    paths: Collection[str] = (),
) -> HttpResponseBase:
    """Return a view's answer that is no fragment: a redirect, a refusal, a file.

    Cookies that the ``others`` have set, before or meanwhile, are set all the same (S46). ``paths`` are
    those for which views were called, besides the request's.
    """
    del response[HEADER]  # which would make slots of it
    if getattr(response, "is_rendered", True):
        _make_plain(response)
    else:
        response.add_post_render_callback(_make_plain)  # type: ignore[attr-defined]
    for other in others:
        for name, cookie in other.cookies.items():
            response.cookies.setdefault(name, cookie)
    return by_window(request, varying(response), paths)


def by_window(
    request: HttpRequest, response: HttpResponseBase, paths: Collection[str] = ()
) -> HttpResponseBase:
    """Let htmx load the document that a redirect leads to, where the script shall not follow it.

    It can't follow one to another site (S17); where slots are asked for once more, it would ask for
    the same ones there, and be redirected for ever. A login is for the whole window (B54), and so is
    the redirect of a guard (B72), and what comes after a login or a logout: what is on screen was for
    somebody else, and the forms in it have a CSRF token of the past. Where the script follows, the URL
    says its fragment in the query, too: browsers don't tell it.
    """
    location = response.get("Location", "")
    if HEADER not in request.headers or not location or not 300 <= response.status_code < 400:
        return response
    state = state_of(request)
    url = _destination(request, response, location)
    if not url:
        return _not_followed(request, response, state)
    login = _login(request, location, {request.path, *paths})
    is_for_window = bool(login) or is_refused(response)
    if is_for_window and state and state.intent == "loading":
        return nothing_answer()
    is_here = url_has_allowed_host_and_scheme(location, {request.get_host()})
    asks_again = state is not None and state.intent == "refresh"
    if is_here and not (is_for_window or asks_again or has_other_session(request)):
        if state and state.intent == "navigate" and (said := with_fragment(url)) != url:
            response["Location"] = said
        return response
    url = _destination(request, response, login) if login else url
    redirect = HttpResponse(headers={"HX-Redirect": url})
    redirect.cookies.update(response.cookies)
    add_never_cache_headers(redirect)  # caches keep no redirects, but this
    return varying(redirect)


def _destination(request: HttpRequest, response: HttpResponseBase, location: str) -> str:
    """Return the URL that a redirect leads to, or ``""`` if no script should go there.

    As in browsers, it keeps the fragment of the redirect before, if it has none itself (S36).
    A browser does not follow a redirect to ``javascript:…``, but htmx would run that as a script. Other
    schemes than http and https count if the response allows them, as ``HttpResponseRedirect`` can.
    """
    location = IGNORED.sub("", location)
    said, asked = context_of(request).options, context_of(request).location
    if said.fragment and "#" not in location:
        location += f"#{said.fragment}"
    try:
        url = urljoin(asked.src, location)  # not relative to the address bar
        scheme = urlsplit(url).scheme
    except ValueError:  # an IPv6 address that is none
        return ""
    allowed = {"", "http", "https", *getattr(response, "allowed_schemes", ())} - EXECUTABLE
    return url if scheme in allowed else ""


IGNORED = re.compile(r"^[\x00- ]+|[\t\r\n]+")
"""What browsers leave out of a URL before they look at its scheme."""

EXECUTABLE = {"javascript", "data", "vbscript"}


def _not_followed(
    request: HttpRequest, response: HttpResponseBase, state: State | None
) -> HttpResponseBase:
    """Leave a redirect that no script should follow to the browser: it asks once more, or refuses it."""
    logger.warning(
        "%s redirects to %r, which is no http(s) URL that a script can follow.",
        *(request.path, response["Location"]),
    )
    moves = state is None or state.intent in ("navigate", "restore")
    if moves and request.method in SAFE_METHODS:
        return document_answer(request, state)
    return response


def has_other_session(request: HttpRequest) -> bool:
    """Tell whether a form has begun or ended a session: Django's ``login()`` and ``logout()`` do."""
    if request.method in SAFE_METHODS or not hasattr(request, "session"):
        return False
    before = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return bool(request.session.session_key != before)


def _login(request: HttpRequest, location: str, paths: Collection[str]) -> str:
    """Return the URL of the login that a redirect leads to, with the way back to the screen, or ``""``.

    All who want a login, Django's decorators, mixins and ``LoginRequiredMiddleware``, write into its
    query which URL they were asked for. That may be a slot's, which nobody would want to come back to.
    """
    parts = urlsplit(location)
    query = QueryDict(parts.query, mutable=True)
    for name in query:
        asked = str(query[name])
        if path_of(asked) in paths:  # it may begin with //
            asked = Location.of(asked).src
        if not url_has_allowed_host_and_scheme(asked, {request.get_host()}):
            continue
        scheme, host, path, *_ = urlsplit(asked)
        if unquote(path) in paths:
            if back := _way_back(request):
                query[name] = f"{scheme}://{host}{back}" if host else back
            return urlunsplit(parts._replace(query=query.urlencode(safe="/")))
    return ""


def _way_back(request: HttpRequest) -> str:
    """Return the URL that one was going to, else the one that one is on; ``""`` if that is unknown."""
    state = state_of(request)
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
    return directives_of(location)[1].src


def passing_on(
    request: HttpRequest, response: HttpResponseBase, names: tuple[str, ...]
) -> HttpResponseBase:
    """Let the answer after a redirect refresh slots, or the script, if there is none.

    What the window follows by itself is left alone: that is a document, and may be another site's.
    """
    location = response.get("Location", "") if 300 <= response.status_code < 400 else ""
    if not names or "HX-Redirect" in response:
        return response
    url = location and _destination(request, response, location)
    if location and not url:
        return response
    if not location:
        slots = [] if ALL in names else list(names)
        add_trigger(response, "parallel-routes:refresh", {"slots": slots})
    else:
        said = ",".join(names)
        response["Location"] = directed(url, REFRESH + (said if len(said) <= MAX_NAMES else ALL))
    return response


def timed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """With ``DEBUG``, say what each slot has cost, for the browser's network panel.

    Of a page that is streamed that is its first part: headers go out before the rest is run.
    """
    if not settings.DEBUG:
        return response
    if not getattr(response, "is_rendered", True):
        response.add_post_render_callback(partial(timed, request))  # type: ignore[attr-defined]
    elif costs := server_timing(trace_of(request).costs):
        join(response, TIMING, costs)
    return response


def _make_plain(response: HttpResponseBase) -> None:
    """Print values that would follow a slot on a page as they are."""
    if isinstance(response, HttpResponse) and live_mark().encode() in response.content:
        text = response.content.decode(response.charset)
        response.content = with_plain_values(text)


def varying(response: HttpResponseBase) -> HttpResponseBase:
    """Say which request headers the answer depends on, so that no cache mixes them up (B52)."""
    patch_vary_headers(response, VARY)
    return response


def _url(request: HttpRequest, plan: Plan, responses: Iterable[HttpResponseBase]) -> str:
    """Return the URL now on screen, or ``"stay"``: the address bar does not move.

    A view may say so itself, with htmx's own headers.
    """
    if not plan.moves:
        return "stay"
    for response in responses:
        for name in ("HX-Push-Url", "HX-Replace-Url"):
            if name in response and response[name] != "true":
                return _shown_url(request, response[name])
    if request.method not in SAFE_METHODS:
        return "stay"
    fragment = context_of(request).options.fragment
    return (plan.url or remembering.url_of(plan)) + (fragment and f"#{fragment}")


def _shown_url(request: HttpRequest, url: str) -> str:
    """Return a URL of this site that a view wants in the address bar, or ``"stay"``."""
    if url == "false":
        return "stay"
    base = context_of(request).location.src
    full = urljoin(base, quote(url, safe="/?&=%:@!$'()*+,;~#"))
    if not url_has_allowed_host_and_scheme(full, {request.get_host()}):
        logger.warning(
            "%s wants %r in the address bar, which is not of this site.", request.path, url
        )
        return "stay"
    return without_host(full)


def _titled(page: Fragment) -> str:
    """Return the page with the title of the slot that comes first; the layout's own is kept aside."""
    if not page.titles:
        return page.html
    text = escape(min(page.titles)[1], quote=False)
    head, rest = _split_at_head(page.html)
    found = TITLE.search(head)
    if found and (end := END_OF_TITLE.search(head, found.end())):
        own = head[found.end() : end.start()].strip().replace('"', "&quot;")
        title = f'<title data-pr-layout="{own}">{text}</title>'
        return head[: found.start()] + title + head[end.end() :] + rest
    return f'{head}<title data-pr-layout="">{text}</title>{rest}'


def _in_head(html: str, element: str) -> str:
    head, rest = _split_at_head(html)
    return head + element + rest


def _split_at_head(html: str) -> tuple[str, str]:
    """Return the part of a page where its head ends, and what follows."""
    end_of_head = END_OF_HEAD.search(html) or FIRST_OF_BODY.search(html)
    assert end_of_head  # it is asked for where there are slots, and they have elements
    return html[: end_of_head.start()], html[end_of_head.start() :]


def _carrying(
    answer: HttpResponseBase, parts: Iterable[HttpResponseBase], *, is_part: bool = True
) -> HttpResponseBase:
    """Give an answer what it has of the responses that it is made of."""
    carry(answer, parts, is_part=is_part)
    return varying(answer)
