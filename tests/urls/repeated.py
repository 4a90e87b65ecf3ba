"""Pages on which a double click would hit something else with its second click."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from django_parallel_routes import intercept, slot, slots
from tests.support.gates import gates
from tests.urls.nav_views import html, linking
from tests.views import View

MODAL = "django_parallel_routes/modal.html"
sent: list[str] = []
"""The paths of the forms that have been sent."""

EVERYWHERE = "display: block; position: fixed; inset: 0"  # of the page, or of the dialog
NAV = '<a href="/w/list/2/" id="list" style="position: relative; z-index: 1">List 2</a>'
FEED = f'<a href="/w/photo/1/" id="photo" style="{EVERYWHERE}">Photo 1</a>'
PHOTO = """
<title>Photo</title>
<h2>Photo</h2>
<a href="/w/zoom/1/" style="display: block; padding: 4em" id="zoom">Zoom</a>
"""
ZOOM = """
<title>Zoom</title>
<h2>Zoom</h2>
<a href="/w/" id="away" style="display: block; padding: 4em">Away</a>
"""
FORM = """
<title>Form</title>
<form method="post" action="{0}">
  <p><input name="name" value="x" id="name"></p>
  <button id="send">Send</button>
</form>
"""


def gated(markup: str) -> View:
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        gates.arrive(request.path)
        return HttpResponse(markup)

    return view


def paged(request: HttpRequest, id: int) -> HttpResponse:
    """A page of a list, whose links stand at the same place on each."""
    links = f'<p><a href="/w/list/{id + 1}/" id="next">Next</a></p>'
    links += f'<p><a href="/w/list/{id + 10}/" id="far">To {id + 10}</a></p>'
    return HttpResponse(f"list {id} {links}")


def form(*, leads_to: str = "") -> View:
    """A form that shows itself again, or leads somewhere."""

    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            sent.append(request.path)
            gates.arrive(request.path)
            if leads_to:
                return redirect(leads_to)
        return HttpResponse(FORM.format(request.path))

    return view


urlpatterns = [
    slots(
        "w/",
        layout=csrf_exempt(linking(then=NAV, template="navigation/repeated.html")),
        children=[
            path("", html(FEED), name="feed"),
            path("list/<int:id>/", paged, name="list"),
            path("photo/<int:id>/", gated(PHOTO), name="photo"),
            path("zoom/<int:id>/", gated(ZOOM), name="zoom"),
            path("note/", form(), name="note"),
            path("join/", form(leads_to="/w/"), name="join"),
        ],
        modal=slot(
            [
                intercept("photo", gated(PHOTO)),
                intercept("zoom", gated(ZOOM), opens="above"),
                intercept("join", form(leads_to="/w/")),
            ],
            layout=MODAL,
            default=None,
        ),
    ),
]
