"""A guarded form that widgets set up."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import slot, slots
from tests.urls.nav_views import html, linking

FORM = """
    <form data-pr-guard="Leave?" x-data="{ said: 'from the script' }">
        <input id="date" name="date" value="2026-01-02">
        <input id="said" name="said" x-model="said">
        <button type="button" id="say" @click="said = 'more'">Say more</button>
    </form>
    <a href="/w/?out" id="out" hx-boost="false" hx-boost:inherited="false">Out</a>
"""

urlpatterns = [
    slots(
        "w/",
        layout=linking("/w/", "/w/edit/"),
        children=slot([path("", html("home")), path("edit/", html(FORM))]),
        side=slot([], default=None),
    ),
]
