"""Pages of the gallery, and what is shown instead of them by pages that intercept their URLs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from example_project.dashboard.models import Member

from .models import Photo

PHOTOS = Photo.objects.select_related("author")

# --- pages ---


def feed(request: HttpRequest) -> HttpResponse:
    """Everybody's photographs."""
    return render(request, "gallery/feed.html", {"photos": PHOTOS.all()})


def album(request: HttpRequest, owner: str) -> HttpResponse:
    """One person's photographs."""
    person = _person(owner)
    context = {"person": person, "photos": PHOTOS.filter(author=person), "others": _others(owner)}
    return render(request, "gallery/album.html", context)


def photo(request: HttpRequest, number: int) -> HttpResponse:
    """One photograph: what one sees at its URL, unless one comes from a page that intercepts it."""
    return render(request, "gallery/photo.html", _photo(number, among=PHOTOS))


def person(request: HttpRequest, member: str) -> HttpResponse:
    """Somebody's card, as a page."""
    return render(request, "gallery/person.html", {"person": _person(member)})


# --- the same URLs, intercepted ---


def lightbox(request: HttpRequest, number: int) -> HttpResponse:
    """A photograph over the feed, one among all."""
    return render(request, "gallery/lightbox.html", _photo(number, among=PHOTOS))


def side(request: HttpRequest, owner: str, number: int) -> HttpResponse:
    """A photograph beside an album, one among those of its author.

    ``owner`` is what the album's own URL has captured. A card can lead to someone else's photograph.
    """
    return render(request, "gallery/side.html", _photo(number, among=PHOTOS, of_author=True))


def card(request: HttpRequest, member: str, owner: str = "") -> HttpResponse:
    """Somebody's card, over whatever one was looking at."""
    return render(request, "gallery/card.html", {"person": _person(member)})


# --- what they look up ---


def _photo(number: int, among: QuerySet[Photo], *, of_author: bool = False) -> dict[str, Any]:
    """The photograph, its neighbours, and its place among them."""
    found = get_object_or_404(PHOTOS, number=number)
    if of_author:
        among = among.filter(author=found.author)
    return {
        "photo": found,
        "before": among.filter(number__lt=number).last(),
        "after": among.filter(number__gt=number).first(),
        "place": among.filter(number__lte=number).count(),
        "count": among.count(),
    }


def _person(slug: str) -> Member:
    return get_object_or_404(Member.objects.prefetch_related("photos"), slug=slug)


def _others(slug: str) -> QuerySet[Member]:
    return Member.objects.filter(photos__isnull=False).exclude(slug=slug).distinct()
