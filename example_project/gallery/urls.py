"""The URLs of the gallery. A photo opens in a lightbox over the feed, in a drawer, or as a page."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import intercept, slot, slots
from example_project.dashboard.views import team

from . import views

app_name = "gallery"

# Views that are shown in modals, with other templates than on their pages.
lightbox = views.PhotoView.as_view(template_name="gallery/lightbox.html")
side = views.PhotoView.as_view(template_name="gallery/side.html", of_author=True)
staff = [
    intercept("gallery:add", views.Add.as_view(template_name="site/form_modal.html")),
    intercept("gallery:edit", views.Edit.as_view(template_name="site/form_modal.html")),
    intercept("gallery:delete", views.Delete.as_view(template_name="site/form_modal.html")),
    # It opens above the form of a photo, whose select then gets a new option.
    intercept("member-add", team.Add.as_view(template_name="site/form_modal.html"), opens="above"),
]

feed = slots(
    "gallery/",
    layout="gallery/layout.html",
    children=[path("", views.feed, name="feed")],
    modal=slot(
        [
            intercept("gallery:photo", lightbox),  # the next photo replaces the one before
            intercept(
                "gallery:person",
                views.card,
                opens="above",  # a second dialog, over the photo
                background="gallery:feed",  # after a hard load, over the feed
            ),
            *staff,
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
            intercept("gallery:photo", side),
            intercept("gallery:person", views.card, opens="above"),
            *staff,
        ],
        layout="django_parallel_routes/drawer.html",
        default=None,
    ),
)

urlpatterns = [
    feed,
    album,
    path("gallery/photos/<int:number>/", views.PhotoView.as_view(), name="photo"),
    path("gallery/photos/new/", views.Add.as_view(), name="add"),
    path("gallery/photos/<int:number>/edit/", views.Edit.as_view(), name="edit"),
    path("gallery/photos/<int:number>/delete/", views.Delete.as_view(), name="delete"),
    path("gallery/people/<slug:member>/", views.person, name="person"),
]
