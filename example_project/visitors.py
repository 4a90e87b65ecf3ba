"""A database for each visitor of the hosted demo: what one visitor changes, no other sees.

Whoever comes back with the cookie of the first answer gets a copy of the seeded database. Each thread has
a connection of its own, which is pointed at the visitor's file for the length of a request.
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
    """Show each visitor a database of their own. It has to be the first middleware that reads data."""
    seeded = Path(settings.DATABASES["default"]["NAME"])
    folder = seeded.with_name("visitors")

    def middleware(request: HttpRequest) -> HttpResponse:
        sent = request.COOKIES.get(COOKIE, "")
        visitor = sent if re.fullmatch("[0-9a-f]{32}", sent) else uuid4().hex
        # Who keeps no cookies makes no files, but changes nothing of others either.
        has_own = visitor == sent or request.method not in {"GET", "HEAD"}
        use(file_of(folder, visitor, seeded) if has_own else seeded)
        response = get_response(request)
        if visitor != sent:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(COOKIE, visitor, DAY, httponly=True, samesite="Lax", secure=secure)
        return response

    return middleware


def file_of(folder: Path, visitor: str, seeded: Path) -> Path:
    """Return a visitor's database. With a new one, those that are older than a day go."""
    file = folder / f"{visitor}.sqlite3"
    if not file.exists():
        folder.mkdir(exist_ok=True)
        for other in folder.glob("*.sqlite3"):
            if other.stat().st_mtime < time.time() - DAY:
                other.unlink(missing_ok=True)
        copy = folder / f"{uuid4().hex}.new"
        shutil.copy(seeded, copy)
        copy.replace(file)  # at once, if two requests come together
    return file


def use(file: Path) -> None:
    """Point the connection of this thread at a file."""
    if str(connection.settings_dict["NAME"]) != str(file):
        connection.close()
        connection.settings_dict = {**connection.settings_dict, "NAME": str(file)}
