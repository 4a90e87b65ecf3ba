"""The options that the package writes into the query of a URL, and reads from there."""

from __future__ import annotations

from django_parallel_routes.protocol.query import for_browser, options_of
from django_parallel_routes.protocol.state import MAX_SLOTS
from django_parallel_routes.values import Location


def test_a_url_names_no_more_slots_than_a_page_has() -> None:
    """S40, B53: ``slots=refresh:`` may stand in a URL many times."""
    pairs = "&".join(f"slots=refresh:a{number},b" for number in range(500))
    said, location = options_of(Location.of(f"/d/?{pairs}"))
    assert len(said.refreshes) == MAX_SLOTS
    assert said.refreshes[:3] == ("a0", "b", "a1")
    assert location.src == "/d/"


def test_a_redirect_for_browsers_leaves_out_the_scripts_query() -> None:
    assert for_browser("/x/?slots=inline&slots=hash:c7") == "/x/?slots=inline#c7"
    assert for_browser("/x/?slots=other&slots=refresh:a") == "/x/?slots=other"
    assert for_browser("/x/?slots=hash:c7") == "/x/#c7"
    assert for_browser("/x/") == "/x/"
