"""What the example promises without a browser (``manage.py test``); for the rest see tests/browser."""

from __future__ import annotations

from html.parser import HTMLParser
from io import StringIO
from unittest.mock import patch
from urllib.parse import urldefrag, urljoin

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client, TestCase, override_settings

from example_project.status.forms import Knobs
from tests.matrix import Matrix

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
    @patch.object(Knobs.base_fields["delay"], "initial", 0)
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
                html = response.getvalue().decode()  # it may be streamed
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


@patch.object(Knobs.base_fields["delay"], "initial", 0)
class StatusBoard(Seeded):
    """``?slots=inline`` is what those without JavaScript are led to."""

    quick = "delay=0&gauge=works"

    def look(self, query: str) -> str:
        response = self.client.get(f"/status/?{query}")
        assert response.status_code == 200
        return response.getvalue().decode()

    def test_slow_panels_come_later(self) -> None:
        """S43: a deferred one is not run for the page, a streamed one is at its end."""
        html = self.look(self.quick)
        page, stamp_of = html.partition("<template data-arrived>")[0], "<b>{}</b> rendered".format
        for name in ("children", "uptime", "layout"):
            assert stamp_of(name) in page, name
        for name in ("deploys", "gauge", "latency", "log"):
            assert stamp_of(name) not in page, name
        assert stamp_of("latency") in html
        assert stamp_of("deploys") not in html

    def test_the_queue_makes_its_deadline_or_not(self) -> None:
        """S43: deadline=300."""
        assert "jobs are waiting" in self.look("delay=0")
        assert "jobs are waiting" not in self.look("delay=500")

    def test_without_javascript_everything_is_in_its_place(self) -> None:
        """S43, B12."""
        html = self.look(f"{self.quick}&slots=inline")
        for name in ("children", "uptime", "queue", "latency", "deploys", "gauge", "log"):
            assert f"<b>{name}</b> rendered" in html, name
        assert 'data-state="loading"' not in html
        assert "<noscript" not in html

    def test_what_fails_fails_alone(self) -> None:
        """S44, S45: the page is there, and says of each panel what is wrong."""
        self.client.raise_request_exception = False
        with self.assertLogs("django.request", "WARNING") as logs:
            html = self.look("delay=0&gauge=fails&slots=inline")
        self.assertInHTML("<p>This could not be loaded.</p>", html)
        self.assertInHTML('<a href="" data-retry>Try again</a>', html, count=1)
        self.assertInHTML("<p>There is nothing here.</p>", html)
        self.assertInHTML("<p>You may not see this.</p>", html)
        errors = [line for line in logs.output if line.startswith("ERROR")]
        assert len(errors) == 1
        assert "The tide gauge does not answer." in errors[0]

    def test_the_gauge_fails_every_other_time(self) -> None:
        self.client.raise_request_exception = False
        with self.assertLogs("django.request", "WARNING"):
            looks = [self.look("delay=0&gauge=flaky&slots=inline") for _ in range(4)]
        failed = ["This could not be loaded" in html for html in looks]
        assert failed in ([True, False] * 2, [False, True] * 2)

    def test_panels_come_and_go_with_the_role(self) -> None:
        """S46: by ``test_func``, and by ``{% if %}``."""
        seen = {}
        for username in ("", "ada", "admin"):
            if username:
                self.client.post("/login/", {"username": username, "password": username})
            html = self.look(f"{self.quick}&slots=inline")
            names = ("costs", "rota", "keys", "audit")
            seen[username] = {name for name in names if f"<b>{name}</b> rendered" in html}
            assert ("none is for visitors" in html) == (not username)
            self.client.post("/logout/")
        assert seen == {"": set(), "ada": {"rota"}, "admin": {"costs", "rota", "keys", "audit"}}

    def test_knobs_out_of_bounds_are_refused(self) -> None:
        for delay in ("5001", "-1", "soon"):
            with self.subTest(delay=delay):
                html = self.look(f"delay={delay}")
                assert "errorlist" in html

    def test_the_other_urls_of_the_board_remember_the_knobs(self) -> None:
        self.look("delay=70&gauge=works")
        html = self.client.get("/status/log/jobs/").getvalue().decode()
        self.assertInHTML(
            '<input type="number" name="delay" value="70" min="0" max="5000" step="100"'
            ' id="id_delay" required>',
            html,
        )

    def test_a_log_that_is_missing_is_missed_in_its_tab_only(self) -> None:
        """S45: the tabs stay, and so does the page."""
        self.look(self.quick)
        response = self.client.get("/status/log/backups/?slots=inline")
        assert response.status_code == 200
        html = response.getvalue().decode()
        assert "<b>log tabs</b> rendered" in html
        self.assertInHTML("<p>There is nothing here.</p>", html, count=2)  # and no incident


class Roles(Seeded):
    def test_there_are_none_without_debug(self) -> None:
        assert self.client.post("/role/", {"role": "admin"}).status_code == 404
        self.assertNotContains(self.client.get(f"/status/?{StatusBoard.quick}"), "/role/")

    @override_settings(DEBUG=True)
    def test_one_may_be_somebody_else(self) -> None:
        names = {"admin": ">admin<", "member": ">ada<", "visitor": ">Log in<"}
        for role, name in names.items():
            here = "http://testserver/gallery/"
            response = self.client.post("/role/", {"role": role}, headers={"Referer": here})
            self.assertRedirects(response, here)
            self.assertContains(self.client.get("/gallery/"), name)

    @override_settings(DEBUG=True)
    def test_nobody_becomes_what_is_not_offered(self) -> None:
        assert self.client.post("/role/", {"role": "root"}).status_code == 400
        assert self.client.get("/role/").status_code == 405


EXAMPLES = {
    "project": "northstar",
    "file": "brief.md",
    "rest": "guides/forms",
    "member": "farid-haddad",
    "owner": "farid-haddad",
    "number": 1,
    "kind": "requests",
    "pk": 1,
}
"""What stands in the URLs of routes; a route with another parameter needs one here."""

NEVER_SHOWN = {"broken", "incident"}


class Permissions(Seeded):
    @patch.object(Knobs.base_fields["delay"], "initial", 0)
    @patch("example_project.dashboard.views.pages.sleep")
    def test_nobody_sees_what_a_plain_url_refuses(self, sleep: object) -> None:
        """B54, B30, S46: no soft, intercepted, deferred, restored or refreshed answer shows that."""
        users = get_user_model().objects
        people = {"superuser": Client(), "staff": Client(), "member": Client()}
        people["superuser"].force_login(users.create_superuser("root"))
        people["staff"].force_login(users.get(username="admin"))
        people["member"].force_login(users.get(username="ada"))
        matrix = Matrix({**people, "anonymous": Client()}, EXAMPLES)
        matrix.explore()
        assert matrix.leaks == []
        unseen = {view.__name__ for view in matrix.views - matrix.composed}
        assert unseen == NEVER_SHOWN
