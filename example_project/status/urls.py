"""The URLs of the status board.

Each panel is a slot that declares what it shows while it loads, and if it fails. Compare this module with
its template, status/layout.html.
"""

from __future__ import annotations

from typing import Any

from django.urls import path

from django_parallel_routes import slot, slots

from . import views

LOADING = "django_parallel_routes/loading.html"  # any template or view may stand here
ERROR = "django_parallel_routes/error.html"
NOT_FOUND = "django_parallel_routes/not_found.html"


def panel(view: Any, **options: Any) -> Any:
    """Return a slot that shows the same view at all URLs of the board."""
    return slot([path("", view)], default=view, **options)


urlpatterns = [
    slots(
        "status/",
        layout="status/layout.html",
        children=slot([path("", views.knobs, name="status")], default=views.knobs),
        # Fast and slow.
        uptime=panel(views.uptime),
        queue=panel(views.queue, loading=LOADING, error=ERROR),
        latency=panel(views.latency, loading=LOADING, error=ERROR, delivery="streamed"),
        deploys=panel(views.deploys, loading=LOADING, error=ERROR),
        # What can go wrong.
        gauge=panel(views.gauge, loading=LOADING, error=ERROR),
        incident=panel(views.incident, not_found=NOT_FOUND),
        costs=panel(views.costs, error=ERROR),
        # Which users see it. The layout has `{% if user.is_staff %}` around the audit.
        rota=panel(views.rota, test_func=lambda request: request.user.is_authenticated),
        keys=panel(views.keys, test_func=lambda request: request.user.is_staff),
        audit=panel(views.audit),
        # A tab group: while a tab is loading, or if it fails, the tabs stay.
        log=slot(
            [
                path("log/", views.log, name="status-requests"),
                path("log/<slug:kind>/", views.log, name="status-log"),
            ],
            layout="status/log_tabs.html",
            default="status-requests",  # a route, so that its tab is current
            default_layout="status/log_tabs.html",
            loading=LOADING,
            error=ERROR,
            not_found="status/no_log.html",
        ),
    ),
]
