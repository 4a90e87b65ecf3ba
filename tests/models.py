"""Tables for tests of what is written, and of what a database refuses."""

from __future__ import annotations

from django.db import models


class Note(models.Model):
    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class Reply(models.Model):
    """Refers to a note, which Django's databases look at when the transaction is committed."""

    note = models.ForeignKey(Note, models.CASCADE)

    def __str__(self) -> str:
        return f"to {self.note_id}"
