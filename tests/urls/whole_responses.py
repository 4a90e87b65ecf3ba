"""Responses of every kind that are no pages, to links and forms of a slot."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    JsonResponse,
)
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from django_parallel_routes import slot, slots
from tests.urls.nav_views import html, linking
from tests.views import View, says

called: list[str] = []
"""Method and path of each request that has reached a view; tests clear it."""

BYTES = bytes(range(256)) * 4
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PDF = b"%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF"
HTML_502 = "<html><head><title>502</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def counted(answer: View) -> View:
    @csrf_exempt
    def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
        called.append(f"{request.method} {request.path}")
        return answer(request)

    return view


def file(request: HttpRequest) -> FileResponse:
    return FileResponse(BytesIO(BYTES), as_attachment=True, filename='Größe "A"; 1.bin')


def thanks(request: HttpRequest) -> HttpResponse:
    said = " ".join(map(str, messages.get_messages(request)))
    return HttpResponse(f"<title>Thanks</title><h1>thanks</h1><p id=said>{said}</p>")


def buys(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Bought.")
    return redirect("/thanks/")


def pays(request: HttpRequest) -> HttpResponse:
    """Go on to another origin, as to a payment provider: ``127.0.0.1`` is not ``localhost``."""
    return redirect(f"http://127.0.0.1:{request.get_port()}/thanks/?paid=1")


def pdf(disposition: str = "") -> View:
    headers = {"Content-Disposition": f'{disposition}; filename="invoice.pdf"'}
    return lambda request: HttpResponse(
        PDF, content_type="application/pdf", headers=headers if disposition else None
    )


ANSWERS = {
    "file": file,
    "csv": lambda request: HttpResponse("ä;b", content_type="text/csv"),
    "zip": lambda request: HttpResponse(b"PK\xff\xfe", content_type="application/zip"),
    "json": lambda request: JsonResponse({"answer": 42}),
    "text": lambda request: HttpResponse(
        "<b>slow</b> down", status=429, content_type="text/plain"
    ),
    "latin": lambda request: HttpResponse(
        "Größe".encode("latin-1"), content_type="text/plain; charset=iso-8859-1"
    ),
    "image": lambda request: HttpResponse(PNG, content_type="image/png"),
    "pdf": pdf(),
    "pdf-inline": pdf("inline"),
    "pdf-attachment": pdf("attachment"),
    "proxy": lambda request: HttpResponse(HTML_502, status=502),
    "forbidden": lambda request: HttpResponseForbidden(),
    "busy": lambda request: HttpResponse(status=429),
    "failed": lambda request: HttpResponse(status=500),
    "silent": lambda request: HttpResponse(status=204),
    "buy": buys,
    "pay": lambda request: redirect("/to-pay/"),
    "to-csv": lambda request: redirect("/in/csv/"),
}


def form(label: str, attributes: str, button: str = "") -> str:
    inside = f"<!--token--><input name=a value=1><button {button}>{label}</button>"
    return f"<form method=post {attributes}>{inside}</form>"


FORMS = "".join(form(f"post {name}", f'action="/in/{name}/"') for name in ANSWERS) + (
    form("post nothing", 'action="/nothing/"')
    + form("blank", 'action="/thanks/" target=_blank')
    + form("formtarget", 'action="/thanks/"', "formtarget=_blank")
    + form("own slot", "target=_blank")
    + form("dialog", 'action="/thanks/"', "formmethod=dialog")
    + form("encoded", 'action="/encoded/"', 'formenctype="multipart/form-data"')
    + '<a href="/thanks/" target="other">named</a>'
)
LINKS = [
    *("/in/", "/in/page/", "/in/other/", "/in/elsewhere/", "/thanks/", "/to-pay/", "/second/"),
    *(f"/in/{name}/" for name in ANSWERS),
]


def layout(request: HttpRequest, **kwargs: object) -> HttpResponse:
    token = f'<input type=hidden name=csrfmiddlewaretoken value="{get_token(request)}">'
    return linking(*LINKS, then=FORMS.replace("<!--token-->", token))(request)


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Forms and links to another origin."""
    url = f"http://127.0.0.1:{request.get_port()}/thanks/"
    port = f"http://localhost:{int(request.get_port()) + 1}/"
    return HttpResponse(
        form("foreign", f'action="{url}"')
        + form("formaction", 'action="/thanks/"', f'formaction="{url}"')
        + f'<a href="{port}" id="port">another port</a>'
    )


urlpatterns = [
    slots(
        "in/",
        layout=layout,
        children=[
            path("", html("<title>Home</title><p>home</p>")),
            path("page/", html("<title>Page</title><p>page</p>")),
            path("other/", says("other")),
            path("elsewhere/", elsewhere),
            *(path(f"{name}/", counted(answer)) for name, answer in ANSWERS.items()),
        ],
        side=slot(
            [path("page/", says("side page"))],
            default=html("<p>side</p><input aria-label='kept'>"),
        ),
    ),
    slots("second/", layout="navigation/other.html", children=[path("", counted(says("second")))]),
    path("thanks/", counted(thanks)),
    path("nothing/", counted(lambda request: HttpResponse())),
    path("to-pay/", counted(pays)),
    path("encoded/", counted(lambda request: HttpResponse(f"<h1>{request.content_type}</h1>"))),
]
