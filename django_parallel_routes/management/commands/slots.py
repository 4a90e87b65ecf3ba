"""``manage.py slots``: prints the slots of a URLconf, or why a URL shows what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from textwrap import fill
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import get_resolver

from django_parallel_routes.explain.dry_run import DryResponse, DryTab
from django_parallel_routes.explain.explanation import Row
from django_parallel_routes.explain.interceptions import reports_on
from django_parallel_routes.explain.listings import INDENT, audit_lines, tree_lines
from django_parallel_routes.protocol.state import HEADER
from django_parallel_routes.request.details import location_of
from django_parallel_routes.urlconf import Urlconf

WIDTH = 100
ACTIONS = {"keep": "kept", "hidden": "not printed"}
"""What the command calls some actions."""


class Command(BaseCommand):
    """Prints the tree, or an explanation; see ``docs/reference/command.md``."""

    help = (
        "Prints the tree of slots(), slots, routes and interceptions. "
        "With --explain: what a URL shows in each slot, and why. "
        "With --start: writes a small app that works."
    )

    requires_system_checks = ()  # It also explains projects with errors.

    def add_arguments(self, parser: CommandParser) -> None:
        one = parser.add_mutually_exclusive_group()
        text = "list the views of the project: which can stand in slots, and why not"
        one.add_argument("--audit", action="store_true", help=text)
        one.add_argument("--explain", metavar="URL", help="explain what this URL shows, and why")
        text = "write a small app with slots, a modal and tests"
        one.add_argument("--start", metavar="APP", help=text)
        add = parser.add_argument_group("with --explain").add_argument
        text = "visit the URL from this one; repeat it to visit several, one after the other"
        add("--from", dest="origins", metavar="URL", action="append", default=[], help=text)
        add("--inside", metavar="SLOT", default="", help="the slot that contains the link or form")
        add("--post", action="store_true", help="send a form to the URL")
        add("--user", metavar="USERNAME", help="the user who is logged in; default: nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        of_explanations = {"from": options["origins"]}
        of_explanations |= {name: options[name] for name in ("inside", "post", "user")}
        if options["explain"] is not None:
            response, how = self.explain(**options)
            self.write_lines(
                _lines(response, f"{how}, {options['user'] or 'nobody'} is logged in")
            )
        elif given := [name for name, value in of_explanations.items() if value]:
            raise CommandError(f"--{given[0]} needs --explain URL.")
        elif options["start"] is not None:
            self.stdout.write(start_app(options["start"], Path.cwd()))
        else:
            list_of = audit_lines if options["audit"] else tree_lines
            lines = [*list_of(Urlconf(get_resolver().url_patterns))]
            self.write_lines(lines or ["The URLconf has no slots()."])

    def write_lines(self, lines: Iterable[str]) -> None:
        """Write lines, wrapped between words. Lines without an indent are headings.

        All are written at once, so that ``| head`` does not break the pipe.
        """
        texts = []
        for line in lines:
            indent = line[: len(line) - len(line.lstrip())]
            text = fill(
                line,
                WIDTH,
                subsequent_indent=f"{indent}{INDENT * 2}",
                break_long_words=False,
                break_on_hyphens=False,
            )
            texts.append(text if indent else self.style.MIGRATE_HEADING(text))
        self.stdout.write("\n".join(texts))

    # --- An explanation ---

    def explain(self, **options: Any) -> tuple[DryResponse, str]:
        """Return the response for a URL after visits of the ``--from`` URLs, and how it was requested."""
        tab = DryTab(self.user(options["user"]))
        notes: list[str] = []
        method = "POST" if options["post"] else "GET"
        if options["inside"] and not options["origins"]:
            raise CommandError("--inside says where a link is: add --from URL.")
        try:
            for url in options["origins"]:
                visited = tab.open(url)
                notes += (f"At {url}: {note}" for note in visited.notes)
                if visited.kind not in ("page", "slots"):
                    notes.append(f"At {url}: {visited.sentence}")
            request, response = tab.ask(
                options["explain"], inside=options["inside"], method=method
            )
        except ValueError as error:
            raise CommandError(f"A URL is not valid: {error}") from error
        except LookupError as error:
            raise CommandError(f"--inside: {error}") from error
        how = "a form" if options["post"] else "a soft visit"
        how = f"{how} from {tab.here}" if HEADER in request.headers else "a hard load"
        if options["origins"] and not tab.page.slots:
            notes.append(f"There are no slots on screen at {tab.here}: this is a hard load.")
        return replace(response, notes=(*notes, *response.notes)), how

    def user(self, username: str | None) -> Any:
        if username is None:
            return None
        from django.contrib.auth import get_user_model

        model = get_user_model()
        try:
            return model._default_manager.get_by_natural_key(username)
        except model.DoesNotExist:
            raise CommandError(f"There is no user {username!r}.") from None


def _lines(response: DryResponse, how: str) -> Iterator[str]:
    explanation = response.explanation
    yield f"{response.request.method} {location_of(response.request).src}"
    yield f"{INDENT}{how}"
    yield ""
    yield response.sentence
    if response.kind == "slots" and response.url:
        yield f"The address bar shows {response.url}."
    sections: dict[str, Iterable[object]] = {
        "Notes:": response.notes,
        "Slots:": _rows(explanation.rows) if explanation else (),
        "Checked first, because they may refuse:": explanation.checked if explanation else (),
        "Views that run:": response.views,
        "Interceptions of this route:": reports_on(response),
    }
    for heading, items in sections.items():
        if items:
            yield from ("", heading, *(f"{INDENT}{item}" for item in items))


def _rows(rows: tuple[Row, ...]) -> list[str]:
    labels = [_label(row, rows) for row in rows]
    width = max(map(len, labels), default=0)
    return [f"{label:{width}}  {_what(row)}" for label, row in zip(labels, rows, strict=True)]


def _label(row: Row, rows: tuple[Row, ...]) -> str:
    """Return a slot's name, indented below the slots around it that have rows."""
    outer = [one.address for one in rows if row.address.startswith(f"{one.address}.")]
    nearest = max(outer, key=len, default="")
    return INDENT * len(outer) + row.address.removeprefix(f"{nearest}.")


