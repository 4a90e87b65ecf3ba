"""The gallery: ``photos/7/`` is a lightbox over the feed, a drawer beside an album, or a page of its own."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import intercept, slot, slots

from . import views

app_name = "gallery"

feed = slots(
    "gallery/",
    layout="gallery/layout.html",
    children=[path("", views.feed, name="feed")],
    modal=slot(
        [
            intercept("gallery:photo", views.lightbox),  # the next photo replaces the one before
            intercept(
                "gallery:person",
                views.card,
                opens="above",  # a second dialog, over the photo
                background="gallery:feed",  # and over the feed, if one comes from nowhere
            ),
        ],
        layout="django_parallel_routes/modal.html",
        default=None,
    ),
)

album = slots(
    "gallery/<slug:owner>/",
    layout="gallery/layout.html",
    children=[path("", views.album, name="album")],
    modal=slot(
        [
            intercept("gallery:photo", views.side),
            intercept("gallery:person", views.card, opens="above"),
        ],
        layout="django_parallel_routes/drawer.html",
        default=None,
    ),
)

urlpatterns = [
    feed,
    album,
    path("photos/<int:number>/", views.photo, name="photo"),
    path("people/<slug:member>/", views.person, name="person"),
]
