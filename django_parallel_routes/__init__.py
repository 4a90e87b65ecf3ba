"""Parallel and intercepted routes for Django and htmx.

One URL, several named slots of a layout, each navigated on its own::

    # urls.py
    from django.urls import path
    from django_parallel_routes import slot, slots

    urlpatterns = [
        slots(
            "dashboard/",
            layout="dashboard/layout.html",
            children=[path("", views.overview), path("settings/", views.settings)],
            team=[path("", views.team), path("settings/", views.team_settings)],
            analytics=slot([path("visitors/", views.visitors)], default=views.analytics),
        ),
    ]

    {# dashboard/layout.html #}
    {% load parallel_routes %}
    <main>{% slot %}</main> <aside>{% slot "team" %}</aside> {% slot "analytics" %}

The idea is that of Next.js's Parallel and Intercepting Routes. A request goes through the package in one
direction: declare (``routes``), match (``resolvers``), decide (``planning``), render (``rendering``),
answer (``http``).
"""

from django_parallel_routes.refresh import refresh
from django_parallel_routes.routes import intercept, slot, slots

__all__ = ["intercept", "refresh", "slot", "slots"]
__version__ = "0.1.0.dev0"
