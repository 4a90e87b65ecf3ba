"""Links and forms whose responses are not slots of the layout on screen."""

from __future__ import annotations

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from django_parallel_routes import slot, slots
from tests.urls.nav_views import html, linking, plain
from tests.views import View, says

posted: list[str] = []
"""The path of each form that has arrived; tests clear it."""


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("This view is broken.")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def download(request: HttpRequest) -> FileResponse:
    return FileResponse(BytesIO(b"1,2,3"), as_attachment=True, filename="numbers.csv")


def answers(response: HttpResponse | View) -> View:
    """A view outside of any ``slots()`` that answers a form."""

    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            posted.append(request.path)
        return response(request) if callable(response) else response

    return view


def goes_on_to(url: str) -> View:
    return lambda request, **kwargs: redirect(url)


def signup(request: HttpRequest) -> HttpResponse:
    """A form that is never valid: it answers with the status that one types."""
    name = request.POST.get("name", "")
    return render(request, "navigation/signup.html", {"name": name}, status=int(name or "200"))


def form(action: str, label: str) -> str:
    return f'<form method="post" action="{action}"><button>{label}</button></form>'


LINKS = [
    *("/in/", "/in/page/", "/in/old/", "/in/missing/", "/in/side-missing/", "/in/nowhere/"),
    *("/in/broken/", "/in/forbidden/", "/in/private/", "/in/json/", "/in/empty/", "/in/file/"),
    *("/in/out/", "/in/away/", "/in/signup/", "/in/guarded/", "/in/unslashed"),
    *("/plain/", "/other/", "/in/deep/only-aside/"),
]
FORMS = (
    form("/form/page/", "Answered by a page")
    + form("/form/bare/", "Answered by a page without scripts")
    + form("/form/error/", "Answered by an error")
    + form("/form/empty/", "Answered by nothing")
    + form("/form/told/", "Answered by an event")
    + form("/form/text/", "Answered by text")
    + form("/form/out/", "Redirected out")
    + form("/form/in/", "Redirected in")
    + form("/form/itself/", "Redirected to itself")
)
TOLD = {"HX-Trigger": '{"parallel-routes:refresh": {"slots": ["side"]}}'}
SCRIPT = "<img src=x onerror=document.title='hacked'>"

urlpatterns = [
    slots(
        "in/",
        layout=linking(*LINKS, then=FORMS),
        children=[
            path("", says("home")),
            path("page/", html("<title>Page</title><p>page</p>")),
            path("old/", goes_on_to("/in/page/")),
            path("missing/", missing),
            path("broken/", broken),
            path("forbidden/", forbidden),
            path("private/", login_required(says("private"))),
            path("guarded/", says("guarded")),
            path("json/", lambda request: JsonResponse({"answer": 42})),
            path("empty/", lambda request: HttpResponse(status=204)),
            path("file/", download),
            path("out/", goes_on_to("/plain/")),
            path(
                "away/", lambda request: redirect(f"http://127.0.0.1:{request.get_port()}/plain/")
            ),
            path("signup/", signup),
            path("unslashed/", says("slashed")),
            slots(
                "deep/",
                layout=linking(template="navigation/inner.html"),
                children=[path("", says("deep"))],
                aside=[path("", says("aside")), path("only-aside/", says("only aside"))],
            ),
        ],
        side=slot(
            [path("page/", says("side page")), path("side-missing/", missing)],
            default=html("<p>side default</p><input aria-label='kept'>"),
        ),
    ),
    slots("other/", layout="navigation/other.html", children=[path("", says("other home"))]),
    path("plain/", plain),
    path("accounts/login/", html("<title>Log in</title><h1>log in</h1>")),
    path("form/page/", answers(plain)),
    path("form/bare/", answers(html("<title>Plain</title><h1>plain</h1>"))),
    path("form/error/", answers(lambda request: HttpResponse("<h1>error</h1>", status=400))),
    path("form/empty/", answers(lambda request: HttpResponse(status=204))),
    path("form/told/", answers(lambda request: HttpResponse(status=204, headers=TOLD))),
    path("form/text/", answers(lambda request: HttpResponse(SCRIPT, content_type="text/plain"))),
    path("form/out/", answers(goes_on_to("/plain/"))),
    path("form/in/", answers(goes_on_to("/in/page/"))),
    path(
        "form/itself/",
        answers(
            lambda request: redirect(request.path) if request.method == "POST" else plain(request)
        ),
    ),
]
