from django.urls import include, path

from django_parallel_routes import intercept, slot, slots
from tests.adopting import views

urlpatterns = [
    path("accounts/", include("django.contrib.auth.urls")),
    slots(
        "",
        layout="layout.html",
        children=[
            path("", views.NoteList.as_view(), name="notes"),
            path("new/", views.NoteCreate.as_view(), name="note-create"),
            path("<int:pk>/", views.NoteDetail.as_view(), name="note"),
            path("<int:pk>/edit/", views.NoteUpdate.as_view(), name="note-update"),
            path("statistics/", views.statistics, name="statistics"),
            slots(
                "dashboard/",
                layout="dashboard.html",
                children=slot([], default=views.statistics),
                newest=[path("", views.NoteList.as_view(), name="dashboard")],
            ),
        ],
        modal=slot(
            [intercept(name) for name in ("note", "note-create", "note-update")],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
        messages=slot([], default="messages.html", unmatched="refresh"),
    ),
]
