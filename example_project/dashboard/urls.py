"""The URLs of the dashboard. Compare ``slots("dashboard/", ...)`` with dashboard/layout.html."""

from __future__ import annotations

from django.urls import path

from django_parallel_routes import intercept, slot, slots

from .views import activity, analytics, changes, pages, projects, team

IN_MODAL = {"template_name": "site/form_modal.html"}

project = slots(  # a segment inside a slot: it has a layout and slots of its own
    "projects/<slug:project>/",
    layout=projects.layout,
    children=slot(
        [
            path("", projects.Overview.as_view(), name="project"),
            path("milestones/", projects.milestones, name="milestones"),
            path("milestones/<int:number>/", projects.milestone, name="milestone"),
        ],
        default="project",
    ),
    files=slot(
        [
            path("files/", projects.files, name="project-files"),
            path("files/<path:file>", projects.file, name="project-file"),  # another catch-all
        ],
        default=projects.files,
        unmatched="default",  # a file closes if you navigate elsewhere in the project
    ),
    discussion=slot(
        [path("discussion/", projects.discussion, name="discussion")],
        default=projects.discussion,
    ),
)

urlpatterns = [
    slots(
        "dashboard/",
        layout="dashboard/layout.html",
        children=slot(
            [
                path("", pages.overview, name="overview"),
                path("projects/", projects.index, name="projects"),
                project,
                path("docs/", pages.docs, name="docs-home"),
                path("docs/<path:rest>", pages.docs, name="docs"),  # a catch-all
                path("settings/", pages.Settings.as_view(), name="settings"),
                path("playground/", pages.playground, name="playground"),
                path("playground/slow/", pages.slow, name="slow"),
                path("playground/broken/", pages.broken, name="broken"),
            ],
            default="overview",  # the route: its link in the menu is current
        ),
        team=slot(
            [
                path("team/", team.members, name="team"),
                path("team/new/", team.Add.as_view(), name="member-add"),
                path("team/<slug:member>/", team.member, name="member"),
                path("team/<slug:member>/edit/", team.Edit.as_view(), name="member-edit"),
                path("team/<slug:member>/delete/", team.Delete.as_view(), name="member-delete"),
                path("settings/", team.Settings.as_view()),  # the same URL as in children
                path("settings/team/", team.Settings.as_view(), name="team-settings"),
            ],
            default=team.members,
            not_found="dashboard/team/not_found.html",  # for example, Back to a member who was deleted
        ),
        analytics=slot(
            [
                path("page-views/", analytics.page_views, name="page-views"),
                path("visitors/", analytics.visitors, name="visitors"),
                path("sources/", analytics.sources, name="sources"),
            ],
            layout="dashboard/analytics/tabs.html",  # wraps the three pages, not the default
            default=analytics.summary,
        ),
        activity=slot(
            [path("activity/", activity.feed, name="activity")],
            default=activity.feed,
        ),
        changes=slot([], default=changes.latest, test_func=lambda request: request.user.is_staff),
        modal=slot(
            [
                intercept("member-add", team.Add.as_view(**IN_MODAL)),
                intercept("member-edit", team.Edit.as_view(**IN_MODAL)),
                intercept("member-delete", team.Delete.as_view(**IN_MODAL)),
            ],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
    ),
]
