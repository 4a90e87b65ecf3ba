from django.urls import include, path

from tests.adopting import views

urlpatterns = [
    path("accounts/", include("django.contrib.auth.urls")),
    path("", views.NoteList.as_view(), name="notes"),
    path("new/", views.NoteCreate.as_view(), name="note-create"),
    path("<int:pk>/", views.NoteDetail.as_view(), name="note"),
    path("<int:pk>/edit/", views.NoteUpdate.as_view(), name="note-update"),
    path("statistics/", views.statistics, name="statistics"),
]