def _what(row: Row) -> str:
    """Return what happens to a slot, and why."""
    what = ACTIONS.get(row.action, row.action)
    if row.view:
        what += " layout" if row.shows == "layout" else ""
        what = f"{what.removeprefix('page ')} {row.view} for {row.url}"
    elif row.action == "keep":
        what += " empty" if row.shows == "empty" else f" {row.shows} of {row.url}"
    later = "" if row.arrives == "now" else "; it comes later"
    if row.loading:
        how = "in this response" if row.arrives == "streamed" else "by a request of its own"
        later = f"; {row.loading} is shown until it comes {how}"
    return f"{what}: {row.why}{later}"


# --- an app to start with ---

TEMPLATE = Path(__file__).parents[1] / "app_template"
NAME = "example_app"
"""The name of the app in the template, in paths and in texts."""

NEXT = """\
Created {folder}/: urls.py, views.py, templates and tests. Next:

1. Add "{name}" to INSTALLED_APPS.
2. In the root urls.py, add this to urlpatterns: path("{name}/", include("{name}.urls"))
3. Run: python manage.py test {name}
4. Run: python manage.py runserver, and open http://127.0.0.1:8000/{name}/
"""


def start_app(name: str, parent: Path) -> str:
    """Write the app into a new folder, and return what to do next. Raises ``CommandError``."""
    folder = parent / name
    if not name.isidentifier() or not name.islower():
        raise CommandError(
            f"{name!r} is no name for an app: use lower-case letters, digits and _."
        )
    if folder.exists() or find_spec(name):
        raise CommandError(f"There is a module or a folder {name!r} already. Choose another name.")
    for source in sorted(file for file in TEMPLATE.rglob("*") if file.is_file()):
        path = str(source.relative_to(TEMPLATE)).replace(NAME, name).removesuffix("-tpl")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.read_text(encoding="utf-8").replace(NAME, name), encoding="utf-8")
    return NEXT.format(folder=name, name=name)
