"""What the example promises without a browser (``manage.py test``); for the rest see tests/browser."""

from __future__ import annotations

from html.parser import HTMLParser
from io import StringIO
from unittest.mock import patch
from urllib.parse import urldefrag, urljoin

from django.core.management import call_command
from django.test import TestCase

MISSING = {"/dashboard/nowhere/", "/dashboard/docs/not/written"}
BROKEN = {"/dashboard/playground/broken/"}


class Links(HTMLParser):
    """Where the links and forms with GET on a page lead to."""

    def __init__(self, page: str, html: str) -> None:
        super().__init__()
        self.page = page
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "a":
            self.add(attributes["href"])
        if tag == "form" and attributes.get("method") != "post":
            self.add(attributes["action"])

    def add(self, url: str) -> None:
        url, _hash = urldefrag(urljoin(self.page, url))
        url, _next, _page = url.partition("?next=")  # each page has a login link of its own
        if url.startswith("/"):
            self.found.add(url)


class Seeded(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        call_command("seed", stdout=StringIO())


class Pages(Seeded):
    @patch("example_project.dashboard.views.pages.sleep")
    def test_every_link_leads_somewhere(self, sleep: object) -> None:
        """B12: each page that can be reached is a full page without JavaScript."""
        self.client.raise_request_exception = False
        seen, ahead = set(), {"/"}
        while ahead:
            url = ahead.pop()
            seen.add(url)
            with self.subTest(url=url):
                response = self.client.get(url)
                wanted = 404 if url in MISSING else 500 if url in BROKEN else 200
                assert response.status_code == wanted
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                html = response.content.decode()
                self.assertInHTML("Skip to the content", html)
                assert html.count("<main") == 1, f"{url} has no main part, or several"
                ahead |= Links(url, html).found - seen
        assert seen >= MISSING | BROKEN
        assert {f"/photos/{number}/" for number in range(1, 25)} <= seen

    def test_a_photo_has_a_page_of_its_own(self) -> None:
        """S11: a URL that is intercepted elsewhere is a full page on a hard load."""
        response = self.client.get("/photos/8/")
        self.assertContains(response, "<h1>The last ferry</h1>", html=True)
        self.assertNotContains(response, "<dialog")

    def test_unknown_people_and_photos_are_not_found(self) -> None:
        for url in ("/photos/99/", "/people/nobody/", "/gallery/nobody/"):
            with self.subTest(url=url):
                assert self.client.get(url).status_code == 404


class LoggingIn(Seeded):
    ada = {"username": "ada", "password": "ada"}

    def test_a_wrong_password_says_so(self) -> None:
        response = self.client.post("/login/", {**self.ada, "password": "wrong"})
        self.assertContains(response, "Please enter a correct username and password")

    def test_success_leads_back(self) -> None:
        response = self.client.post("/login/", {**self.ada, "next": "/photos/8/"})
        self.assertRedirects(response, "/photos/8/")
        self.assertContains(self.client.get("/photos/8/"), "Log out")

    def test_success_does_not_lead_to_another_site(self) -> None:
        response = self.client.post("/login/", {**self.ada, "next": "https://example.com/"})
        self.assertRedirects(response, "/")

    def test_logging_out_needs_a_post(self) -> None:
        self.client.post("/login/", self.ada)
        assert self.client.get("/logout/").status_code == 405
        self.assertRedirects(self.client.post("/logout/"), "/")
        self.assertContains(self.client.get("/"), "Log in")


class DisplaySettings(TestCase):
    def test_they_are_kept_in_the_session(self) -> None:
        chosen = {"accent": "dusk", "photos": "large", "next": "/gallery/"}
        self.assertRedirects(self.client.post("/display/", chosen), "/gallery/")
        self.assertContains(self.client.get("/"), 'data-accent="dusk" data-photos="large"')

    def test_nobody_chooses_what_is_not_offered(self) -> None:
        response = self.client.post("/display/", {"accent": "mud", "photos": "large"})
        self.assertContains(response, "mud is not one of the available choices")
