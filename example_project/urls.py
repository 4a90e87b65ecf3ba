"""The root URLconf: a layout around all parts of the site, with slots for modals, drawers and messages."""

from __future__ import annotations

from functools import partial

from django.apps import apps
from django.conf import settings
from django.conf.urls.static import static
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from django_parallel_routes import intercept, slot, slots

from .dashboard.views.analytics import export
from .site import views

urlpatterns = [
    slots(
        "",
        layout="site/layout.html",
        children=[
            path("", views.start, name="start"),
            path("login/", views.Login.as_view(), name="login"),
            path("account/", views.Account.as_view(), name="account"),
            path("display/", views.Display.as_view(), name="display"),
            path("code/<path:card>/", views.code, name="code"),
            path("", include("example_project.dashboard.urls")),
            path("", include("example_project.gallery.urls")),
            path("", include("example_project.status.urls")),
        ],
        auth=slot(
            [
                intercept("login", views.Login.as_view(template_name="site/login_modal.html")),
                intercept(
                    "account", views.Account.as_view(template_name="site/account_modal.html")
                ),
            ],
            layout="django_parallel_routes/modal.html",
            default=None,
        ),
        drawer=slot(
            [
                intercept(
                    "display", views.Display.as_view(template_name="site/display_drawer.html")
                ),
                intercept("code", partial(views.code, template="site/code_drawer.html")),
            ],
            layout="django_parallel_routes/drawer.html",
            default=None,
        ),
        messages=slot([], default="site/_messages.html", unmatched="refresh"),
    ),
    # Responses that are not shown in a slot.
    path("logout/", LogoutView.as_view(), name="logout"),
    path("role/", views.choose_role, name="choose-role"),
    path("export/page-views.csv", export, name="export"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),  # with DEBUG only
]

if apps.is_installed("debug_toolbar"):
    from debug_toolbar.toolbar import debug_toolbar_urls

    urlpatterns += debug_toolbar_urls()
