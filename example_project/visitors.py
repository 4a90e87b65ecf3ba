"""Gives each visitor of the hosted demo a database, so that no visitor sees the changes of another.

A visitor who sends the cookie of the first response gets a copy of the seeded database. Each thread has
its own connection, which uses the visitor's file during a request.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
COOKIE = "demo-visitor"
DAY = 24 * 60 * 60


def database_per_visitor(get_response: GetResponse) -> GetResponse:
    """Use the visitor's own database. This must be the first middleware that reads data."""
    seeded = Path(settings.DATABASES["default"]["NAME"])
    folder = seeded.with_name("visitors")

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = request.COOKIES.get(COOKIE, "")
        visitor = sent if re.fullmatch("[0-9a-f]{32}", sent) else uuid4().hex
        # A visitor without cookies makes no file, unless a form is sent, which must not change the seed.
        has_own = visitor == sent or request.method not in {"GET", "HEAD"}
        use(file_of(folder, visitor, seeded) if has_own else seeded)
        response = get_response(request)
        if visitor != sent:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(COOKIE, visitor, DAY, httponly=True, samesite="Lax", secure=secure)
        return response

    return middleware


def file_of(folder: Path, visitor: str, seeded: Path) -> Path:
    """Return a visitor's database. Creating one deletes those that are older than a day."""
    file = folder / f"{visitor}.sqlite3"
    if not file.exists():
        folder.mkdir(exist_ok=True)
        for other in folder.glob("*.sqlite3"):
            if other.stat().st_mtime < time.time() - DAY:
                other.unlink(missing_ok=True)
        copy = folder / f"{uuid4().hex}.new"
        shutil.copy(seeded, copy)
        copy.replace(file)  # atomic, in case two requests arrive at once
    return file


def use(file: Path) -> None:
    """Make the connection of this thread use a file."""
    if str(connection.settings_dict["NAME"]) != str(file):
        connection.close()
        connection.settings_dict = {**connection.settings_dict, "NAME": str(file)}
