"""How the site looks, and how slow it is, kept in the session."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

SESSION_KEY = "display"


class DisplayForm(forms.Form):
    """The choices; layout.html prints them as attributes of ``<html>``, and app.css obeys."""

    accent = forms.ChoiceField(
        label="Colour",
        choices=[("tide", "Tide"), ("dusk", "Dusk"), ("sand", "Sand"), ("heather", "Heather")],
        widget=forms.RadioSelect,
        initial="tide",
    )
    photos = forms.ChoiceField(
        label="Photos",
        choices=[("small", "Small"), ("medium", "Medium"), ("large", "Large")],
        widget=forms.RadioSelect,
        initial="medium",
    )
    delay = forms.ChoiceField(  # of clicks, in milliseconds: see middleware.slow_down
        label="A slow server",
        choices=[("0", "No"), ("700", "0.7 s"), ("2000", "2 s")],
        widget=forms.RadioSelect,
        initial="0",
    )

    @classmethod
    def chosen(cls, request: HttpRequest) -> dict[str, str]:
        """What the visitor has chosen, completed by what one has without choosing."""
        initial = {name: field.initial for name, field in cls.base_fields.items()}
        return initial | request.session.get(SESSION_KEY, {})

    def save(self, request: HttpRequest) -> None:
        """Remember the choices."""
        request.session[SESSION_KEY] = self.cleaned_data
