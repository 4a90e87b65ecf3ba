"""Django's own form views, as they are, in slots and in a modal, among slots that show what they write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import views as auth
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path, reverse_lazy
from django.views.generic import CreateView, DeleteView, FormView, ListView, UpdateView

from django_parallel_routes import intercept, slot, slots
from tests.models import Note, Reply
from tests.support.gates import gates
from tests.urls.nav_views import linking
from tests.views import says

MODAL = "django_parallel_routes/modal.html"
seen: list[str] = []
"""What has been submitted."""


class Notes(ListView):
    model = Note
    template_name = "forms/notes.html"


class Create(SuccessMessageMixin, CreateView):
    model = Note
    fields = ["name"]
    template_name = "forms/form.html"
    extra_context = {"title": "New note"}
    success_url = reverse_lazy("notes")
    success_message = "%(name)s is there."


class Strict(Create):
    """As those do it who follow the HTTP specification to the letter."""

    extra_context = {"title": "Strict note"}

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class Slow(Create):
    extra_context = {"title": "Slow note"}

    def form_valid(self, form: Any) -> HttpResponse:
        seen.append(form.cleaned_data["name"])
        gates.arrive("slow")
        return super().form_valid(form)


class Update(SuccessMessageMixin, UpdateView):
    model = Note
    fields = ["name"]
    template_name = "forms/form.html"
    extra_context = {"title": "A note"}
    success_url = reverse_lazy("notes")
    success_message = "%(name)s is its name."


class Delete(SuccessMessageMixin, DeleteView):
    model = Note
    template_name = "forms/form.html"
    extra_context = {"title": "Delete a note"}
    success_url = reverse_lazy("notes")
    success_message = "It is gone."


class Rename(FormView):
    """A formset."""

    form_class = forms.modelformset_factory(Note, fields=["name"], extra=1)
    template_name = "forms/form.html"
    extra_context = {"title": "All notes"}
    success_url = reverse_lazy("notes")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return kwargs

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        return super().form_valid(form)


class File(forms.Form):
    name = forms.CharField()
    file = forms.FileField()


class Upload(SuccessMessageMixin, FormView):
    form_class = File
    template_name = "forms/form.html"
    extra_context = {"title": "Upload"}
    success_url = reverse_lazy("notes")

    def get_success_message(self, cleaned_data: Any) -> str:
        file = cleaned_data["file"]
        return f"{file.name}: {file.read().decode()}"


class ReplyForm(forms.ModelForm):
    text = forms.CharField()

    class Meta:
        model = Reply
        fields = ["note"]


class ReplyView(CreateView):
    model = Reply
    form_class = ReplyForm
    template_name = "forms/form.html"
    extra_context = {"title": "Reply"}
    success_url = reverse_lazy("notes")


def echo(request: HttpRequest) -> HttpResponse:
    """What has arrived, and a form that sends it in all ways there are."""
    data = {**request.GET.dict(), **request.POST.dict()}
    arrived = {name: value for name, value in data.items() if name != "csrfmiddlewaretoken"}
    said = " ".join(
        [request.method or "", *(f"{name}={arrived[name]}" for name in sorted(arrived))]
    )
    return render(request, "forms/echo.html", {"said": said})


def verbs(request: HttpRequest) -> HttpResponse:
    """For htmx's own attributes."""
    seen.append(f"{request.method} {request.path}")
    if request.GET.get("write"):
        Note.objects.create(name=f"note {Note.objects.count()}")
    return HttpResponse(f"{request.method} arrived")


def events(request: HttpRequest) -> StreamingHttpResponse:
    """One server-sent event; then the browser connects again."""
    return StreamingHttpResponse(["event: news\ndata: -\n\n"], content_type="text/event-stream")


def gated(request: HttpRequest) -> HttpResponse:
    gates.arrive("slow")
    return says("gated")(request)


def search(request: HttpRequest) -> HttpResponse:
    found = Note.objects.filter(name__contains=request.GET.get("q", "")).values_list(
        "name", flat=True
    )
    return render(request, "forms/search.html", {"found": " ".join(found)})


def count(request: HttpRequest) -> HttpResponse:
    return says(f"{Note.objects.count()} of {request.get_full_path()}")(request)


LINKS = [
    *(
        "/f/",
        "/f/new/",
        "/f/strict/",
        "/f/slow/",
        "/f/all/",
        "/f/upload/",
        "/f/echo/",
        "/f/reply/",
    ),
    *("/f/login/", "/f/search/", "/f/other/", "/f/edit/1/", "/f/delete/1/", "/f/gated/"),
]

urlpatterns = [
    slots(
        "f/",
        layout=linking(*LINKS, template="forms/layout.html"),
        children=slot(
            [
                path("", Notes.as_view(), name="notes"),
                path("other/", says("other")),
                path("gated/", gated),
                path("new/", Create.as_view(), name="new"),
                path("strict/", Strict.as_view(), name="strict"),
                path("slow/", Slow.as_view(), name="slow"),
                path("edit/<int:pk>/", Update.as_view(), name="edit"),
                path("delete/<int:pk>/", Delete.as_view(), name="delete"),
                path("all/", Rename.as_view()),
                path("upload/", Upload.as_view(), name="upload"),
                path("reply/", ReplyView.as_view(), name="reply"),
                path("echo/", echo),
                path("echo/other/", echo),
                path(
                    "login/",
                    auth.LoginView.as_view(
                        template_name="forms/form.html",
                        next_page="notes",
                        extra_context={"title": "Log in"},
                    ),
                    name="login",
                ),
                path("logout/", auth.LogoutView.as_view(next_page="notes")),
            ],
            default=says("nothing here"),
        ),
        search=slot([path("search/", search)], default=search),
        count=slot([], default=count),
        quiet=slot([], default="forms/quiet.html"),
        messages=slot([], default="forms/messages.html", unmatched="refresh"),
        modal=slot(
            [
                *map(intercept, ("strict", "slow", "edit", "delete", "upload", "login", "reply")),
                intercept("new", opens="above"),
            ],
            layout=MODAL,
            default=None,
        ),
    ),
    path("verbs/", verbs),
    path("events/", events),
]
