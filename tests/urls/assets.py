"""Pages that bring stylesheets and scripts, under a policy that asks for the nonce of each response.

A script notes its name in ``ran`` when it runs. Files wait at gates with their names.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from itertools import count

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import mark_safe

from django_parallel_routes import intercept, slot, slots
from tests.support.gates import gates
from tests.views import View

LINKS = [
    "/s/",
    "/s/files/",
    "/s/inline/",
    "/s/other/",
    "/s/module/",
    "/s/modal/",
    "/s/twice/",
    "/s/deferred/",
    "/s/ready/",
    "/s/rows/",
    "/s/same/",
    "/s/clock/",
    "/s/smuggled/",
    "/s/foreign/",
]

FILES = """<link rel="stylesheet" href="/file/page.css">
    <script nonce="NONCE">ran.push("before")</script>
    <script nonce="NONCE" src="/file/first.js"></script>
    <script nonce="NONCE" src="/file/second.js"></script>
    <p class="styled">files</p>
    <script nonce="NONCE">
        ran.push(`after ${window.library}`, document.currentScript.previousElementSibling.innerText);
    </script>"""

PAGES = {
    "": "<p>home</p>",
    "files/": FILES,
    "inline/": """<p id="total">inline</p><script nonce="NONCE">
        const total = (window.visits = (window.visits ?? 0) + 1);
        const show = () => ran.push(`total ${total}`);
        function publish() { show(); }
        show();
    </script><script nonce="NONCE">publish()</script>""",
    "other/": """<script nonce="NONCE">const total = 7; ran.push(`other ${total}`)</script>
        <p>other</p>""",
    "module/": """<script type="importmap" nonce="NONCE">
            {"imports": {"library": "/file/library.mjs"}}
        </script>
        <script type="module" nonce="NONCE" src="/file/module.mjs"></script>
        <script type="module" nonce="NONCE">
            import library from "library";
            const own = await library;
            ran.push(`inline ${own}`);
        </script>
        <script nonce="NONCE" defer src="/file/deferred.js"></script>
        <script nonce="NONCE">ran.push("classic")</script>
        <script nonce="NONCE" type="application/json" id="data">{"kept": true}</script>
        <script nonce="NONCE" nomodule>ran.push("old")</script><p>module</p>""",
    "twice/": FILES + FILES,
    "deferred/": "<p>a slot comes later</p>",
    "ready/": """<script nonce="NONCE" src="/file/jquery.js"></script><script nonce="NONCE">
        document.addEventListener("DOMContentLoaded", function ({ target }) {
            ran.push(`ready ${this === document && target === document}`);
            addEventListener("load", () => ran.push("load from ready"));
        });
        document.addEventListener("readystatechange", ({ target }) => {
            if (target.readyState === "complete") ran.push("complete");
        });
        window.addEventListener("load", { handleEvent: () => ran.push("load") });
        window.onload = function () { ran.push(`onload ${this === window}`); };
        jQuery.fn.ready(($) => ran.push(`${$ === jQuery} ${window.library}`));
        document.write("<i>written ");
        document.writeln("twice</i>");
        addEventListener("resize", () => ran.push("resize"));
        ran.push("waits");
    </script><p>ready</p><script nonce="NONCE" src="/file/first.js"></script>""",
    "rows/": """<div id="rows"></div><script nonce="NONCE">
        document.querySelector("#rows").innerHTML = '<a href="/s/?row"><b>Row</b></a>' +
            '<form action="/s/"><input name="row" value="2"><button>Search</button></form>';
    </script>""",
    "same/": """<input id="name"><input id="name"><i id="a"></i><i id="a"></i><script nonce="NONCE">
        { const said = "same"; ran.push(said); }
    </script>""",
    "clock/": """<p>clock</p><script nonce="NONCE">ran.push("clock")</script>
        <script nonce="NONCE" src="/file/first.js"></script>
        <script nonce="NONCE">window.tick = TICK</script>""",
    "foreign/": """<script src="/file/first.js"></script>
        <script nonce="NONCE">ran.push(`mine ${window.library}`)</script><p>foreign</p>""",
    "smuggled/": """<p>smuggled</p><script>ran.push("without nonce")</script>
        <script nonce="guess">ran.push("guessed")</script>
        <script type="inert" data-pr-type="">ran.push("inert")</script>
        <script nonce="NONCE">ran.push("mine")</script>""",
}
CODE = {
    "first.js": 'window.library = "library"; ran.push("first");',
    # As jQuery does it: what waits for the document is called soon, if the document is there.
    "jquery.js": """window.jQuery = { fn: { ready: (listener) => {
        const call = () => listener(jQuery);
        if (document.readyState !== "loading") setTimeout(call);
        else document.addEventListener("DOMContentLoaded", call);
    } } };""",
    "second.js": "ran.push(`second ${library}`);",
    "deferred.js": 'ran.push("deferred");',
    "library.mjs": 'export default "from the library";',
    "module.mjs": 'import library from "library"; ran.push(`module ${library}`);',
    "page.css": ".styled { color: rgb(1, 2, 3); }",
}


def dynamic(get_response: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Middleware that lets scripts with a nonce insert any others."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Content-Security-Policy"] = response["Content-Security-Policy"].replace(
            "script-src", "script-src 'strict-dynamic'"
        )
        return response

    return middleware


def policy(get_response: Callable[[HttpRequest], HttpResponseBase]) -> object:
    """Middleware that gives each response a nonce of its own."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        nonce = request.csp_nonce = secrets.token_urlsafe(12)  # type: ignore[attr-defined]
        response = get_response(request)
        response["Content-Security-Policy"] = (
            f"script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'"
        )
        return response

    return middleware


def layout(request: HttpRequest, **kwargs: object) -> HttpResponse:
    nonce = getattr(request, "csp_nonce", "")
    return render(request, "assets/layout.html", {"links": LINKS, "csp_nonce": nonce})


ticks = count(1)


def page(markup: str, gate: str = "") -> View:
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        gates.arrive(gate or request.path)
        nonce = getattr(request, "csp_nonce", "")
        return HttpResponse(
            mark_safe(markup.replace("NONCE", nonce).replace("TICK", str(next(ticks))))
        )

    return view


def file(request: HttpRequest, name: str) -> HttpResponse:
    gates.arrive(name)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return HttpResponse(CODE[name], content_type=kind)


WAIT = page("<p>wait</p>", "wait")

urlpatterns = [
    path("file/<str:name>", file),
    slots(
        "s/",
        layout=layout,
        children=[
            *(path(url, page(markup)) for url, markup in PAGES.items()),
            path("modal/", page(FILES), name="modal"),
        ],
        side=slot(
            [
                path("deferred/", page(FILES, "side"), name="deferred"),
            ],
            default=None,
            loading=WAIT,
            unmatched="default",
        ),
        modal=slot(
            [intercept("modal", page(f"<dialog data-pr-modal open>{FILES}</dialog>"))],
            default=None,
        ),
    ),
    slots(
        "t/",
        layout=layout,
        children=[path("", page("<p>a page that streams</p>"))],
        side=slot([], default=page(FILES, "side"), loading=WAIT, delivery="streamed"),
        modal=slot([], default=None),
    ),
]
