"""Pages whose entries of the history other scripts write into; forms with controls of awkward names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.urls.nav_views import html, linking
from tests.views import says

LINKS = [
    *(
        "/e/",
        "/e/side/",
        "/e/aside/",
        "/e/list/",
        "/e/p/a;b=1/",
        "/e/p/it's (a)|/?q=a%20b|c",
        "/e/form/",
    ),
    *("/e/note/", "/e/note/#below", "/e/far/", "/e/far/#end", "/e/names/"),
]
NAMES = [
    *("hash", "pathname", "search", "href", "id", "action", "method", "dataset", "name"),
    *("navigation", "children", "reset", "scroll", "type", "target", "title", "value", "length"),
]
TALL = "<div style='height: 3000px'></div>"


def items(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """A list whose pages htmx puts into it, as plain htmx does."""
    page = request.GET.get("page", "1")
    more = (
        f"<div id='items' hx-push-url='true' hx-target='#items' hx-swap='outerHTML' hx-select='#items'>"
        f"page {page}"
        f"<button id='more' hx-get='?page={int(page) + 1}' hx-push-url='true' hx-target='#items'"
        " hx-swap='outerHTML' hx-select='#items'>more</button></div>"
    )
    return HttpResponse(more)


def names(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """A form in a modal, sent by POST."""
    fields = "".join(f"<input name='{name}' size='1'>" for name in NAMES)
    fields += f"<input type='hidden' name='csrfmiddlewaretoken' value='{get_token(request)}'>"
    said = request.POST.get("hash", "")
    return HttpResponse(
        f"<title>names</title><form method='post' id='names' tabindex='0'>{fields}"
        f"<button id='post'>post</button></form><p id='said'>{said}</p>"
    )


def awkward(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """A form whose controls hide its properties, and what came with it."""
    said = ", ".join(f"{name}={value}" for name, value in request.GET.items() if name in NAMES)
    fields = "".join(f"<input name='{name}' size='1'>" for name in NAMES)
    box = "style='overflow: auto; height: 90px' class='box'"
    return HttpResponse(
        f"<form {box} data-pr-guard='Leave?'>{fields}"
        f"<button id='send'>send</button><div id='padding'>{TALL}</div></form><p id='said'>{said}</p>"
    )


urlpatterns = [
    slots(
        "e/",
        layout=linking(*LINKS, template="navigation/entries.html"),
        children=slot(
            [
                path("", html(f"home {TALL}")),
                path("list/", items),
                path("form/", awkward),
                path("note/", says("the note alone"), name="note"),
                path("names/", names, name="names"),
                path("far/", html(f"far {TALL}<a name='end'></a>{TALL}")),
                path("p/<str:rest>/", html("rest")),
            ],
        ),
        side=slot(
            [path("side/", html("the side")), path("aside/", html("the aside"))],
            default=html("no side"),
        ),
        modal=slot(
            [
                intercept("names", names),
                intercept(
                    "note",
                    html(
                        f"<title>note</title>{TALL}<p id='below'>below</p><form><input id='typed'></form>"
                    ),
                ),
            ],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
]
