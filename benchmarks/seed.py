"""Fills a database in memory with the same data in each run, and logs a user in."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta, timezone

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from benchmarks.models import Event, Member, Project, Task, Traffic

NAMES = ("Ada", "Bell", "Cyd", "Dora", "Emil", "Fay", "Gus", "Hana", "Ines", "Jon", "Kaya", "Luis")
ROLES = ("Engineer", "Designer", "Analyst", "Product manager")
PAGES = (
    "/",
    "/pricing/",
    "/docs/",
    "/docs/install/",
    "/blog/",
    "/blog/a-year/",
    "/about/",
    "/jobs/",
)
VERBS = ("commented on", "finished a task in", "opened a task in", "renamed")
TODAY = date(2030, 1, 31)


def seed() -> None:
    """Make the tables, and fill them with a few thousand rows."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    dice = random.Random(2)
    projects = Project.objects.bulk_create(
        Project(
            name=f"Project {number:02}",
            team=dice.choice(("Web", "Data", "Mobile")),
            progress=dice.randrange(5, 100),
            due=TODAY + timedelta(days=dice.randrange(90)),
        )
        for number in range(30)
    )
    members = Member.objects.bulk_create(
        Member(name=f"{name} O'{name}", role=dice.choice(ROLES)) for name in NAMES
    )
    Task.objects.bulk_create(
        Task(
            project=dice.choice(projects),
            member=dice.choice(members),
            is_done=dice.random() < 0.6,
        )
        for _ in range(600)
    )
    Traffic.objects.bulk_create(
        Traffic(
            day=TODAY - timedelta(days=day),
            page=page,
            views=dice.randrange(200, 2_000),
            visitors=dice.randrange(50, 200),
        )
        for day in range(120)
        for page in PAGES
    )
    noon = datetime(2030, 1, 31, 12, tzinfo=timezone.utc)
    Event.objects.bulk_create(
        Event(
            member=dice.choice(members),
            project=dice.choice(projects),
            verb=dice.choice(VERBS),
            at=noon - timedelta(minutes=7 * number),
        )
        for number in range(500)
    )


def log_in() -> str:
    """Return the cookies of a user who is logged in, and has a CSRF token already."""
    user = User.objects.create_user("robin", "robin@example.com")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}; csrftoken={'c' * 32}"
