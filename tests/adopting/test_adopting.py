"""A small site adopts the package: no view and no page of it changes (docs/how-to/adopting.md)."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client

from django_parallel_routes.test import SlotClient
from tests.adopting.site import LOGIN_REQUIRED, changed_lines, use
from tests.models import Note

pytestmark = pytest.mark.django_db

URLS = ["/", "/?q=a", "/new/", "/1/", "/1/edit/", "/statistics/", "/accounts/login/"]


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:5], LOGIN_REQUIRED, *settings.MIDDLEWARE[5:]]
    use(settings, "after")
    for number, name in enumerate(("apples", "bread", "coffee"), 1):
        Note.objects.create(pk=number, name=name)


def logged_in(client: Any) -> Any:
    user, _ = get_user_model().objects.get_or_create(username="ada")
    client.force_login(user)
    return client


def test_it_takes_at_most_forty_lines_and_the_checks_find_nothing() -> None:
    assert changed_lines() <= 40
    assert [message for message in run_checks() if "parallel" in (message.id or "")] == []


def test_every_page_stays_a_document_with_the_same_content(settings: Any) -> None:
    """B65: "the same view alone stays what it was"; a login is still asked for."""
    after = {url: logged_in(Client()).get(url).content.decode() for url in URLS}
    asked = Client().get("/1/")
    assert asked["Location"] == "/accounts/login/?next=/1/"
    use(settings, "before")
    for url in URLS:
        before = logged_in(Client()).get(url).content.decode()
        content = before.partition('id="content">')[2].partition("<script")[0].split("</div>")[0]
        for line in filter(None, map(str.strip, content.splitlines())):
            assert line in after[url] or "csrf" in line, (url, line)
        assert after[url].count("<!doctype html>") == after[url].count("<nav") == 1


def test_the_audit_says_what_to_do_before_and_that_it_is_done_after(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    use(settings, "before")
    call_command("slots", "--audit", no_color=True)
    before = capsys.readouterr().out
    assert "Fit with a change: 6. They are whole documents on base.html.\n" in before
    assert "Or let the slot name block='content'." in before
    assert "/<int:pk>/edit/  note-update  tests.adopting.views.NoteUpdate" in before
    use(settings, "after")
    call_command("slots", "--audit", no_color=True)
    after = capsys.readouterr().out
    assert "with a change" not in after
    assert "Fit as they are: 7. Their base template decides." in after


def test_lists_forms_and_modals_work_softly() -> None:
    """The first modal: a note opens over the list; a form in it, with errors, and saved."""
    tab = logged_in(SlotClient())
    tab.load("/")
    tab.click("bread")
    tab.assert_open("modal", "bread")
    tab.assert_title("bread - Notes")
    tab.assert_kept("children")
    tab.click("Change")
    tab.submit_form({"name": "coffee"})
    tab.assert_shows("modal", "already exists")
    tab.submit_form({"name": "brioche"})
    tab.assert_url("/")
    tab.assert_closed("modal")
    tab.assert_shows("messages", "brioche is saved.")
    tab.assert_shows("children", "brioche")
    tab.click("Next")
    tab.assert_shows("children", "coffee")
    assert "saved" not in tab.response.content.decode()


def test_the_dashboard_shows_existing_views() -> None:
    tab = logged_in(SlotClient())
    tab.load("/dashboard/")
    tab.assert_shows("children.children", "Statistics")
    tab.assert_shows("children.newest", "apples")
    tab.click("Edit apples")
    tab.assert_open("modal")
