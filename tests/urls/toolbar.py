"""The two tab bars of ``tests.urls.tabs``, with django-debug-toolbar's own URLs beside them."""

from __future__ import annotations

from django.urls import include, path

from tests.urls import tabs

urlpatterns = [path("__debug__/", include("debug_toolbar.urls")), *tabs.urlpatterns]
