"""Every page can be reached, and is whole without JavaScript."""

from __future__ import annotations

from html.parser import HTMLParser
from unittest.mock import patch
from urllib.parse import urldefrag, urljoin

from example_project.status.forms import Knobs
from example_project.tests.seeded import STAFF_ONLY, Seeded

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


class Pages(Seeded):
    @patch.object(Knobs.base_fields["delay"], "initial", 0)
    @patch("example_project.dashboard.views.pages.sleep")
    def test_every_link_leads_somewhere(self, sleep: object) -> None:
        """B12: each page that can be reached is a full page without JavaScript."""
        seen = self.crawl({"/"}, seen=set())
        assert seen >= MISSING | BROKEN
        assert {f"/gallery/photos/{number}/" for number in range(1, 25)} <= seen
        assert not any("/new/" in url or "/edit/" in url or "/delete/" in url for url in seen)
        self.login("admin")
        begin = {
            "/",
            "/dashboard/",
            "/dashboard/team/ada-novak/",
            "/gallery/",
            "/gallery/photos/8/",
        }
        found = self.crawl(begin, seen - begin) - seen
        code = {"/code/dashboard/changes.html/", "/code/dashboard/team/form.html/"}
        assert found == {"/account/", *STAFF_ONLY, *code}

    def crawl(self, ahead: set[str], seen: set[str]) -> set[str]:
        """Follow all links to URLs that are not in ``seen``."""
        self.client.raise_request_exception = False
        seen = set(seen)
        while ahead:
            url = ahead.pop()
            seen.add(url)
            with self.subTest(url=url):
                response = self.client.get(url)
                wanted = 404 if url in MISSING else 500 if url in BROKEN else 200
                assert response.status_code == wanted
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                html = response.getvalue().decode()  # it may be streamed
                self.assertInHTML("Skip to the content", html)
                assert html.count("<main") == 1, f"{url} has no main part, or several"
                ahead |= Links(url, html).found - seen
        return seen

    def test_a_photo_has_a_page_of_its_own(self) -> None:
        """S11: a URL that is intercepted elsewhere is a full page on a hard load."""
        response = self.client.get("/gallery/photos/8/")
        self.assertContains(response, "<h1>The last ferry</h1>", html=True)
        self.assertNotContains(response, "<dialog")

    def test_unknown_people_and_photos_are_not_found(self) -> None:
        for url in ("/gallery/photos/99/", "/gallery/people/nobody/", "/gallery/nobody/"):
            with self.subTest(url=url):
                assert self.client.get(url).status_code == 404
