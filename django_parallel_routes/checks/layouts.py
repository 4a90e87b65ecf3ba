"""Checks of layouts: the slots that their templates print, and the scripts that these need."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.checks import CheckMessage

from django_parallel_routes.checks.messages import listed, message, quoted
from django_parallel_routes.checks.project import Project
from django_parallel_routes.checks.reading import Reading
from django_parallel_routes.checks.templates import (
    has_clash,
    reading_of,
    template_of,
)
from django_parallel_routes.rendering.tag_clashes import libraries_with_slot, remedy_for_clash
from django_parallel_routes.urlconf import DeclaredSegment, grouped


def check_layouts(project: Project) -> Iterator[CheckMessage]:
    """E003, E005, E013, W003, W004: what a layout prints."""
    for segment in project.segments:
        layout = segment.layout
        where = f"{segment}: the template {template_of(layout)!r}"
        names = [slot.name for slot in segment.slots]
        libraries = libraries_with_slot() if has_clash(layout, names) else []
        if libraries:
            yield message(
                "E013",
                f"{where} uses the {{% slot %}} of {' or '.join(libraries)}.",
                remedy_for_clash(libraries),
            )
        elif reading := reading_of(layout, in_slot=bool(segment.enclosing)):
            yield from _undeclared(project, segment, reading, where)
            yield from _not_printed(segment, reading, where)
            twice = {name for name in reading.always if reading.always.count(name) > 1}
            if twice:
                yield message(
                    "E005",
                    f"{where} prints slot {quoted(sorted(twice))} more than once.",
                    "Print it once, and move or hide it with CSS.",
                )


def _undeclared(
    project: Project, segment: DeclaredSegment, reading: Reading, where: str
) -> Iterator[CheckMessage]:
    declared = [slot.name for slot in segment.slots]
    remedy = f"Declare it in slots(), or correct the name. Declared slots: {quoted(declared)}."
    if unknown := [name for name in reading.always if name not in declared]:
        what = f"{where} prints slot {quoted(unknown)}, which is not declared."
        yield message("E003", what, remedy)
    unknown = sorted(reading.sometimes - {*declared, *reading.always})
    if unknown and (unknown := sorted({*unknown} - _slots_of_shared(project, reading))):
        what = f"{where} may print slot {quoted(unknown)}, which is not declared."
        yield message("W004", what, remedy)


def _slots_of_shared(project: Project, reading: Reading) -> set[str]:
    """Return the slots of all layouts that share a template with this one.

    A shared template may print a slot only for the layouts that declare it.
    """
    found: set[str] = set()
    for segment in project.segments:
        other = reading_of(segment.layout, in_slot=bool(segment.enclosing))
        if other and not {*other.templates}.isdisjoint(reading.templates):
            found.update(slot.name for slot in segment.slots)
    return found


def _not_printed(segment: DeclaredSegment, reading: Reading, where: str) -> Iterator[CheckMessage]:
    for slot in segment.slots if reading.is_complete else ():
        name = slot.name
        if name not in reading.prints:
            loses = " and its intercept() never fires" if slot.slot.interceptions else ""
            what = "its page" if segment.is_frame else f"slot {name!r}"
            tag = "{% slot %}" if name == "children" else f'{{% slot "{name}" %}}'
            yield message(
                "W003",
                f"{where} does not print {what}, so its pages are never shown{loses}.",
                f"Add {tag} to the template, or remove the slot.",
            )


def check_scripts(project: Project) -> Iterator[CheckMessage]:
    """W016, W017: the scripts of documents, once for each template of outermost layouts."""
    outermost = [segment for segment in project.segments if not segment.enclosing]
    by_template = grouped((template_of(one.layout), one) for one in outermost)
    for template, segments in by_template.items():
        reading = reading_of(segments[0].segment.layout, in_slot=False)
        if reading is None or not (reading.is_complete and reading.prints):
            continue
        where = f"{listed(segments)}: the template {template!r}"
        if not reading.has_script:
            yield message(
                "W016",
                f"{where} has no {{% parallel_routes_script %}}, so each link loads a whole document.",
                "Add {% parallel_routes_script %} to its <head>.",
            )
        elif not reading.may_load_htmx and "<script" not in reading.text.lower():
            yield message(
                "W017",
                f"{where} has no htmx, which {{% parallel_routes_script %}} needs.",
                "Add {% load django_htmx %}{% htmx_script %} to its <head>.",
            )
