"""Photos and their comments."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import FileExtensionValidator
from django.db import models
from django.dispatch import receiver
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from example_project.dashboard.models import Member

MEGABYTES = 5
SIGNATURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"RIFF")  # how PNG, JPEG and WebP begin


def validate_picture(file: File) -> None:
    """Refuse files that are too large, or that are no pictures in spite of their names."""
    if file.size > MEGABYTES * 1024**2:
        raise ValidationError(f"That is more than {MEGABYTES} MB.")
    file.seek(0)
    if not file.read(8).startswith(SIGNATURES):
        raise ValidationError("That is no picture.")


class Photo(models.Model):
    """A photo. Its files are static files named by its number, unless a user has uploaded it."""

    number = models.PositiveSmallIntegerField(unique=True, editable=False)
    picture = models.FileField(
        upload_to="photos",
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg", "webp"]), validate_picture],
    )
    title = models.CharField(max_length=80)
    caption = models.TextField()
    place = models.CharField(max_length=80)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="photos")
    taken = models.DateField(default=timezone.localdate)
    width = models.PositiveSmallIntegerField(default=1200)
    height = models.PositiveSmallIntegerField(default=800)

    class Meta:
        ordering = ["-taken", "-number"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new photo the next number."""
        if self.number is None:
            newest = Photo.objects.aggregate(models.Max("number", default=0))
            self.number = newest["number__max"] + 1
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The photo's page, which some pages show as a modal instead."""
        return reverse("gallery:photo", args=[self.number])

    @property
    def image(self) -> str:
        """The URL of the picture."""
        return self.picture.url if self.picture else static(f"gallery/photos/{self.number}.webp")

    @property
    def thumbnail(self) -> str:
        """Return the URL of the picture, 480 pixels wide. Uploads have only one size."""
        return (
            self.picture.url if self.picture else static(f"gallery/thumbnails/{self.number}.webp")
        )

    @property
    def shape(self) -> str:
        """Return a CSS class for the width in the grid. The site's policy forbids style attributes."""
        ratio = self.width / self.height
        return (
            "tall"
            if ratio < 0.9
            else "square"
            if ratio < 1.2
            else "wide"
            if ratio < 1.6
            else "broad"
        )


@receiver(models.signals.post_delete, sender=Photo)
def remove_picture(instance: Photo, **kwargs: Any) -> None:
    """Delete the uploaded file of a photo, also if the photo is deleted with its author."""
    instance.picture.delete(save=False)


class Comment(models.Model):
    """A comment of a user on a photo."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    text = models.CharField(max_length=400)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.text[:40]
