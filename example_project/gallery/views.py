"""The pages of the gallery, and the views that the gallery shows in modals instead of some pages."""

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
    """Show all photos."""
    return render(request, "gallery/feed.html", {"photos": PHOTOS.all()})


def album(request: HttpRequest, owner: str) -> HttpResponse:
    """Show the photos of a member."""
    person = _person(owner)
    context = {"person": person, "photos": PHOTOS.filter(author=person), "others": _others(owner)}
    return render(request, "gallery/album.html", context)


@method_decorator(login_required, name="post")
class PhotoView(CreateView):
    """A photo, with comments and a form.

    At its URL, it is a page. The feed and the albums intercept this URL and show the same view with
    another template. A POST reaches the view in which the form stands, and success leads back to it.
    """

    form_class = CommentForm
    template_name = "gallery/photo.html"
    of_author = False  # whether Next leads to the next photo of the author

    @cached_property
    def photo(self) -> Photo:
        """Return the photo that the URL names."""
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
        """Use the photo's number in ids, because several photos may be open at the same time."""
        return {**super().get_form_kwargs(), "auto_id": f"photo-{self.photo.number}-%s"}

    def form_valid(self, form: CommentForm) -> HttpResponse:
        """Save the comment, with its photo and author."""
        form.instance.photo = self.photo
        form.instance.author = self.request.user
        return super().form_valid(form)

    def get_success_url(self) -> str:
        """Return the URL of the photo, so that it stays where it is shown."""
        return self.photo.get_absolute_url()


def person(request: HttpRequest, member: str) -> HttpResponse:
    """Show the card of a member, as a page."""
    return render(request, "gallery/person.html", {"person": _person(member)})


# --- pages of the staff ---


class StaffView(StaffOnly, SuccessMessageMixin):
    """Changes a photo, and shows a message. The response contains the page behind, too."""

    model = Photo
    slug_field = slug_url_kwarg = "number"
    template_name = "gallery/form.html"


class PhotographerMixin:
    """Adds a link to a form that adds a member to the select of authors."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the name of the select, and the URL of the form."""
        return super().get_context_data(adds_to="author", adds_url=reverse("member-add"), **kwargs)


class Add(PhotographerMixin, StaffView, CreateView):
    """Adds a photo. Success leads to it."""

    form_class = UploadForm
    success_message = "“%(title)s” is in the gallery."
    extra_context = {"heading": "Add a photo", "button": "Add"}


class Edit(PhotographerMixin, StaffView, UpdateView):
    """Edits the texts of a photo. Success leads to it."""

    form_class = PhotoForm
    success_message = "“%(title)s” is up to date."
    extra_context = {"heading": "Edit", "button": "Save"}


class Delete(StaffView, DeleteView):
    """Deletes a photo after a question. Success leads to the album or the feed."""

    success_message = "“%(title)s” is gone."
    extra_context = {
        "heading": "Delete",
        "text": "With all its comments. You can’t undo this.",
        "button": "Delete",
        "tone": "danger",
    }

    def get_success_url(self) -> str:
        """Return the URL of the album, if its URL has captured the owner; or else of the feed."""
        owner = self.kwargs.get("owner")
        return reverse("gallery:album", args=[owner]) if owner else reverse("gallery:feed")

    def get_success_message(self, cleaned_data: dict[str, Any]) -> str:
        """Take the title from the object, because the form has no fields."""
        return self.success_message % {"title": self.object}


# --- what is shown instead of a person's page ---


def card(request: HttpRequest, member: str, owner: str = "") -> HttpResponse:
    """Show the card of a member in a modal."""
    return render(request, "gallery/card.html", {"person": _person(member)})


# --- lookups ---


def _person(slug: str) -> Member:
    return get_object_or_404(Member.objects.prefetch_related("photos"), slug=slug)


def _others(slug: str) -> QuerySet[Member]:
    return Member.objects.filter(photos__isnull=False).exclude(slug=slug).distinct()
