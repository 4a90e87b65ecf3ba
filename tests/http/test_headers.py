"""Headers of several slots on one response: what forbids counts, and what permits does not (B71)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django_htmx.http import trigger_client_event

from django_parallel_routes import refresh, slot, slots
from tests.http.test_responses import ALL, answering, hard_and_soft, plain, two
from tests.window import HEADER, layout, serve


def saying(name: str, value: str | None, of: Any = plain) -> Callable[..., HttpResponse]:
    """A view whose response has this header, if it is not ``None``."""

    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = of(request)
        if value is not None:
            response[name] = value
        return response

    return view


def answers(settings: Any, name: str, root: Any, home: Any, side: Any) -> list[Any]:
    """The answers to a hard load and a soft navigation, where each part says this."""
    window = two(
        settings,
        saying(name, home),
        saying(name, side),
        saying(name, root, layout(f"<head></head><body>{ALL}</body>")),
    )
    return hard_and_soft(window)


# --- Caches ---


@pytest.mark.parametrize(
    "name",
    [
        *(
            "CDN-Cache-Control",
            "Cloudflare-CDN-Cache-Control",
            "Surrogate-Control",
            "Edge-Control",
        ),
        *("X-LiteSpeed-Cache-Control", "Netlify-CDN-Cache-Control", "vercel-cdn-cache-control"),
    ],
)
@pytest.mark.parametrize(
    ("root", "home", "side", "expected"),
    [
        (None, "max-age=600", None, None),
        ("max-age=600", None, "max-age=600", None),
        ("max-age=600", "max-age=60", "max-age=90, public", "max-age=60"),
        ("max-age=9", "no-store", None, "no-store"),
        (None, None, "private", "no-store"),
        (None, "must-revalidate", None, None),
        ('content="ESI/1.0"', 'max-age=9, content="ESI/1.0"', "max-age=9", None),
    ],
)
def test_a_vendors_cache_header_counts_only_if_all_parts_have_it(
    settings: Any, name: str, root: Any, home: Any, side: Any, expected: Any
) -> None:
    """B71: a header that permits needs all parts; for ``no-store`` one part is enough."""
    hard, _ = answers(settings, name, root, home, side)
    assert hard.get(name) == expected
    soft = answers(settings, name, None, home, side)[1]
    assert "max-age=6" not in soft.get(name, "") or (home and side)


@pytest.mark.parametrize(
    ("root", "home", "side", "expected"),
    [
        (None, "600", None, None),
        ("600", None, "600", None),
        ("600", "60", "90", "60"),
        ("600", "0", None, "0"),
        ("600", "@1735689600", "600", "0"),
        ("off", "off", "off", "0"),
    ],
)
def test_an_nginx_header_counts_only_if_all_parts_have_it(
    settings: Any, root: Any, home: Any, side: Any, expected: Any
) -> None:
    """B71: ``X-Accel-Expires`` of the layout as well as that of a slot."""
    hard, _ = answers(settings, "X-Accel-Expires", root, home, side)
    assert hard.get("X-Accel-Expires") == expected


@pytest.mark.parametrize(
    ("root", "home", "side", "expected"),
    [
        ("max-age=60", "max-age=60, s-maxage=0", "max-age=60", "max-age=0"),
        ("max-age=60", "max-age=60, s-maxage=x", "max-age=60", "max-age=0"),
        ("s-maxage=9, max-age=5",) * 3 + ("max-age=5, s-maxage=9",),
        ("no-store", "must-understand, no-store", "no-store", "no-store"),
        ("x=1, max-age=5", "x=1, max-age=5", "max-age=5, x=1", "max-age=5, x=1"),
        ("x=1", "x=2", "x=1", None),
        ('max-age=5, no-cache="a, b"', "max-age=5", "max-age=5", "no-cache, max-age=5"),
    ],
)
def test_an_unknown_directive_counts_only_if_all_say_it(
    settings: Any, root: Any, home: Any, side: Any, expected: Any
) -> None:
    """B71: nobody knows whether it permits: ``must-understand`` makes caches ignore ``no-store``."""
    hard, _ = answers(settings, "Cache-Control", root, home, side)
    assert hard.get("Cache-Control") == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Pragma", "no-cache", "no-cache"),
        ("Expires", "0", "no-cache"),
        ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT", "no-cache"),
        ("Expires", "Thu, 01 Jan 2999 00:00:00 GMT", None),
    ],
)
def test_expires_and_pragma_that_forbid_caching_count(
    settings: Any, name: str, value: str, expected: str | None
) -> None:
    """B52: the headers themselves are about one response."""
    for answer in answers(settings, name, None, value, None):
        assert (answer.get("Cache-Control"), name in answer) == (expected, False)


def test_a_layouts_tag_is_none_of_the_page(settings: Any) -> None:
    """B52: or a page whose slots have changed would be "not modified"."""
    settings.MIDDLEWARE = ["django.middleware.http.ConditionalGetMiddleware", *settings.MIDDLEWARE]
    said = {"n": 0}

    def counting(request: HttpRequest) -> HttpResponse:
        said["n"] += 1
        return HttpResponse(f"{said['n']}")

    window = two(settings, counting, root=saying("ETag", '"layout"', layout(ALL)))
    first = window.client.get("/")
    again = window.client.get("/", headers={"If-None-Match": '"layout"'})
    assert (again.status_code, first["ETag"] == '"layout"') == (200, False)
    window = two(
        settings, root=saying("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT", layout(ALL))
    )
    assert "Last-Modified" not in window.client.get("/")


def test_tags_for_purging_add_up(settings: Any) -> None:
    """B52: a page in a CDN's cache goes with any of its slots."""
    for name, separator in (("Surrogate-Key", " "), ("xkey", " "), ("Cache-Tag", ", ")):
        hard, soft = answers(settings, name, "a", "b", "a")
        assert (hard[name], soft[name]) == (f"a{separator}b", f"b{separator}a")


