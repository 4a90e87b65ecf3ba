"""``manage.py slots``: what a URLconf has of slots, and why a URL shows what it shows."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.urls import get_resolver

from django_parallel_routes.explain.dry_run import Answer, Rehearsal, Screen, src_of
from django_parallel_routes.explain.interceptions import Firing, firings
from django_parallel_routes.explain.text import Pen, drawn, told
from django_parallel_routes.explain.url_tree import listing, only
from django_parallel_routes.protocol.state import HEADER, MAX_LENGTH
from django_parallel_routes.request.slot_request import location_of


class Command(BaseCommand):
    """Prints the tree, or an explanation; see docs/reference/command.md."""

    help = (
        "Prints the tree of slots(), slots, routes and interceptions. "
        "With --explain: what a URL shows in each slot, and why."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "filter",
            nargs="?",
            default="",
            help="a prefix of routes, or a name of a route or slot",
        )
        parser.add_argument("--explain", metavar="URL", help="say what this URL shows, and why")
        parser.add_argument(
            "--from", dest="origins", metavar="URL", action="append", default=[],
            help="come softly from this URL; several are visited one after the other",
        )  # fmt: skip
        parser.add_argument("--user", metavar="USERNAME", help="who is logged in; else nobody is")
        parser.add_argument(
            "--state", metavar="JSON_OR_FILE",
            help=f"what is on screen: a {HEADER} header, a file with one, or - for standard input",
        )  # fmt: skip
        parser.add_argument(
            "--only", metavar="SLOT", default="", help="the slot that the link names"
        )
        parser.add_argument(
            "--inside", metavar="SLOT", default="", help="the slot that the link or form stands in"
        )
        parser.add_argument(
            "--no-intercept", dest="intercept", action="store_false",
            help='the link has data-pr-intercept="false"',
        )  # fmt: skip
        parser.add_argument("--post", action="store_true", help="a form that is sent to the URL")
        parser.add_argument("--json", action="store_true", help="the same for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        self.pen = Pen(self.style, getattr(self.stdout, "encoding", None))
        if options["explain"] is None:
            self.print_tree(**options)
        else:
            self.print_explanation(**options)

    # --- the tree ---

    def print_tree(self, **options: Any) -> None:
        said = {"from": options["origins"], "no-intercept": not options["intercept"]}
        said |= {name: options[name] for name in ("user", "state", "only", "inside", "post")}
        for name, value in said.items():
            if value:
                raise CommandError(f"--{name} says how one comes to a URL: add --explain URL.")
        found = listing(get_resolver().url_patterns)
        if options["filter"]:
            found = only(found, options["filter"])
        lines = list(drawn(found, self.pen))
        if not lines:
            of = f" for {options['filter']!r}" if options["filter"] else ""
            raise CommandError(f"There is no slots() in the URLconf{of}.")
        if options["json"]:
            self.print_json(asdict(found))
            return
        self.stdout.write("\n".join(lines))

    # --- an explanation ---

    def print_explanation(self, **options: Any) -> None:
        if options["filter"]:
            raise CommandError("Give either a filter for the tree, or --explain URL.")
        if options["origins"] and options["state"] is not None:
            raise CommandError("Give either --from or --state: both say what is on screen.")
        for url in (options["explain"], *options["origins"]):
            try:
                src_of(url)
            except ValueError as error:
                raise CommandError(f"{url!r} is no URL: {error}") from error
        rehearsal = Rehearsal(self.user(options["user"]))
        answer, how, notes = self.answer(rehearsal, options)
        fired = firings(answer)
        report = report_of(answer, how, options["user"])
        report["interceptions"] = [firing.as_dict() for firing in fired]
        report["notes"] = [*notes, *answer.notes, *on_names(answer, fired)]
        if options["json"]:
            self.print_json(report)
        else:
            self.stdout.write("\n".join(told(report, answer, fired, self.pen)))

    def answer(self, rehearsal: Rehearsal, options: Any) -> tuple[Answer, str, list[str]]:
        """Return the answer, how one comes to the URL, and what there is to say of the way there."""
        url, method = options["explain"], "POST" if options["post"] else "GET"
        if options["state"] is not None:
            answer = rehearsal.answer(url, header_of(options["state"]), method=method)
            return answer, "softly, from the screen that the state tells of", []
        said = {"only": options["only"], "inside": options["inside"]}
        if not options["origins"]:
            if any(said.values()) or not options["intercept"]:
                raise CommandError(
                    "--only, --inside and --no-intercept say what a link is like: add --from URL."
                )
            return rehearsal.answer(url, method=method), "a hard load", []
        notes: list[str] = []
        screen = self.walk(rehearsal, options["origins"], notes)
        state = screen.state(**said, form=options["post"], intercept=options["intercept"])
        notes.extend(
            f"--{option} {name}: there is no such slot on screen at {screen.url}, but "
            f"{', '.join(screen.elements)}."
            for option, name in said.items()
            if name and screen.elements and name not in screen.elements
        )
        if not screen.elements:
            notes.append(f"There are no slots on screen at {screen.url}: this is a hard load.")
        elif len(state) > MAX_LENGTH:
            notes.append(f"The state has more than {MAX_LENGTH} bytes: this is a hard load.")
        else:
            return rehearsal.answer(url, state, method=method), f"softly, from {screen.url}", notes
        return rehearsal.answer(url, method=method), "a hard load", notes

    def walk(self, rehearsal: Rehearsal, urls: list[str], notes: list[str]) -> Screen:
        """Return what is on screen after a hard load of the first URL, and soft visits of the others."""
        screen, answer = rehearsal.load(urls[0])
        answers = [answer]
        for url in urls[1:]:
            screen, answer = rehearsal.visit(screen, url)
            answers.append(answer)
        for url, answer in zip(urls, answers, strict=True):
            notes.extend(f"At {url}: {note}" for note in answer.notes)
            if answer.kind not in ("page", "slots"):
                notes.append(f"At {url}: {sentence_of(answer)}")
        return screen

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
            raise CommandError(f"The user {username!r} is not active, so nobody can be logged in.")
        return user

    def print_json(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, indent=2))


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
        "asked": explanation.get("asked", []),
        "tried": list(answer.tried),
    }


def on_names(answer: Answer, fired: list[Firing]) -> list[str]:
    """Return why nothing can intercept a soft visit, if its route is named by no rule."""
    if fired or answer.decision is None or answer.decision.state is None:
        return []
    names = sorted({name for page in answer.decision.target.pages for name in page.names})
    if not names:
        return ["The route has no name, so no intercept() can name it."]
    return [f"No intercept() names this route: {', '.join(names)}."]


def sentence_of(answer: Answer) -> str:
    """Return an answer in one sentence or two."""
    if answer.explanation and not answer.is_refused:
        return answer.explanation.sentence
    return {
        "view": f"The view {answer.view} alone, as without slots: {answer.why}.",
        "nothing": f"Nothing: {answer.why}.",
        "refused": f"No page: {answer.why}.",
        "failed": f"A 500: {answer.why}.",
        "document": f"No slots, the browser loads the document: {answer.why}.",
    }.get(answer.kind, f"A 404: {answer.why}.")


def header_of(given: str) -> str:
    """Return the state header that was given: itself, the file that has it, or standard input."""
    if given == "-":
        given = sys.stdin.read()
    elif not given.lstrip().lower().startswith(("{", "[", '"', f"{HEADER}:".lower())):
        try:
            given = Path(given).read_text()
        except (OSError, ValueError) as error:
            raise CommandError(f"--state is neither JSON nor a file: {error}") from error
    name, _, value = given.strip().partition(":")
    return value.strip() if name.lower() == HEADER.lower() else given.strip()
