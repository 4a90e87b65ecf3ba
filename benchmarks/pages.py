"""Compares a full page with four slots, and the soft navigation of one, with a view written by hand."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.client import Answer, Headers, Site, by_hand, of_htmx, of_the_script
from benchmarks.clock import Call, Effort, difference, instructions, measure, ratio
from benchmarks.tables import size_row, table

PAGE, TAB = "/dashboard/", "/dashboard/visitors/"
AGAINST_FOUR_VIEWS = "  against 4 views by hand"


@dataclass(frozen=True)
class Case:
    """The same request for each side. Both must respond rightly, with the same number of queries."""

    name: str
    slots: Site
    rival: Site
    path: str
    our_headers: Headers
    their_headers: Headers
    ours: Answer
    theirs: Answer

    def calls(self) -> tuple[Call, Call]:
        return (
            self.slots.call(self.path, self.our_headers),
            self.rival.call(self.path, self.their_headers),
        )


def cases(cookies: str) -> list[Case]:
    slots, rival = Site("benchmarks.with_slots"), by_hand("benchmarks.by_hand")
    composed = by_hand("benchmarks.composed")
    return [
        _full_page("full page, 4 slots", slots, rival, cookies),
        _full_page(AGAINST_FOUR_VIEWS, slots, composed, cookies),
        _soft_navigation("soft navigation of 1", slots, rival, cookies),
    ]


def report(cookies: str, effort: Effort) -> Iterator[str]:
    times: list[list[str]] = []
    steps: list[list[str]] = []
    sizes: list[list[str]] = []
    for case in cases(cookies):
        ours, theirs = case.calls()
        our_times, their_times, again = measure([ours, theirs, theirs], effort)
        times.append(
            [
                case.name,
                f"{median(our_times) * 1e6:,.0f}",
                f"{median(their_times) * 1e6:,.0f}",
                f"{difference(our_times, their_times) * 1e6:+,.0f}",
                str(ratio(our_times, their_times)),
                str(ratio(again, their_times)),
            ]
        )
        steps.append(size_row(case.name, instructions(ours), instructions(theirs)))
        if case.name != AGAINST_FOUR_VIEWS:
            sizes += _sizes(case)
    yield "CPU time of a request, µs (quartiles in brackets; the last column is the noise)"
    yield table(
        ["", "slots", "by hand", "more", "slots ÷ by hand", "by hand ÷ by hand"],
        times,
    )
    yield "Steps of Python's byte code: exact, whatever the machine; but C code counts for nothing"
    yield table(["", "slots", "by hand", "more", "slots ÷ by hand"], steps)
    yield "Bytes"
    yield table(["", "slots", "by hand", "more", "slots ÷ by hand"], sizes)


def _full_page(name: str, slots: Site, rival: Site, cookies: str) -> Case:
    headers = {"Cookie": cookies}
    ours, our_queries = _get(slots, PAGE, headers)
    theirs, their_queries = _get(rival, PAGE, headers)
    assert our_queries == their_queries == 8
    left, right = _without_our_own(ours.html), _without_their_own(theirs.html)
    assert left == right, "the pages differ"
    assert ours.html.count("data-pr-slot=") == 4
    return Case(name, slots, rival, PAGE, headers, headers, ours, theirs)


def _soft_navigation(name: str, slots: Site, rival: Site, cookies: str) -> Case:
    page = slots.get(PAGE, {"Cookie": cookies})
    their_headers = {"Cookie": cookies} | of_htmx(PAGE)
    our_headers = their_headers | of_the_script(page, source_slot="analytics")
    ours, our_queries = _get(slots, TAB, our_headers)
    theirs, their_queries = _get(rival, TAB, their_headers)
    assert our_queries == their_queries == 4
    assert dict(ours.headers)["Parallel-Routes"] == TAB
    [content] = re.findall(r'^<div id="slot-analytics" [^>]*>(.*)</div>$', ours.html, re.DOTALL)
    assert theirs.html == f"<title>Visitors</title>{content}", "the fragments differ"
    assert 'data-pr-title="Visitors"' in ours.html
    return Case(name, slots, rival, TAB, our_headers, their_headers, ours, theirs)


def _get(site: Site, path: str, headers: Headers) -> tuple[Answer, int]:
    """Return the response, and the number of its queries."""
    with CaptureQueriesContext(connection) as queries:
        answer = site.get(path, headers)
    assert answer.status == "200 OK", answer.status
    return answer, len(queries)


def _without_our_own(html: str) -> str:
    """Return a page without the attributes and elements that only the package writes."""
    html = re.sub(r'<\w+ [^>]*"/static/django_parallel_routes/[^>]*>(</script>)?', "", html)
    html = re.sub(r'<template data-pr-layout="[^"]*"></template>', "", html)
    html = re.sub(r'<div (id="slot-\w+") data-pr-slot=[^>]*>', r"<div \1>", html)
    return _without_token(html)


def _without_their_own(html: str) -> str:
    return _without_token(html.replace(' hx-boost="true" hx-target="this"', ""))


def _without_token(html: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=")\w{64}"', r'\1"', html)


def _sizes(case: Case) -> Iterator[list[str]]:
    ours, theirs = case.ours, case.theirs
    gzipped = [len(gzip.compress(answer.body, 6)) for answer in (ours, theirs)]
    yield size_row(f"{case.name}: HTML", len(ours.body), len(theirs.body))
    yield size_row("  with its headers", ours.size, theirs.size)
    yield size_row("  HTML, gzip", *gzipped)
    if case.our_headers != case.their_headers:
        sent = [
            sum(len(f"{name}: {value}\r\n") for name, value in headers.items())
            for headers in (case.our_headers, case.their_headers)
        ]
        yield size_row("  sent by the browser for it", *sent)
