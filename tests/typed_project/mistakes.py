"""What mypy finds: each line is an error, or else mypy complains about the comment that expects one."""

from __future__ import annotations

import views
from django.urls import path

from django_parallel_routes import intercept, refresh, slot, slots

page = path("", views.wall)

slots("", children=[page])  # type: ignore[call-arg]  # no layout
slots(b"", layout="a.html", children=[page])  # type: ignore[arg-type]
slots("", layout=1, children=[page])  # type: ignore[arg-type]
slots("", layout="a.html", children=page)  # type: ignore[arg-type]  # not in a list
slots("", layout="a.html", children=["a.html"])  # type: ignore[list-item]
slots("", layout="a.html", children="a.html")  # type: ignore[arg-type]
slots("", layout="a.html", children=[page], remember="cookie")  # type: ignore[arg-type]
slot([page], unmatched="kept")  # type: ignore[arg-type]
slot([page], delivery="late")  # type: ignore[arg-type]
slot([page], laoding="a.html")  # type: ignore[call-arg]
slot([page], test_func=True)  # type: ignore[arg-type]
slot([page], test_func=lambda request: request.usr.is_staff)  # type: ignore[attr-defined]
slot(page)  # type: ignore[arg-type]
intercept(views.photo)  # type: ignore[arg-type]  # its name, not the view
intercept("photo", opens="over")  # type: ignore[arg-type]
refresh("team")  # type: ignore[arg-type]  # no request
