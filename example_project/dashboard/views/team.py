"""The ``team`` slot."""

from __future__ import annotations

from typing import Any

from django.contrib.messages.views import SuccessMessageMixin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.generic import UpdateView

from .. import charts, queries
from ..models import Role, Workspace


def members(request: HttpRequest) -> HttpResponse:
    """A page of the team; without a URL of its own it is the slot's default."""
    page = Paginator(queries.members(), 5).get_page(request.GET.get("page"))
    return render(request, "dashboard/team/members.html", {"page": page})


def member(request: HttpRequest, member: str) -> HttpResponse:
    """One person."""
    person = get_object_or_404(queries.members(), slug=member)
    weeks = queries.activity_per_week(person.activities.all(), Workspace.load().today)
    context = {
        "member": person,
        "leads": person.leads.all(),
        "photos": person.photos.count(),
        "recent": person.activities.select_related("project")[:3],
        "spark": charts.sparkline([week.value for week in weeks]),
    }
    return render(request, "dashboard/team/member.html", context)


class Settings(SuccessMessageMixin, UpdateView):
    """What new members may do. Shares its URL with the workspace's settings, and posts to one of its own."""

    model = Workspace
    fields = ["default_role"]
    template_name = "dashboard/team/settings.html"
    success_url = reverse_lazy("settings")
    success_message = "Saved: the role of new members."

    def get_object(self, queryset: QuerySet[Workspace] | None = None) -> Workspace:
        """The one row."""
        return Workspace.load()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who has which role today."""
        counts = queries.roles()
        roles = [{"label": role.label, "count": counts.get(role, 0)} for role in Role]
        return super().get_context_data(roles=roles, **kwargs)
