"""The settings of the board: how slow it is, and what fails."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

SESSION_KEY = "status"


class Knobs(forms.Form):
    """The settings in the query. The session remembers them for other URLs of the board."""

    delay = forms.IntegerField(
        label="Delay in ms",
        min_value=0,
        max_value=5000,
        initial=1200,
        widget=forms.NumberInput(attrs={"step": 100}),
    )
    gauge = forms.ChoiceField(
        label="The tide gauge",
        choices=[("works", "works"), ("flaky", "fails every other time"), ("fails", "fails")],
        initial="flaky",
    )

    @classmethod
    def of(cls, request: HttpRequest) -> Knobs:
        """Return the form with the settings of the query, or of the session, or the initial ones."""
        return cls(cls._stored(request) | request.GET.dict())

    @classmethod
    def read(cls, request: HttpRequest) -> dict[str, Any]:
        """Return the settings. If the query has an invalid one, return those of the session instead."""
        knobs = cls.of(request)
        return knobs.cleaned_data if knobs.is_valid() else cls._stored(request)

    def remember(self, request: HttpRequest) -> None:
        """Store the query's settings in the session.

        Without a change, nothing is written: a page that writes can't be prefetched.
        """
        if self.is_valid() and self.cleaned_data != self._stored(request):
            request.session[SESSION_KEY] = self.cleaned_data

    @classmethod
    def _stored(cls, request: HttpRequest) -> dict[str, Any]:
        initial = {name: field.initial for name, field in cls.base_fields.items()}
        return initial | request.session.get(SESSION_KEY, {})
