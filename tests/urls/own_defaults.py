"""Tables and forms in slots that show their defaults, and forms in modals on top of one another."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from django_parallel_routes import intercept, slot, slots

received: list[str] = []
"""Which view has got which form."""


def table(name: str) -> Any:
    """What django-tables2 and django-filter print: relative links, and a form without an action."""

    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            received.append(name)
        page = int(request.GET.get("page", "1"))
        context = {"name": name, "page": page, "next": page + 1}
        context["q"] = request.GET.get("q", "")
        return render(request, "defaults/table.html", context)

    return view


def form(name: str, action: str = "") -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        context = {"name": name, "action": action}
        if request.method == "GET":
            return render(request, "defaults/form.html", context)
        value = request.POST["value"]
        received.append(f"{name} {value}")
        if value == "done":
            return redirect("/t/other/")
        context["said"] = f"got {value}"
        return render(
            request, "defaults/form.html", context, status=422 if value == "bad" else 200
        )

    return view


def level(kind: str) -> Any:
    """A page for a modal, with forms that lead to what may lie beneath."""

    def view(request: HttpRequest, id: int) -> HttpResponse:
        if request.method == "POST":
            return redirect(request.POST["to"])
        back = ["/t/photo/1/", "/t/photo/1/?tab=2", "/t/member/1/", "/t/"]
        above = id + (kind == "member")
        context = {"kind": kind, "id": id, "tab": request.GET.get("tab", ""), "above": above}
        return render(request, "defaults/level.html", {**context, "back": back})

    return view


urlpatterns = [
    slots(
        "t/",
        layout="defaults/layout.html",
        children=slot(
            [
                path("", table("home")),
                path("other/", table("other")),
                path("photo/<int:id>/", level("photo page"), name="t-photo"),
                path("member/<int:id>/", level("member page"), name="t-member"),
            ],
            default=table("children"),
        ),
        table=slot([path("", table("table"))], default=table("table default")),
        tickets=slot([path("tickets/", table("tickets"), name="tickets")], default="tickets"),
        settings=slot([path("settings/", form("settings page"))], default=form("settings")),
        note=slot([path("note/", form("note page"))], default="defaults/form.html"),
        modal=slot(
            [
                intercept("t-photo", level("photo")),
                intercept("t-member", level("member"), opens="above"),
            ],
            layout="interception/frame.html",
            default=None,
        ),
    ),
]
