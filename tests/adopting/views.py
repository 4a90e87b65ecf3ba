"""The views of a small site, written before it knew of slots: they stay as they are."""

from __future__ import annotations

from django.contrib.messages.views import SuccessMessageMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from tests.models import Note


class NoteList(ListView):
    model = Note
    template_name = "notes/list.html"
    paginate_by = 2

    def get_queryset(self) -> QuerySet:
        return Note.objects.filter(name__contains=self.request.GET.get("q", "")).order_by("pk")


class NoteDetail(DetailView):
    model = Note
    template_name = "notes/detail.html"


class NoteForm(SuccessMessageMixin):
    model = Note
    fields = ["name"]
    template_name = "notes/form.html"
    success_url = reverse_lazy("notes")
    success_message = "%(name)s is saved."


class NoteCreate(NoteForm, CreateView):
    pass


class NoteUpdate(NoteForm, UpdateView):
    pass


def statistics(request: HttpRequest) -> HttpResponse:
    return render(request, "notes/statistics.html", {"numbers": [Note.objects.count(), 7]})
