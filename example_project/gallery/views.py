"""Pages of the gallery, and what is shown instead of them by pages that intercept their URLs."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages.views import SuccessMessageMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.generic import CreateView, DeleteView, UpdateView

from example_project.dashboard.models import Member
from example_project.site.mixins import StaffOnly

from .forms import CommentForm, PhotoForm, UploadForm
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


@method_decorator(login_required, name="post")
class PhotoView(CreateView):
    """A photograph, and a form to say something about it.

    At its URL it is a page. Two other pages intercept that, and show the same view with another
    template: a POST reaches the one in which the form stands, and success leads back to it.
    """

    form_class = CommentForm
    template_name = "gallery/photo.html"
    of_author = False  # whether one leafs through all photos, or only those of its author

    @cached_property
    def photo(self) -> Photo:
        """What the URL names."""
        return get_object_or_404(PHOTOS, number=self.kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the photo, its neighbours, and its place among them."""
        photos = list(PHOTOS.filter(author=self.photo.author) if self.of_author else PHOTOS.all())
        place = photos.index(self.photo)
        return super().get_context_data(
            photo=self.photo,
            comments=self.photo.comments.select_related("author"),
            before=photos[place - 1] if place else None,
            after=photos[place + 1] if place + 1 < len(photos) else None,
            place=place + 1,
            count=len(photos),
            **kwargs,
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Name the controls after the photo: several photos may be open, one above the other."""
        return {**super().get_form_kwargs(), "auto_id": f"photo-{self.photo.number}-%s"}

    def form_valid(self, form: CommentForm) -> HttpResponse:
        """Say it."""
        form.instance.photo = self.photo
        form.instance.author = self.request.user
        return super().form_valid(form)

    def get_success_url(self) -> str:
        """The photo, as it was shown."""
        return self.photo.get_absolute_url()


def person(request: HttpRequest, member: str) -> HttpResponse:
    """Somebody's card, as a page."""
    return render(request, "gallery/person.html", {"person": _person(member)})


# --- pages of the staff ---


class StaffView(StaffOnly, SuccessMessageMixin):
    """What it does to a photograph is said in a message; the wall behind is new with the answer."""

    model = Photo
    slug_field = slug_url_kwarg = "number"
    template_name = "gallery/form.html"


class PhotographerMixin:
    """A link beside the photographer's select opens the form for one who is not in it yet."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which select, and where the form is."""
        return super().get_context_data(adds_to="author", adds_url=reverse("member-add"), **kwargs)


class Add(PhotographerMixin, StaffView, CreateView):
    """A new photograph; success leads to it."""

    form_class = UploadForm
    success_message = "“%(title)s” hangs on the wall."
    extra_context = {"heading": "Add a photo", "button": "Add"}


class Edit(PhotographerMixin, StaffView, UpdateView):
    """Its title, and what else there is to say; success leads to it."""

    form_class = PhotoForm
    success_message = "“%(title)s” is up to date."
    extra_context = {"heading": "Edit", "button": "Save"}


class Delete(StaffView, DeleteView):
    """Asks first; success leads to the wall from which it is gone."""

    success_message = "“%(title)s” is gone."
    extra_context = {
        "heading": "Delete",
        "text": "With all that was said about it. There is no way back.",
        "button": "Delete",
        "tone": "danger",
    }

    def get_success_url(self) -> str:
        """The album, if this stands beside one: then its URL has captured the owner."""
        owner = self.kwargs.get("owner")
        return reverse("gallery:album", args=[owner]) if owner else reverse("gallery:feed")

    def get_success_message(self, cleaned_data: dict[str, Any]) -> str:
        """There is nothing in the form; the title is the object's."""
        return self.success_message % {"title": self.object}


# --- what is shown instead of a person's page ---


def card(request: HttpRequest, member: str, owner: str = "") -> HttpResponse:
    """Somebody's card, over whatever one was looking at."""
    return render(request, "gallery/card.html", {"person": _person(member)})


# --- what they look up ---


def _person(slug: str) -> Member:
    return get_object_or_404(Member.objects.prefetch_related("photos"), slug=slug)


def _others(slug: str) -> QuerySet[Member]:
    return Member.objects.filter(photos__isnull=False).exclude(slug=slug).distinct()
