"""The display settings: how the site looks, how slow it is, and which htmx it loads."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse

SESSION_KEY = "display"
HTMX_COOKIE = "htmx"  # not in the session, so that benchmarks and tests can set it


class DisplayForm(forms.Form):
    """The display settings. base.html prints them as attributes of ``<html>``, and app.css uses these."""

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

    htmx = forms.ChoiceField(
        label="htmx: the site behaves the same with both",
        choices=[("2", "Version 2"), ("4", "Version 4")],
        widget=forms.RadioSelect,
        initial="2",
    )

    @classmethod
    def chosen(cls, request: HttpRequest) -> dict[str, str]:
        """Return the visitor's choices, or else the initial values."""
        chosen = {name: field.initial for name, field in cls.base_fields.items()}
        chosen |= request.session.get(SESSION_KEY, {})
        if request.COOKIES.get(HTMX_COOKIE) in {"2", "4"}:
            chosen["htmx"] = request.COOKIES[HTMX_COOKIE]
        return chosen

    def save(self, request: HttpRequest, response: HttpResponse) -> None:
        """Remember the choices."""
        version = self.cleaned_data.pop("htmx")
        request.session[SESSION_KEY] = self.cleaned_data
        response.set_cookie(
            HTMX_COOKIE, version, max_age=31_536_000, httponly=True, samesite="Lax"
        )