def test_a_streamed_page_is_opened_to_nobody(settings: Any) -> None:
    """B71: nobody knows yet what its late slots would say."""
    opening = answering(
        Access_Control_Allow_Origin="*", X_Accel_Expires="600", CDN_Cache_Control="max-age=600"
    )

    def root(request: HttpRequest) -> HttpResponse:
        response = layout(ALL)(request)
        for name, value in opening(request).items():
            response[name] = value
        return response

    late = slot([], default=opening, loading=opening, delivery="streamed")
    window = serve(settings, slots("", layout=root, children=[path("", opening)], side=late))
    answer = window.client.get("/")
    assert answer.streaming
    assert answer["Cache-Control"] == "private"
    for name in ("Access-Control-Allow-Origin", "X-Accel-Expires", "CDN-Cache-Control"):
        assert name not in answer


@pytest.mark.parametrize("name", ["X-Request-Cost", "HX-Trigger", "Link", "Vary"])
def test_a_header_may_be_empty(settings: Any, name: str) -> None:
    """B71: it says nothing, so it adds nothing to a list either."""
    for home, side in (("", None), ("", ""), (None, "one"), ("", "one")):
        for answer in answers(settings, name, None, home, side):
            values = answer.get(name, "-").split(", ")
            assert "" not in values
            assert ("one" in values) == (side == "one")


