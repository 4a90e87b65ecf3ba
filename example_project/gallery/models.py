"""Photographs, and who took them."""

from __future__ import annotations

from django.db import models
from django.templatetags.static import static
from django.urls import reverse

from example_project.dashboard.models import Member


class Photo(models.Model):
    """A picture; its files are static ones, named after its number."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=80)
    caption = models.TextField()
    place = models.CharField(max_length=80)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="photos")
    taken = models.DateField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The photo's page, which some pages show as a modal instead."""
        return reverse("gallery:photo", args=[self.number])

    @property
    def image(self) -> str:
        """The URL of the picture."""
        return static(f"gallery/photos/{self.number}.webp")

    @property
    def thumbnail(self) -> str:
        """The URL of the picture, 480 pixels wide."""
        return static(f"gallery/thumbnails/{self.number}.webp")

    @property
    def shape(self) -> str:
        """The class by which the grid knows how wide it is: a style attribute would break the policy."""
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
