"""The data of a small company: its people, its projects, and the visits to its site."""

from __future__ import annotations

from datetime import date
from itertools import chain, count
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify


class Role(models.TextChoices):
    """What a member may do."""

    OWNER = "owner", "Owner"
    ADMIN = "admin", "Admin"
    EDITOR = "editor", "Editor"
    VIEWER = "viewer", "Viewer"


class Member(models.Model):
    """A person of the team."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(unique=True, editable=False)
    title = models.CharField(max_length=80)
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.EDITOR)
    email = models.EmailField(
        unique=True, error_messages={"unique": "Somebody else has this address."}
    )
    city = models.CharField(max_length=60)
    bio = models.TextField(blank=True)
    joined = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new member a unique slug that is not the URL of another page of the team."""
        if not self.slug:
            name = slugify(self.name)[:40] or "member"
            taken = {"new", *Member.objects.values_list("slug", flat=True)}
            slugs = chain([name], (f"{name}-{number}" for number in count(2)))
            self.slug = next(slug for slug in slugs if slug not in taken)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The member's page, in the team slot."""
        return reverse("member", args=[self.slug])

    @property
    def initials(self) -> str:
        """Up to two letters for the avatar."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    @property
    def tone(self) -> int:
        """One of the six colours an avatar can have."""
        return ord(self.slug[0]) % 6


class Project(models.Model):
    """A project of the team. It is shown in a segment with slots of its own."""

    class Status(models.TextChoices):
        ON_TRACK = "on-track", "On track"
        AT_RISK = "at-risk", "At risk"
        PAUSED = "paused", "Paused"

    name = models.CharField(max_length=80)
    slug = models.SlugField(unique=True)
    summary = models.TextField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ON_TRACK)
    lead = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="leads")
    due = models.DateField()

    class Meta:
        ordering = ["due", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The project's first page, in the children slot."""
        return reverse("project", args=[self.slug])


class Milestone(models.Model):
    """A step of a project, with the number of its tasks and of those that are done."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    description = models.TextField()
    due = models.DateField()
    tasks = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="milestone_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.title}"

    def get_absolute_url(self) -> str:
        """The milestone's page, in the children slot of its project."""
        return reverse("milestone", args=[self.project.slug, self.number])

    @property
    def progress(self) -> int:
        """Return how much of it is done, in percent."""
        return round(100 * self.done / self.tasks) if self.tasks else 0


class ProjectFile(models.Model):
    """A text file of a project; its path may have folders, so its route is a catch-all."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["project", "path"], name="file_path_once"),
        ]

    def __str__(self) -> str:
        return self.path


class Comment(models.Model):
    """A comment in a project's discussion. Visitors write comments without an author."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, blank=True)
    text = models.CharField(max_length=400)
    created = models.DateTimeField()

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Activity(models.Model):
    """Something that a member did."""

    class Kind(models.TextChoices):
        SHIPPED = "shipped", "Shipped"
        REVIEWED = "reviewed", "Reviewed"
        COMMENTED = "commented", "Commented"

    kind = models.CharField(max_length=9, choices=Kind.choices)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="activities")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="activities")
    text = models.CharField(max_length=120)
    created = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"


class Change(models.Model):
    """A change that the staff made to the team."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    text = models.CharField(max_length=120)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return self.text


class Traffic(models.Model):
    """The visits of one day to one page, from one country and one source."""

    day = models.DateField()
    page = models.CharField(max_length=60)
    country = models.CharField(max_length=40)
    source = models.CharField(max_length=20)
    views = models.PositiveIntegerField()
    visitors = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "traffic"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "page", "country", "source"], name="traffic_counted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.page}: {self.views}"


class Workspace(models.Model):
    """The company's preferences: one row."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        SUNDAY = 6, "Sunday"

    name = models.CharField(max_length=40, default="Tideline")
    week_starts = models.PositiveSmallIntegerField(choices=Weekday.choices, default=Weekday.MONDAY)
    alert_below = models.PositiveSmallIntegerField(
        "alert when daily visitors fall below",
        default=800,
        validators=[MinValueValidator(10), MaxValueValidator(9999)],
    )
    digest = models.BooleanField("send a digest every week", default=True)
    default_role = models.CharField(
        "role of new members", max_length=8, choices=Role.choices, default=Role.EDITOR
    )
    seeded_on = models.DateField(null=True, editable=False)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> Workspace:
        """Return the row, or a new object with the defaults if nothing has been saved."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def today(self) -> date:
        """Return the day on which the data were seeded, so that the charts always have data."""
        return self.seeded_on or timezone.localdate()
