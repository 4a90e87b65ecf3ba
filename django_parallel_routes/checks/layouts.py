"""Checks of layouts: the slots that they print, and those that are declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage

from django_parallel_routes.checks.declared import Project
from django_parallel_routes.checks.messages import error, listed, warning
from django_parallel_routes.checks.templates import (
    Reading,
    is_missing,
    lacks_django_htmx,
    reading_of,
    template_of,
)
from django_parallel_routes.declarations import View
from django_parallel_routes.rendering.fragments import is_document
from django_parallel_routes.urlconf import Place, Spot


def check_layouts(project: Project) -> Iterator[CheckMessage]:
    """E003, E005, E006, W003, W004: what a layout prints."""
    for place in project.places:
        layout = place.segment.layout
        if lacks_django_htmx(layout) and not apps.is_installed("django_htmx"):
            yield error(
                "E006",
                f"{_where(place)} loads the tags of django_htmx, which is not installed.",
                "Add 'django_htmx' to INSTALLED_APPS.",
            )
        reading = reading_of(layout)
        if reading is None:
            continue
        yield from _undeclared(project, place, reading)
        yield from _unprinted(place, reading)
        yield from _twice(place, reading)


def _where(place: Place) -> str:
    return f"{place}: the template {template_of(place.segment.layout)!r}"


def _undeclared(project: Project, place: Place, reading: Reading) -> Iterator[CheckMessage]:
    declared = [slot.name for slot in place.segment.slots]
    if unknown := [name for name in dict.fromkeys(reading.always) if name not in declared]:
        yield error(
            "E003",
            f"{_where(place)} prints slot {listed(map(repr, unknown))}, which is not declared.",
            f"Declare it in slots(), or correct the name: there is {listed(map(repr, declared))}.",
        )
    unknown = sorted(reading.sometimes - {*declared, *reading.always})
    if unknown and (unknown := sorted({*unknown} - _slots_that_share(project, reading))):
        yield warning(
            "W004",
            f"{_where(place)} may print slot {listed(map(repr, unknown))}, which is not declared.",
            f"Declare it in slots(), or correct the name: there is {listed(map(repr, declared))}.",
        )


def _slots_that_share(project: Project, reading: Reading) -> set[str]:
    """Return the slots of all layouts that share a template: it may print for each what that has."""
    found: set[str] = set()
    for place in project.places:
        other = reading_of(place.segment.layout)
        if other and not {*other.templates}.isdisjoint(reading.templates):
            found.update(slot.name for slot in place.segment.slots)
    return found


def _unprinted(place: Place, reading: Reading) -> Iterator[CheckMessage]:
    if not reading.is_complete:
        return
    for spot in place.spots:
        if spot.slot.name in reading.prints:
            continue
        lost = "its pages are never shown"
        if spot.rules:
            lost += ", and its intercept() never fires"
        tag = "{% slot %}" if spot.slot.name == "children" else f'{{% slot "{spot.slot.name}" %}}'
        slot = "its page" if place.segment.is_frame else f"slot {spot.slot.name!r}"
        yield warning(
            "W003",
            f"{_where(place)} does not print {slot}: {lost}.",
            f"Put {tag} where it shall stand, or leave the slot out.",
        )


def _twice(place: Place, reading: Reading) -> Iterator[CheckMessage]:
    twice = {name for name in reading.always if reading.always.count(name) > 1}
    if twice:
        yield error(
            "E005",
            f"{_where(place)} prints slot {listed(map(repr, sorted(twice)))} more than once.",
            "Print it at one place; hide or move it by CSS.",
        )


def check_scripts(project: Project) -> Iterator[CheckMessage]:
    """W016, W017: the scripts of documents. One template may be the layout of many ``slots()``."""
    places: dict[str | None, list[Place]] = {}
    for place in project.places:
        if not place.inside:
            places.setdefault(template_of(place.segment.layout), []).append(place)
    for name, found in places.items():
        reading = reading_of(found[0].segment.layout)
        if reading is None or not (reading.is_complete and reading.prints):
            continue
        where = f"{listed(found)}: the template {name!r}"
        if not reading.has_script:
            yield warning(
                "W016",
                f"{where} prints slots without {{% parallel_routes_script %}}: each link loads the "
                f"whole document.",
                "Put {% parallel_routes_script %} into its <head>.",
            )
        elif not reading.may_load_htmx and "<script" not in reading.text.lower():
            yield warning(
                "W017",
                f"{where} has no htmx, which {{% parallel_routes_script %}} needs.",
                "Put {% load django_htmx %}{% htmx_script %} into its <head>.",
            )


def check_existence(project: Project) -> Iterator[CheckMessage]:
    """E009: templates that there are not."""
    views = [(str(place), "layout", place.segment.layout) for place in project.places]
    views += [
        (str(spot), option, view) for spot in project.spots for option, view in shown_in(spot)
    ]
    for where, option, view in views:
        if is_missing(view):
            yield error(
                "E009",
                f"{where}: {option}: there is no template {template_of(view)!r}.",
                "Correct the name. A partial (page.html#part) needs to be defined there, and on "
                "Django 5.2 'template_partials' in INSTALLED_APPS.",
            )


def shown_in(spot: Spot) -> Iterator[tuple[str, View]]:
    """Yield the views that a slot may show, each with the option that it was given by."""
    slot, states = spot.slot, spot.slot.states
    named: list[tuple[str, Any]] = [
        ("default", slot.default),
        ("loading", states.loading),
        ("error", states.error),
        ("not_found", states.not_found),
        *((f"intercept({rule.route!r})", rule.view) for rule in spot.rules),
    ]
    yield from ((option, view) for option, view in named if callable(view))


def check_pages(project: Project) -> Iterator[CheckMessage]:
    """E007, W011: what the page of a slot must not print: a slot, or a whole document."""
    for spot in project.spots:
        views = [view for _, view in shown_in(spot)]
        views += [
            route.pattern.callback
            for route in project.by_slot.get(spot.slot, ())
            if spot.is_like(route.inside[-1])
        ]
        for view in {id(view): view for view in views}.values():
            reading = reading_of(view)
            if reading is None:
                continue
            where = f"{spot}: the template {template_of(view)!r}"
            if reading.always:
                yield error(
                    "E007",
                    f"{where} prints slot {listed(map(repr, reading.always))}, but it is the page "
                    f"of a slot.",
                    "Only layouts print slots: move it there, or nest a slots() or slot(layout=…).",
                )
            elif is_document(reading.text) and _answers_get(view):
                yield warning(
                    "W011",
                    f"{where} is a whole document, but it is the page of a slot.",
                    "Leave to the layout what is around the slot; extend nothing that has <html>.",
                )


def _answers_get(view: Any) -> bool:
    """Tell whether a view shows anything by itself: ``LogoutView`` does not."""
    return "get" in getattr(getattr(view, "view_class", None), "http_method_names", ["get"])
