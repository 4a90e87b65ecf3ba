"""Pages that links ask for in advance; ``asked`` notes which views are called, and for what."""

from __future__ import annotations

import io

from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.support.gates import gates
from tests.urls.nav_views import html
from tests.views import View

asked: list[str] = []
"""``"prefetch x /p/x/"``; tests clear it."""

ANSWERS = ["403", "404", "500", "out", "export"]
WAIT = html("<p>wait</p>")
counted = {"value": 0}
"""What ``live`` shows; a test changes it."""


def page(name: str) -> View:
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        how = request.headers.get("Sec-Purpose", request.method or "")
        asked.append(f"{how} {name} {request.path}")
        gates.arrive(f"{name} {request.path}")
        title = f"<title>{name.title()}</title>" if name in ("x", "photo") else ""
        user = getattr(request.user, "username", "") if hasattr(request, "user") else ""
        more = '<p id="end">end</p>' if name == "side" else ""
        return HttpResponse(f"{title}<p>{name} {user}</p>{more}")

    return view


def layout(request: HttpRequest, mode: str = "hover", **kwargs: object) -> HttpResponse:
    many = range(50) if "many" in request.GET else ()
    return render(
        request,
        "prefetch/layout.html",
        {"many": many, "mode": request.GET.get("many"), "answers": ANSWERS},
    )


def live(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(f"<p>{counted['value']}</p>")


def declines(request: HttpRequest) -> HttpResponse:
    answer = page("declines")(request)
    return HttpResponse(status=204) if "Sec-Purpose" in request.headers else answer


def answers(how: str) -> View:
    """A view that shows no page."""
    asks = page(how)

    def view(request: HttpRequest) -> HttpResponse:
        asks(request)
        if how == "export":
            return FileResponse(io.BytesIO(b"a,b"), as_attachment=True, filename="a.csv")
        if how == "out":
            return redirect("/out/")
        return HttpResponse(f"<p>no: {how}</p>", status=int(how))

    return view


def leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponse("<h1>bye</h1>")


urlpatterns = [
    slots(
        "p/",
        layout=layout,
        children=slot(
            [
                path("", page("home")),
                path("x/", page("x")),
                path("photo/<int:id>/", page("photo page"), name="prefetch-photo"),
                path("moved/", lambda request: redirect("/p/x/?moved")),
                path("declines/", declines),
                path("many/<int:id>/", page("many")),
                *[path(f"{how}/", answers(how)) for how in ANSWERS],
            ],
            default=page("home"),
        ),
        side=slot([path("slow/", page("side"))], default=html("<p>idle</p>"), loading=WAIT),
        live=slot([], default=live, unmatched="refresh"),
        modal=slot(
            [intercept("prefetch-photo", page("photo"))],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
    path("out/", html("<h1>outside</h1>")),
    path("p/part/", html("<b>part</b>")),
    path("logout/", leave),
]
