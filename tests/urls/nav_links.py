"""Links, forms and buttons with htmx's own attributes, in slots and outside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_exempt

from django_parallel_routes import slot, slots
from tests.urls.nav_views import html, linking, plain

HOME = {"children": "home", "team": "team default"}
"""What the slots show at ``/l/``."""

LAYOUT = """
<a href="/l/team/?page=2" hx-target="#slot-team">Page 2</a>
<a href="/l/team/?page=3" hx-target="#slot-team" hx-push-url="false">Page 3, quietly</a>
<a href="/l/both/" hx-target="#slot-team">Team of both</a>
<a href="/l/both/" hx-boost="false">Hard</a>
<a href="/l/both/" hx-replace-url="true">Instead</a>
<a href="/l/both/" hx-confirm="Really?">Confirm</a>
<a href="/l/both/" target="_blank">Blank</a>
<a href="/l/both/" download="both.html">Download</a>
<button hx-get="/l/team/?page=5" hx-target="#slot-team">Button 5</button>
<button hx-get="/l/both/" hx-target="#outside">Outside</button>
<button hx-get="/l/team/" hx-target="#outside">Outside team</button>
<p id="outside"></p>
"""
TEAM = """
<title>Team {page}</title>
team {page}
<a href="?page={next}">Next</a>
<a href="/l/team/?page={next}" hx-target="#slot-team">Next here</a>
<button hx-get="/l/both/" hx-target="#own">Own</button>
<button hx-get="?page=9" hx-target="#own">Own 9</button>
<button hx-post="/l/team/" hx-target="#own">Post</button>
<form><input name="q" aria-label="q"><button>Filter</button></form>
<form action="/l/team/" hx-target="#slot-team" hx-push-url="false">
  <input name="q" aria-label="own q"><button>Filter quietly</button>
</form>
<p id="own"></p>
"""


@csrf_exempt
def team(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return HttpResponse("posted")
    if q := request.GET.get("q"):
        return HttpResponse(format_html("team like {}", q))
    page = int(request.GET.get("page", "1"))
    return HttpResponse(format_html(TEAM, page=page, next=page + 1))


def ordered(request: HttpRequest) -> HttpResponse:
    """A layout with the script tags as the query wants them."""
    return render(
        request,
        "navigation/ordered.html",
        {
            "links": ["/k/one/", "/k/two/"],
            "before": "before" in request.GET,
            "minified": "plain" not in request.GET,
            "extensions": request.GET.get("extensions", ""),
        },
    )


@csrf_exempt
def strict(request: HttpRequest) -> HttpResponse:
    response = linking("/c/", "/c/side/", template="navigation/strict.html")(request)
    response["Content-Security-Policy"] = "default-src 'self'"
    return response


def long(name: str):
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{name} {len(request.GET.get('q', ''))}")

    return view


LONG = "x" * 2500

urlpatterns = [
    slots(
        "l/",
        layout=csrf_exempt(
            linking(
                "/l/",
                "/l/other/",
                "/l/section/a/",
                then=LAYOUT,
                template="navigation/team_slot.html",
            )
        ),
        children=slot(
            [
                path("", html("home")),
                path("other/", html("other")),
                path("both/", html("both")),
                path("section/a/", html("section a")),
            ],
            default=csrf_exempt(html("children default")),
        ),
        team=slot(
            [path("team/", team), path("both/", html("team of both"))],
            default=csrf_exempt(html("team default")),
        ),
    ),
    slots(
        "k/",
        layout=ordered,
        children=[path("", html("start")), path("one/", html("one")), path("two/", html("two"))],
        side=slot([path("two/", html("side two"))], default=html("side")),
    ),
    slots(
        "c/",
        layout=strict,
        children=[path("", html("strict")), path("side/", html("strict side"))],
        side=slot([path("side/", html("side"))], default=None),
    ),
    slots(
        "big/",
        layout=linking(
            *("/big/one/?q=1", f"/big/two/?q={LONG}", f"/big/one/?q={LONG}", "/big/three/"),
            template="navigation/big.html",
            then="<button hx-get='/big/three/' hx-target='#outside'>Out</button><p id=outside></p>",
        ),
        children=slot([path("one/", long("one"))], default=html("<p>no one</p>")),
        side=slot(
            [path("two/", long("two"))],
            default=html(
                "<p>no two</p><button hx-get='/big/three/' hx-target='#own'>Own</button>"
                "<p id='own'></p>"
            ),
        ),
        third=slot(
            [path("three/", html("three"))],
            default=html(
                "no three <button hx-get='/big/three/' hx-target='#own'>Own</button>"
                "<p id='own'></p>"
            ),
        ),
    ),
    path("plain/", plain),
]
