"""``manage.py seed`` fills the example with data, which are the same each time."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta, timezone as tz
from math import sin
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from example_project.dashboard import models, seed_data
from example_project.gallery.models import Comment, Photo
from example_project.gallery.seed_data import COMMENTS, PHOTOS

DAYS = 90


class Command(BaseCommand):
    """Throw the example's data away and write it anew: same numbers, days counted from today."""

    help = (
        "Fill the example with its people, projects, traffic and photos (replaces what is there)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add ``--today``, with which tests and screenshots fix the day."""
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            default=timezone.localdate(),
            help="the newest day of the story, as YYYY-MM-DD; default: today",
        )

    @transaction.atomic
    def handle(self, *args: Any, today: date, **options: Any) -> None:
        """Delete and write the data, in one transaction."""
        _clear()
        random = Random(7)
        members = _members(random, today)
        projects = _projects(random, today, members)
        _comments(random, today, members, projects)
        _activities(random, today, members, projects)
        _traffic(random, today)
        _photos(today, members)
        _users()
        _photo_comments()
        models.Workspace.objects.create(pk=1, seeded_on=today)
        self.stdout.write(
            self.style.SUCCESS(
                f"Seeded {len(members)} members, {len(projects)} projects, {len(PHOTOS)} photos "
                f"and {models.Traffic.objects.count():,} rows of traffic."
            )
        )


def _clear() -> None:
    for model in (
        models.Traffic,
        models.Project,
        models.Member,
        models.Workspace,
        models.Change,
    ):
        model.objects.all().delete()


def _members(random: Random, today: date) -> list[models.Member]:
    return models.Member.objects.bulk_create(
        models.Member(
            name=name,
            slug=slugify(name),
            title=title,
            role=role,
            email=f"{slugify(name).partition('-')[0]}@tideline.example",
            city=city,
            bio=bio,
            joined=today - timedelta(days=random.randint(60, 1800)),
        )
        for name, title, role, city, bio in seed_data.MEMBERS
    )


def _projects(random: Random, today: date, members: list[models.Member]) -> list[models.Project]:
    people = {member.name: member for member in members}
    projects = [
        models.Project.objects.create(
            name=name,
            slug=slugify(name),
            summary=summary,
            status=status,
            lead=people[lead],
            due=today + timedelta(days=days),
        )
        for name, lead, status, days, summary in seed_data.PROJECTS
    ]
    for project in projects:
        _milestones(random, today, project)
        _files(project)
    return projects


def _milestones(random: Random, today: date, project: models.Project) -> None:
    first = project.due - timedelta(days=80)
    for number, (title, description) in enumerate(seed_data.MILESTONES, start=1):
        due = first + timedelta(days=20 * (number - 1))
        tasks = random.randint(6, 18)
        left = max((due - today).days, 0) / 40
        done = tasks if due < today else round(tasks * max(0.7 - left, 0))
        models.Milestone.objects.create(
            project=project,
            number=number,
            title=title,
            description=description,
            due=due,
            tasks=tasks,
            done=done,
        )


def _files(project: models.Project) -> None:
    models.ProjectFile.objects.bulk_create(
        models.ProjectFile(
            project=project,
            path=path,
            text=text.format(
                project=project.name, summary=project.summary, lead=project.lead, due=project.due
            ),
        )
        for path, text in seed_data.FILES
    )


def _comments(
    random: Random, today: date, members: list[models.Member], projects: list[models.Project]
) -> None:
    models.Comment.objects.bulk_create(
        models.Comment(
            project=project,
            author=random.choice(members),
            text=text,
            created=_moment(random, today - timedelta(days=1 + age)),
        )
        for project in projects
        for age, text in enumerate(random.sample(seed_data.COMMENTS, 7))
    )


def _activities(
    random: Random, today: date, members: list[models.Member], projects: list[models.Project]
) -> None:
    activities = []
    for _ in range(240):
        kind = random.choice(list(seed_data.ACTIONS))
        activities.append(
            models.Activity(
                kind=kind,
                member=random.choice(members),
                project=random.choice(projects),
                text=random.choice(seed_data.ACTIONS[kind]),
                created=_moment(random, today - timedelta(days=random.randint(1, 83))),
            )
        )
    models.Activity.objects.bulk_create(activities)


def _traffic(random: Random, today: date) -> None:
    """Write traffic that grows slowly, varies with the weekday, and has some noise."""
    rows = []
    for age in range(DAYS - 1, -1, -1):
        day = today - timedelta(days=age)
        tide = (0.62 if day.weekday() >= 5 else 1) * (1 + 0.12 * sin(age / 9))
        level = tide * (1.35 - age / 220) * random.uniform(0.93, 1.07)
        for page, page_weight in seed_data.PAGES:
            for country, country_weight in seed_data.COUNTRIES:
                for source, source_weight in seed_data.SOURCES:
                    expected = level * page_weight * country_weight * source_weight / 16
                    visitors = round(expected * random.uniform(0.75, 1.25))
                    rows.append(
                        models.Traffic(
                            day=day,
                            page=page,
                            country=country,
                            source=source,
                            visitors=visitors,
                            views=round(visitors * random.uniform(1.3, 2.6)),
                        )
                    )
    models.Traffic.objects.bulk_create(rows, batch_size=2000)


def _photos(today: date, members: list[models.Member]) -> None:
    people = {member.name: member for member in members}
    Photo.objects.bulk_create(
        Photo(
            number=number,
            title=title,
            author=people[author],
            place=place,
            width=width,
            height=height,
            caption=caption,
            taken=today - timedelta(days=17 * number),
        )
        for number, (title, author, place, (width, height), caption) in enumerate(PHOTOS, start=1)
    )


def _users() -> None:
    """``admin`` (staff) and ``ada``; each password is the name. Kept if they exist."""
    users = get_user_model().objects
    for name, is_staff in (("admin", True), ("ada", False)):
        if not users.filter(username=name).exists():
            users.create_user(username=name, password=name, is_staff=is_staff)


def _photo_comments() -> None:
    authors = {user.get_username(): user for user in get_user_model().objects.all()}
    photos = {photo.number: photo for photo in Photo.objects.all()}
    for number, author, text in COMMENTS:
        Comment.objects.create(photo=photos[number], author=authors[author], text=text)


def _moment(random: Random, day: date) -> datetime:
    return datetime.combine(day, time(random.randint(8, 18), random.randint(0, 59)), tzinfo=tz.utc)
