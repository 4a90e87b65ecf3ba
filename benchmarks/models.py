"""What the dashboard is about."""

from __future__ import annotations

from django.db import models


class Project(models.Model):
    name = models.CharField(max_length=60)
    team = models.CharField(max_length=30)
    progress = models.PositiveSmallIntegerField()
    due = models.DateField()

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    project = models.ForeignKey(Project, models.CASCADE, related_name="tasks")
    member = models.ForeignKey(Member, models.CASCADE, related_name="tasks")
    is_done = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.project}: {self.member}"


class Traffic(models.Model):
    day = models.DateField(db_index=True)
    page = models.CharField(max_length=60)
    views = models.PositiveIntegerField()
    visitors = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.day} {self.page}"


class Event(models.Model):
    member = models.ForeignKey(Member, models.CASCADE)
    project = models.ForeignKey(Project, models.CASCADE)
    verb = models.CharField(max_length=30)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.member} {self.verb} {self.project}"