# --- Other sites, policies ---


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Expose-Headers", "X-Secret"),
        ("Timing-Allow-Origin", "*"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("X-Permitted-Cross-Domain-Policies", "all"),
        ("Service-Worker-Allowed", "/"),
        ("No-Vary-Search", "params"),
    ],
)
def test_a_header_that_opens_a_page_to_other_sites_needs_all_parts(
    settings: Any, name: str, value: str
) -> None:
    """B71: "What permits … never travels from one slot to the page", nor from the layout to slots."""
    for parts in ((None, value, None), (value, None, None), (None, value, value)):
        assert name not in answers(settings, name, *parts)[0]
    for parts in ((None, value, None), (None, value, "other")):
        assert name not in answers(settings, name, *parts)[1]
    for answer in answers(settings, name, value, value, value):
        assert answer[name] == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src *"),
        ("Content-Security-Policy-Report-Only", "default-src *"),
        ("Permissions-Policy", "camera=*"),
        ("Referrer-Policy", "unsafe-url"),
        ("Cross-Origin-Opener-Policy", "unsafe-none"),
        ("Cross-Origin-Embedder-Policy", "unsafe-none"),
        ("Strict-Transport-Security", "max-age=0"),
        ("Refresh", "0; url=https://elsewhere.example/"),
        ("Speculation-Rules", '"/rules.json"'),
        ("X-Accel-Redirect", "/protected/secret.txt"),
        ("X-Sendfile", "/etc/passwd"),
        ("X-Accel-Buffering", "yes"),
        ("X-Varnish-TTL", "600"),
        ("X-Cache-Enabled", "true"),
        ("Parallel-Routes", "/elsewhere/"),
        ("Warning", "none"),
    ],
)
def test_a_documents_policy_is_none_of_a_slots_business(
    settings: Any, name: str, value: str
) -> None:
    """B71: the layout's response has it, or middleware sets it, and the page has that."""
    hard, soft = answers(settings, name, None, value, value)
    ours = {"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}
    assert hard.get(name) == ours.get(name)
    assert soft.get(name) == ("/" if name == HEADER else ours.get(name))
    if name not in (HEADER, "X-Accel-Buffering"):
        assert answers(settings, name, value, None, None)[0][name] == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Permitted-Cross-Domain-Policies", "none"),
        ("X-Robots-Tag", "noindex"),
        ("Clear-Site-Data", '"cache"'),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_a_header_that_forbids_counts_for_the_page(settings: Any, name: str, value: str) -> None:
    """B71: "what forbids does" travel."""
    for answer in answers(settings, name, None, None, value):
        assert answer[name] == value


def test_robots_obey_the_strictest(settings: Any) -> None:
    """B71: search engines obey all directives that they are given."""
    for answer in answers(settings, "X-Robots-Tag", None, "noindex", "nofollow"):
        assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_a_layouts_looser_policy_yields_to_a_slots(settings: Any) -> None:
    """B71: one slot says that no other site may embed it."""
    name = "Cross-Origin-Resource-Policy"
    hard, _ = answers(settings, name, "cross-origin", "same-origin", "cross-origin")
    assert hard[name] == "same-origin"


def test_a_slots_content_security_policy_holds_besides_the_pages(settings: Any) -> None:
    """B71: a document obeys all its policies, so one in its head can only forbid."""
    name = "Content-Security-Policy"
    strict = "img-src 'none'; script-src \"x\""
    hard, _ = answers(settings, name, "default-src 'self'", strict, strict)
    assert hard[name] == "default-src 'self'"
    meta = (
        f'<meta http-equiv="{name}" content="img-src &#x27;none&#x27;; script-src &quot;x&quot;">'
    )
    assert f"{meta}</head>".encode() in hard.content


def test_a_policy_stands_in_the_head_although_a_slot_quotes_the_heads_end(settings: Any) -> None:
    """B71: browsers ignore a policy in the body, and a layout may leave out the tags of its head."""
    name = "Content-Security-Policy"
    quoting = HttpResponse("<p title='</head>'>home</p>")
    home = saying(name, "img-src x", lambda request: quoting)
    window = two(settings, home, plain, layout(f"<title>Site</title><body>{ALL}</body>"))
    window.hard("/")
    meta = f'<meta http-equiv="{name}" content="img-src x">'
    assert f"<title>Site</title>{meta}<body>" in window.text


# --- Others ---


def test_a_header_of_an_application_is_the_answers(settings: Any) -> None:
    """What a view counts or names for itself: the first one that says it, as ever."""
    for answer in answers(settings, "X-Throttle-Wait", None, "5", "7"):
        assert answer["X-Throttle-Wait"] == "5"
    for answer in answers(settings, "X-Original-Design", None, None, "7"):
        assert answer["X-Original-Design"] == "7"
    for answer in answers(settings, "Link", None, "</a.css>; rel=preload", "</b.js>; rel=preload"):
        assert answer["Link"] == "</a.css>; rel=preload, </b.js>; rel=preload"


def test_a_cookie_that_is_written_as_a_header_is_set(settings: Any) -> None:
    """S46: cookies of all slots are set, however they are written."""
    for answer in answers(settings, "Set-Cookie", None, "seen=1; HttpOnly", "other=2; Path=/"):
        assert set(answer.cookies) == {"seen", "other"}
        assert answer.cookies["seen"]["httponly"]


def test_a_cookie_that_the_layout_writes_as_a_header_stays_as_it_is(settings: Any) -> None:
    """Python's cookies don't know each attribute, and would drop the whole cookie."""
    cookie = "embedded=1; Secure; Priority=High; Partitioned"
    hard, _ = answers(settings, "Set-Cookie", cookie, "seen=1", None)
    assert hard["Set-Cookie"] == cookie
    assert set(hard.cookies) == {"seen"}


def test_a_layout_that_claims_to_be_a_soft_answer_is_asked_like_any_other(settings: Any) -> None:
    """B71: our own header, in a response that is not ours, opens nothing."""
    root = saying("Cache-Control", "no-store", saying(HEADER, "/x/", layout(ALL)))
    public = answering(Cache_Control="public, max-age=60")
    assert two(settings, public, public, root).client.get("/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [200, 403, 302])
def test_an_answer_that_claims_to_be_slots_is_a_document(settings: Any, status: int) -> None:
    """B53: our own header, in the answer of a view, makes no slots of that."""

    def claims(request: HttpRequest) -> HttpResponse:
        headers = {HEADER: "/x/", "Location": "/x/"} if status == 302 else {HEADER: "/x/"}
        return HttpResponse("{}", "application/json", status=status, headers=headers)

    for answer in hard_and_soft(two(settings, plain, claims)):
        assert (answer.status_code, HEADER in answer) == (status, False)


# --- Events ---


NAMES = ["HX-Trigger", "HX-Trigger-After-Settle", "HX-Trigger-After-Swap"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("home", "side", "expected"),
    [
        ("saved", None, "saved"),
        (None, "saved", "saved"),
        ("saved", "counted", "saved, counted"),
        ("saved, counted", "counted,more ,", "saved, counted, more"),
        ('{"saved": {"id": 1}}', "counted", {"saved": {"id": 1}, "counted": {}}),
        ("counted", '{"saved": 7}', {"counted": {}, "saved": 7}),
        ('{"a": 1}', '{"b": null, "c": "d"}', {"a": 1, "b": None, "c": "d"}),
        ('{"a": {"x": "\u00fc"}}', '{"a": {"x": "\u00fc"}}', {"a": {"x": "\u00fc"}}),
    ],
)
def test_events_of_all_slots_are_fired(
    settings: Any, name: str, home: Any, side: Any, expected: Any
) -> None:
    """The ``HX-Trigger`` headers of several slots are merged."""
    ascii_ = [
        value and value.encode("ascii", "backslashreplace").decode() for value in (home, side)
    ]
    ascii_ = [value and value.replace("\\xfc", "\\u00fc") for value in ascii_]
    for answer in answers(settings, name, None, *ascii_):
        said = answer[name]
        assert (json.loads(said) if said.startswith("{") else said) == expected


def test_an_event_with_two_details_is_told_of(settings: Any, caplog: Any) -> None:
    """Nothing is swallowed: one header has one detail for one event."""
    _, soft = answers(settings, "HX-Trigger", None, '{"saved": 1}', '{"saved": 2}')
    assert json.loads(soft["HX-Trigger"]) == {"saved": 1}
    assert "two slots of one response fire 'saved' with different details: 1" in caplog.text


def test_events_that_are_no_json_are_told_of(settings: Any, caplog: Any) -> None:
    """Nothing is swallowed: htmx would fail at it, and with it at the events of others."""
    _, soft = answers(settings, "HX-Trigger", None, "{saved: 1", "counted")
    assert json.loads(soft["HX-Trigger"]) == {"counted": {}}
    assert "'{saved: 1' is not valid JSON" in caplog.text


def test_a_views_own_events_stay_beside_the_order_to_refresh(settings: Any) -> None:
    """S40: a plain list of names was a 500 where the view had called ``refresh()``."""

    def view(request: HttpRequest) -> HttpResponse:
        refresh(request, "side")
        return answering(HX_Trigger="saved, counted")(request)

    window = two(settings, view)
    window.hard("/")
    answer = window.slot("/", "children", method="post")
    expected = {"saved": {}, "counted": {}, "parallel-routes:refresh": {"slots": ["side"]}}
    assert json.loads(answer["HX-Trigger"]) == expected


def test_django_htmxs_events_are_merged(settings: Any) -> None:
    """They are in the JSON that ``trigger_client_event()`` writes."""

    def fires(name: str) -> Any:
        return lambda request: trigger_client_event(HttpResponse(name), name, {"n": 1})

    _, soft = hard_and_soft(two(settings, fires("a"), fires("b")))
    assert json.loads(soft["HX-Trigger"]) == {"a": {"n": 1}, "b": {"n": 1}}
