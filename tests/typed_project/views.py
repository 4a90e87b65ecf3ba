from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import TemplateView

from django_parallel_routes import refresh


def wall(request: HttpRequest) -> HttpResponse:
    return render(request, "wall.html")


def photo(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        refresh(request, "team")
        return redirect("wall")
    return render(request, "photo.html", {"pk": pk})


async def team(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the team")


class Numbers(TemplateView):
    template_name = "numbers.html"
