"""Any path is a page, also one that begins with two slashes; and links that lead to other sites."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import intercept, slot, slots
from tests.urls.nav_views import html, linking

ELSEWHERE = ("//evil.example/", r"\\evil.example", "/\t/evil.example/")
LINKS = "".join(f'<a href="{url}">To {n}</a>' for n, url in enumerate(ELSEWHERE))

urlpatterns = [
    slots(
        "",
        layout=linking("/a/", "/photo/", template="hostile.html"),
        children=[
            path("photo/", html("photo"), name="photo"),
            path("<path:rest>", html(f"page {LINKS}")),
        ],
        side=slot([], default=html("side"), loading=html("loading")),
        modal=slot(
            [intercept("photo", html('modal <button data-pr-close type="button">Close</button>'))],
            default=None,
        ),
    )
]
