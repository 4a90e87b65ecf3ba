"""``manage.py slots``: prints the slots of a URLconf, or why a URL shows what it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.urls import get_resolver

from django_parallel_routes.explain.audit import audit_lines
from django_parallel_routes.explain.dry_run import Answer, DryRun, src_of
from django_parallel_routes.explain.interceptions import InterceptionReport, reports_on
from django_parallel_routes.explain.text import Writer, explanation_lines
from django_parallel_routes.explain.url_tree import tree_lines
from django_parallel_routes.explain.visits import DryTab
from django_parallel_routes.management.scaffold import start_app
from django_parallel_routes.protocol.state import HEADER, MAX_LENGTH
from django_parallel_routes.request.slot_request import location_of
from django_parallel_routes.urlconf import Urlconf


class Command(BaseCommand):
    """Prints the tree, or an explanation; see ``docs/reference/command.md``."""

    help = (
        "Prints the tree of slots(), slots, routes and interceptions. "
        "With --explain: what a URL shows in each slot, and why. "
        "With --start: writes a small app that works."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        text = "the start of routes, or the name of a route, a slot or a namespace"
        add("filter", nargs="?", default="", help=text)
        text = "list the views of the project: which can stand in slots, and why not"
        add("--audit", action="store_true", help=text)
        add("--explain", metavar="URL", help="explain what this URL shows, and why")
        text = "visit the URL from this one; repeat it to visit several, one after the other"
        add("--from", dest="origins", metavar="URL", action="append", default=[], help=text)
        add("--user", metavar="USERNAME", help="the user who is logged in; default: nobody")
        text = f"what is on screen: the {HEADER} header of a request"
        add("--state", metavar="HEADER", help=text)
        add("--only", metavar="SLOT", default="", help="the slot that the link names")
        add("--inside", metavar="SLOT", default="", help="the slot that contains the link or form")
        text = 'the link has data-pr-intercept="false"'
        add("--no-intercept", dest="intercept", action="store_false", help=text)
        add("--post", action="store_true", help="send a form to the URL")
        add("--json", action="store_true", help="print the explanation as JSON, for programs")
        add("--start", metavar="APP", help="write a small app with slots, a modal and tests")

    def handle(self, *args: Any, **options: Any) -> None:
        self.writer = Writer(self.style, getattr(self.stdout, "encoding", None))
        if options["start"] is not None:
            self.stdout.write(start_app(options["start"], Path.cwd()))
        elif options["explain"] is None:
            self.print_urlconf(**options)
        else:
            self.print_explanation(**options)

    # --- The tree, or an audit ---

    def print_urlconf(self, **options: Any) -> None:
        of_explanations = {"from": options["origins"], "no-intercept": not options["intercept"]}
        names = ("user", "state", "only", "inside", "post", "json")
        of_explanations |= {name: options[name] for name in names}
        for name, value in of_explanations.items():
            if value:
                raise CommandError(f"--{name} needs --explain URL.")
        write_lines = audit_lines if options["audit"] else tree_lines
        urlconf = Urlconf(get_resolver().url_patterns)
        lines = list(write_lines(urlconf, options["filter"], self.writer))
        if not lines:
            what = "route" if options["audit"] else "slots()"
            of = f" for {options['filter']!r}" if options["filter"] else ""
            raise CommandError(f"There is no {what} in the URLconf{of}.")
        self.stdout.write("\n".join(lines))

    # --- An explanation ---

    def print_explanation(self, **options: Any) -> None:
        if options["audit"]:
            raise CommandError("Give either --audit or --explain URL.")
        if options["filter"]:
            raise CommandError("Give either a filter for the tree, or --explain URL.")
        if options["origins"] and options["state"] is not None:
            raise CommandError("Give either --from or --state: both say what is on screen.")
        for url in (options["explain"], *options["origins"]):
            try:
                src_of(url)
            except ValueError as error:
                raise CommandError(f"{url!r} is no URL: {error}") from error
        dry_run = DryRun(self.user(options["user"]))
        answer, how, notes = self.answer(dry_run, options)
        interceptions = reports_on(answer)
        report = report_of(answer, how, options["user"])
        report["interceptions"] = [one.as_dict() for one in interceptions]
        report["notes"] = [*notes, *answer.notes, *notes_on_names(answer, interceptions)]
        lines = explanation_lines(report, answer, interceptions, self.writer)
        text = json.dumps(report, indent=2) if options["json"] else "\n".join(lines)
        self.stdout.write(text)

    def answer(self, dry_run: DryRun, options: Any) -> tuple[Answer, str, list[str]]:
        """Return the answer, how the browser came to the URL, and notes on its earlier visits."""
        url, method = options["explain"], "POST" if options["post"] else "GET"
        if options["state"] is not None:
            answer = dry_run.answer(url, header_of(options["state"]), method=method)
            return answer, "a soft visit, from the screen of the state", []
        of_link = {"only": options["only"], "inside": options["inside"]}
        if not options["origins"]:
            if any(of_link.values()) or not options["intercept"]:
                raise CommandError(
                    "--only, --inside and --no-intercept describe a link: add --from URL."
                )
            return dry_run.answer(url, method=method), "a hard load", []
        notes: list[str] = []
        tab = self.visit(dry_run, options["origins"], notes)
        on_screen = tab.page.slots
        notes += (
            f"--{option} {name}: this slot is not on screen at {tab.here}. "
            f"Slots on screen: {', '.join(on_screen)}."
            for option, name in of_link.items()
            if name and on_screen and name not in on_screen
        )
        header = tab.header_of_link(url, **of_link, intercept=options["intercept"], method=method)
        if not on_screen:
            notes.append(f"There are no slots on screen at {tab.here}: this is a hard load.")
        elif header is None:
            notes.append(f"The state has more than {MAX_LENGTH} bytes: this is a hard load.")
        else:
            answer = dry_run.answer(url, header, method=method)
            return answer, f"a soft visit from {tab.here}", notes
        return dry_run.answer(url, method=method), "a hard load", notes

    def visit(self, dry_run: DryRun, urls: list[str], notes: list[str]) -> DryTab:
        """Return a tab after a hard load of the first URL, and soft visits of the others."""
        tab = DryTab(dry_run)
        for url in urls:
            answer = tab.open(url)
            notes += (f"At {url}: {note}" for note in answer.notes)
            if answer.kind not in ("page", "slots"):
                notes.append(f"At {url}: {sentence_of(answer)}")
        return tab

    def user(self, username: str | None) -> Any:
        if username is None:
            return None
        if not apps.is_installed("django.contrib.auth"):
            raise CommandError("--user needs django.contrib.auth in INSTALLED_APPS.")
        from django.contrib.auth import get_user_model

        model = get_user_model()
        try:
            user = model._default_manager.get_by_natural_key(username)
        except model.DoesNotExist:
            raise CommandError(f"There is no user {username!r}.") from None
        except (DatabaseError, ImproperlyConfigured, ValueError) as error:
            raise CommandError(f"The user {username!r} can't be looked up: {error}") from error
        if not user.is_active:
            raise CommandError(f"The user {username!r} is not active, and can't be logged in.")
        return user


def report_of(answer: Answer, how: str, user: str | None) -> dict[str, Any]:
    """Return an explanation as ``--json`` prints it."""
    explanation = answer.explanation.as_dict() if answer.explanation else {}
    views = explanation.get("views", [answer.view] if answer.view else [])
    return {
        "url": location_of(answer.request).src,
        "method": answer.request.method,
        "how": how,
        "user": user,
        "answer": {
            "kind": answer.kind,
            "why": answer.why,
            "sentence": sentence_of(answer),
            "url": answer.url,
        },
        "slots": explanation.get("rows", []),
        "views": views,
        "checked": explanation.get("checked", []),
    }


def notes_on_names(answer: Answer, reports: list[InterceptionReport]) -> list[str]:
    """Return why nothing can intercept a soft visit, if no ``intercept()`` names its route."""
    if reports or answer.decision is None or answer.decision.state is None:
        return []
    names = sorted({name for page in answer.decision.target.pages for name in page.names})
    if not names:
        return ["The route has no name, so no intercept() can name it."]
    return [f"No intercept() names this route: {', '.join(names)}."]


def sentence_of(answer: Answer) -> str:
    """Return an answer in one or two sentences."""
    if answer.explanation and not answer.is_refused:
        return answer.explanation.sentence
    return {
        "view": f"The view {answer.view} alone, as without slots: {answer.why}.",
        "refused": f"No page: {answer.why}.",
        "failed": f"A 500: {answer.why}.",
        "document": f"No slots, the browser loads the document: {answer.why}.",
    }.get(answer.kind, f"A 404: {answer.why}.")


def header_of(given: str) -> str:
    """Return the value of a state header, which may be given with the header's name."""
    name, _, value = given.partition(":")
    return (value if name.strip().lower() == HEADER.lower() else given).strip()
