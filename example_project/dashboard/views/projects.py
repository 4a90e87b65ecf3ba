"""The nested segment: a project has a layout and three slots of its own."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.generic import DetailView

from .. import charts, forms, queries
from ..models import Milestone, Project, ProjectFile, Workspace


def index(request: HttpRequest) -> HttpResponse:
    """Show all projects: a page of the dashboard's ``children``."""
    return render(request, "dashboard/projects/index.html", {"projects": queries.projects()})


def layout(request: HttpRequest, project: str) -> HttpResponse:
    """Show the layout of a project: a view, because it prints the project's name."""
    context = {
        "project": get_object_or_404(Project, slug=project),
        "projects": Project.objects.all(),
    }
    return render(request, "dashboard/projects/layout.html", context)


class Overview(DetailView):
    """The first page of a project, and the default of its ``children``: a generic view."""

    slug_url_kwarg = "project"
    template_name = "dashboard/projects/overview.html"

    def get_queryset(self) -> QuerySet[Project]:
        """Return projects with the number of their tasks."""
        return queries.projects()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a chart of the actions in each week."""
        weeks = queries.activity_per_week(self.object.activities.all(), Workspace.load().today)
        chart = charts.area_chart(weeks, noun="actions", per="week")
        return super().get_context_data(chart=chart, **kwargs)


def milestones(request: HttpRequest, project: str) -> HttpResponse:
    """Show the milestones of a project."""
    context = {"project": _project(project), "milestones": _steps(project)}
    return render(request, "dashboard/projects/milestones.html", context)


def milestone(request: HttpRequest, project: str, number: int) -> HttpResponse:
    """Show a milestone, with links to the one before and the one after."""
    steps = _steps(project)
    context = {
        "project": _project(project),
        "milestone": get_object_or_404(steps, number=number),
        "before": steps.filter(number__lt=number).last(),
        "after": steps.filter(number__gt=number).first(),
    }
    return render(request, "dashboard/projects/milestone.html", context)


def files(request: HttpRequest, project: str) -> HttpResponse:
    """List the files: a page of the ``files`` slot, and its default."""
    subject = _project(project)
    context = {"project": subject, "files": subject.files.all()}
    return render(request, "dashboard/projects/files.html", context)


def file(request: HttpRequest, project: str, file: str) -> HttpResponse:
    """Show a file: a page of the ``files`` slot."""
    found = get_object_or_404(
        ProjectFile.objects.select_related("project"), project__slug=project, path=file
    )
    return render(request, "dashboard/projects/file.html", {"file": found})


def discussion(request: HttpRequest, project: str) -> HttpResponse:
    """Show comments, newest first, and a form. A POST reaches only this view."""
    subject = _project(project)
    form = forms.CommentForm(request.POST or None)
    if form.is_valid():
        form.instance.project = subject
        form.instance.created = timezone.now()
        form.save()
        return redirect("discussion", project=project)
    comments = subject.comments.select_related("author")
    context = {
        "project": subject,
        "form": form,
        "page": Paginator(comments, 4).get_page(request.GET.get("page")),
    }
    return render(request, "dashboard/projects/discussion.html", context)


def _project(slug: str) -> Project:
    return get_object_or_404(Project, slug=slug)


def _steps(slug: str) -> QuerySet[Milestone]:
    return Milestone.objects.filter(project__slug=slug).select_related("project")
