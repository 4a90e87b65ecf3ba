"""The ``team`` slot."""

from __future__ import annotations

from typing import Any

from django.contrib.messages.views import SuccessMessageMixin
from django.core.paginator import Paginator
from django.db.models import ProtectedError, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.text import get_text_list
from django.views.generic import CreateView, DeleteView, UpdateView

from example_project.site.mixins import StaffOnly

from .. import charts, forms, queries
from ..models import Change, Member, Role, Workspace


def members(request: HttpRequest) -> HttpResponse:
    """List the members, newest first: a page of the ``team`` slot, and its default."""
    form = forms.MemberFilter(request.GET, auto_id=False)
    found = form.find(queries.members().order_by("-joined", "-pk"))
    page = Paginator(found, 5).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "query": f"{form.query}&" if form.query else ""}
    return render(request, "dashboard/team/members.html", context)


def member(request: HttpRequest, member: str) -> HttpResponse:
    """Show a member."""
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


# --- Pages for the staff, which the dashboard shows in a modal, too ---


class StaffView(StaffOnly, SuccessMessageMixin):
    """Changes a member, shows a message, and records the change.

    These views name no slots to refresh. With ``PARALLEL_ROUTES_WATCH_QUERIES``, the response to the
    redirect contains all slots that have read the tables that the view writes.
    """

    model = Member
    slug_url_kwarg = "member"
    template_name = "dashboard/team/form.html"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Record the change after it has been saved."""
        response = super().form_valid(form)
        message = self.get_success_message(form.cleaned_data)
        Change.objects.create(user=self.request.user, text=message)
        return response


class Add(StaffView, CreateView):
    """Adds a member, who is then the first of the list."""

    form_class = forms.MemberForm
    success_url = reverse_lazy("team")
    success_message = "%(name)s has joined the team."
    extra_context = {"heading": "Add a member", "button": "Add"}

    def get_initial(self) -> dict[str, Any]:
        """Begin with the role of new members from the settings of the team."""
        return {"role": Workspace.load().default_role}


class Edit(StaffView, UpdateView):
    """Edits a member. Success leads to the member's page."""

    form_class = forms.MemberForm
    success_message = "%(name)s is up to date."
    extra_context = {"heading": "Edit", "button": "Save"}


class Delete(StaffView, DeleteView):
    """Deletes a member after a question. The form refuses this for members who lead a project."""

    success_url = reverse_lazy("team")
    success_message = "%(name)s has left the team."
    extra_context = {
        "heading": "Delete",
        "text": "With all photos, comments and activity. There is no way back.",
        "button": "Delete",
        "tone": "danger",
    }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Delete the member, or show an error if the database protects it."""
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            projects = get_text_list([str(project) for project in error.protected_objects], "and")
            form.add_error(None, f"First somebody else has to lead {projects}.")
            return self.form_invalid(form)

    def get_success_message(self, cleaned_data: dict[str, Any]) -> str:
        """Take the name from the object, because the form has no fields."""
        return self.success_message % {"name": self.object}


class Settings(SuccessMessageMixin, UpdateView):
    """The role of new members. The page has the URL of the workspace's settings; the form has its own."""

    model = Workspace
    fields = ["default_role"]
    template_name = "dashboard/team/settings.html"
    success_url = reverse_lazy("settings")
    success_message = "Saved: the role of new members."

    def get_object(self, queryset: QuerySet[Workspace] | None = None) -> Workspace:
        """Return the only row."""
        return Workspace.load()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how many members have each role."""
        counts = queries.roles()
        roles = [{"label": role.label, "count": counts.get(role, 0)} for role in Role]
        return super().get_context_data(roles=roles, **kwargs)
