"""Slots that are slow, fail, or are missing when a test wants it: gates have names of slots and URLs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.response import HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from django_parallel_routes import intercept, slot, slots
from tests.support.gates import gates
from tests.urls.nav_views import html, plain
from tests.views import View


def page(name: str, then: str = "") -> View:
    """A view that says what it is and where, once its gate is open."""

    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        gates.arrive(f"{name} {request.path}")
        title = f"<title>{name.title()}</title>" if name != "home" else ""
        return HttpResponse(
            mark_safe(title) + format_html("<p>{} of {}</p>", name, request.path) + then
        )

    return view


def layout(names: str, *links: str) -> View:
    """A layout with these slots, and a link to each of these URLs; its policy allows nothing inline."""

    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        context = {"names": names.split(), "links": links}
        response = render(request, "loading/layout.html", context)
        response["Content-Security-Policy"] = "default-src 'self'; img-src 'self' data:"
        return response

    return view


failing: set[str] = set()
"""What is to go wrong: a test adds ``"side /d/"``, and takes it out again."""


def fragile(name: str, then: str = "") -> View:
    """A page that fails as long as a test wants it to."""
    fine = page(name, then)

    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        response = fine(request, **kwargs)
        if f"{name} {request.path}" in failing:
            raise RuntimeError("This view is broken.")
        return response

    return view


def missing(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


FILE = {"Content-Type": "text/csv", "Content-Disposition": 'attachment; filename="list.csv"'}


CIRCLE = {"itself": "itself", "there": "back", "back": "there"}


def outcome(request: HttpRequest, outcome: str) -> HttpResponseBase:
    """What is no fragment."""
    gates.arrive(f"side {request.path}")
    if outcome == "redirect":
        return HttpResponseRedirect("/plain/")
    if outcome == "inside":
        return HttpResponseRedirect("/d/")
    if outcome in CIRCLE:
        return HttpResponseRedirect(f"/f/{CIRCLE[outcome]}/")
    if outcome == "json":
        return JsonResponse({"answer": 42})
    if outcome == "file":
        return HttpResponse("1,2", headers=FILE)
    if outcome == "empty-file":
        return HttpResponse(headers=FILE)
    if outcome == "500":
        raise RuntimeError("This view is broken.")
    if outcome in ("204", "304"):  # HTTP allows no body: it would be read as the next response
        return HttpResponse(status=int(outcome))
    return HttpResponse(f"<p>No: {outcome}</p>", status=int(outcome))


def redirects(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/file/")


def leads_home(request: HttpRequest) -> HttpResponse:
    """Tell htmx to go to the page that the query names."""
    return HttpResponse(headers={"HX-Location": request.GET["to"]})


def form(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """A page with a form."""
    response = page("form")(request)
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    button = "<button>Send it</button>"
    response.write(format_html(f'<form method="post">{field}{button}</form>', get_token(request)))
    return response


def open_gate(request: HttpRequest, gate: str) -> HttpResponse:
    """Let a script in the page say when a view may go on."""
    gates.open(gate)
    return HttpResponse()


WAIT = html("<p>wait</p>")
RETRY = html('<p>broken <a href="" data-pr-retry>Again</a></p>')
EAGER = '<input id="eager" autofocus>'
NOTE = '<input aria-label="note">'
SCROLLING = '<input id="own"><div class="box"><p class="tall"></p></div><p class="tall"></p>'

urlpatterns = [
    slots(
        "quiet/",  # no slot of this page may be late, but one of the layout in it
        layout="loading/quiet.html",
        children=[
            path("", page("quiet")),
            slots(
                "panels/",
                layout="loading/panels.html",
                children=[path("", page("panels"))],
                cart=slot([], default=page("cart"), loading=WAIT),
            ),
        ],
    ),
    slots(
        "d/",
        layout=layout(
            "children side tabs note modal",
            *(
                "/d/",
                "/d/other/",
                "/d/side/1/",
                "/d/side/2/",
                "/d/shop/",
                "/d/tabs/x/",
                "/d/side/3/",
            ),
            *("/d/fails/", "/d/missing/", "/d/eager/", "/d/photo/1/", "/plain/"),
            *("/d/nothing/", "/d/out/"),
        ),
        children=slot(
            [
                path("", page("home")),
                path("other/", page("other")),
                path("form/", form),
                path("out/", lambda request: HttpResponseRedirect("/plain/")),
                path("photo/<int:id>/", page("photo"), name="loading-photo"),
                slots(
                    "shop/",
                    layout="loading/shop.html",
                    children=[path("", page("shop")), path("more/", page("more"))],
                    cart=slot([path("cart/", page("cart"))], default=page("cart"), loading=WAIT),
                ),
            ],
            default=page("home"),
        ),
        side=slot(
            [
                path("side/<int:id>/", page("side")),
                path("leads/", leads_home),
                path("redirects/", redirects),
                path("fails/", fragile("side")),
                path("missing/", missing),
                path("eager/", page("side", EAGER)),
                path("scrolling/", page("side", SCROLLING)),
            ],
            default=fragile("side"),
            loading=WAIT,
            error=RETRY,
            not_found=html("<p>nobody</p>"),
        ),
        tabs=slot(
            [path("tabs/<slug:tab>/", page("tabs"))],
            layout="loading/tabs.html",
            default=page("tabs"),
            default_layout="loading/tabs.html",
            loading=WAIT,
        ),
        note=slot([path("side/2/", page("note"))], default=html(NOTE), unmatched="default"),
        modal=slot(
            [intercept("loading-photo", page("photo"))],
            layout="django_parallel_routes/modal.html",
            default=None,
            loading=html("<h2>wait for it</h2>"),
        ),
    ),
    slots(
        "f/",
        layout=layout("children side", "/plain/"),
        children=[path("<str:outcome>/", page("main"))],
        side=slot([path("<str:outcome>/", outcome)], loading=WAIT),
    ),
    slots(
        "s/",
        layout=layout("children side tabs note", "/s/", "/s/a/", "/s/b/", "/plain/"),
        children=slot([path("", page("home")), path("a/", page("a"))], default=page("home")),
        side=slot(
            [
                path(
                    "b/",
                    page(
                        "side",
                        "<button hx-get='/plain/' hx-target='#own'>Own</button><p id='own'></p>",
                    ),
                )
            ],
            default=page("side", "<a href='/s/a/'>Go</a>"),
            loading=WAIT,
            delivery="streamed",
        ),
        tabs=slot(
            [path("b/", page("tabs"))],
            default=fragile("tabs", EAGER),
            loading=WAIT,
            delivery="streamed",
        ),
        note=slot([path("note/", plain)], default=html(NOTE)),
    ),
    path("plain/", plain),
    path("file/", lambda request: HttpResponse("1,2", headers=FILE)),
    path("open<path:gate>", open_gate),
]
