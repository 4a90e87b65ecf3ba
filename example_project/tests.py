"""What the example promises without a browser (``manage.py test``); for the rest see tests/browser."""

from __future__ import annotations

from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import urldefrag, urljoin

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, TestCase, override_settings

from django_parallel_routes.test import SlotClient, assert_soft_equals_hard
from example_project.dashboard.models import Activity, Change, Member
from example_project.gallery.models import Photo
from example_project.site.code import excerpts
from example_project.status.forms import Knobs
from tests.support.access_matrix import Matrix

MISSING = {"/dashboard/nowhere/", "/dashboard/docs/not/written"}
BROKEN = {"/dashboard/playground/broken/"}
STAFF_ONLY = {
    "/dashboard/team/new/",
    "/dashboard/team/ada-novak/edit/",
    "/dashboard/team/ada-novak/delete/",
    "/photos/new/",
    "/photos/8/edit/",
    "/photos/8/delete/",
}
PICTURE = Path(__file__).parent / "gallery/static/gallery/thumbnails/8.webp"


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

    def login(self, username: str) -> None:
        self.client.force_login(get_user_model().objects.get(username=username))


class Pages(Seeded):
    @patch.object(Knobs.base_fields["delay"], "initial", 0)
    @patch("example_project.dashboard.views.pages.sleep")
    def test_every_link_leads_somewhere(self, sleep: object) -> None:
        """B12: each page that can be reached is a full page without JavaScript."""
        seen = self.crawl({"/"}, seen=set())
        assert seen >= MISSING | BROKEN
        assert {f"/photos/{number}/" for number in range(1, 25)} <= seen
        assert not any("/new/" in url or "/edit/" in url or "/delete/" in url for url in seen)
        self.login("admin")
        begin = {"/", "/dashboard/", "/dashboard/team/ada-novak/", "/gallery/", "/photos/8/"}
        found = self.crawl(begin, seen - begin) - seen
        code = {"/code/dashboard/changes.html/", "/code/dashboard/team/form.html/"}
        assert found == {"/account/", *STAFF_ONLY, *code}

    def test_activities_read_as_sentences(self) -> None:
        self.assertContains(self.client.get("/dashboard/?kind=commented"), "commented on the ")
        commented = Activity.objects.filter(kind=Activity.Kind.COMMENTED)
        assert all(activity.text.startswith("on the ") for activity in commented)

    def crawl(self, ahead: set[str], seen: set[str]) -> set[str]:
        """Go wherever links lead, but for what has been seen."""
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
        self.assertContains(self.client.get("/photos/8/"), ">ada</a>")

    def test_success_does_not_lead_to_another_site(self) -> None:
        response = self.client.post("/login/", {**self.ada, "next": "https://example.com/"})
        self.assertRedirects(response, "/")

    def test_logging_out_needs_a_post(self) -> None:
        self.client.post("/login/", self.ada)
        assert self.client.get("/logout/").status_code == 405
        self.assertRedirects(self.client.post("/logout/"), "/")
        self.assertContains(self.client.get("/"), "Log in")

    def test_logging_out_leads_back(self) -> None:
        self.client.post("/login/", self.ada)
        response = self.client.get("/account/?next=/photos/8/")
        self.assertContains(response, '<input type="hidden" name="next" value="/photos/8/">')
        self.assertRedirects(self.client.post("/logout/", {"next": "/photos/8/"}), "/photos/8/")

    def test_visitors_have_no_account(self) -> None:
        self.assertRedirects(self.client.get("/account/"), "/login/?next=/account/")


class Staff(Seeded):
    grace = {
        "member-name": "Grace Hopper",
        "member-title": "Compilers",
        "member-role": "viewer",
        "member-email": "grace@tideline.example",
        "member-city": "New York",
    }

    def setUp(self) -> None:
        self.login("admin")

    def test_others_change_nothing(self) -> None:
        """B54: visitors are led to the login, everybody else is refused."""
        for url in STAFF_ONLY:
            for send in (self.client.get, self.client.post):
                with self.subTest(url=url, method=send.__name__):
                    self.login("ada")
                    assert send(url).status_code == 403
                    self.client.logout()
                    self.assertRedirects(send(url), f"/login/?next={url}")
        assert Member.objects.filter(slug="ada-novak").exists()
        assert Photo.objects.filter(number=8).exists()

    def test_a_new_member_heads_the_list(self) -> None:
        """B41: without JavaScript it is a full page."""
        response = self.client.post("/dashboard/team/new/", self.grace, follow=True)
        self.assertRedirects(response, "/dashboard/team/")
        assert response.context["page"][0].name == "Grace Hopper"
        self.assertContains(response, '<dd class="figure">15 ')
        assert Change.objects.get().text == "Grace Hopper has joined the team."

    def test_an_address_belongs_to_one_person(self) -> None:
        taken = self.grace | {"member-email": "ada@tideline.example"}
        response = self.client.post("/dashboard/team/new/", taken)
        self.assertContains(response, "Somebody else has this address.")
        self.assertContains(response, 'value="Grace Hopper"')
        assert not Change.objects.exists()

    def test_everybody_gets_a_page(self) -> None:
        """Names may be alike, have no letters of a slug, or be that of another page."""
        slugs = []
        for number, name in enumerate(("Ada Novak", "Ada Novak", "李娜", "New")):
            form = self.grace | {"member-name": name, "member-email": f"{number}@a.example"}
            self.assertRedirects(
                self.client.post("/dashboard/team/new/", form), "/dashboard/team/"
            )
            slugs.append(Member.objects.latest("pk").slug)
        assert slugs == ["ada-novak-2", "ada-novak-3", "member", "new-2"]

    def test_new_members_begin_with_the_role_of_the_settings(self) -> None:
        self.client.post("/dashboard/settings/team/", {"default_role": "viewer"})
        response = self.client.get("/dashboard/team/new/")
        self.assertContains(response, '<option value="viewer" selected>')

    def test_members_are_edited_and_deleted(self) -> None:
        here = "/dashboard/team/hiro-tanaka/"
        form = self.grace | {"member-name": "Hiro"}
        response = self.client.post(f"{here}edit/", form, follow=True)
        self.assertRedirects(response, here)
        self.assertContains(response, "<h2>Hiro</h2>", html=True)
        self.assertContains(self.client.get(f"{here}delete/"), "Delete Hiro")
        response = self.client.post(f"{here}delete/")
        self.assertRedirects(response, "/dashboard/team/")
        self.assertContains(self.client.get(here), "There is nothing here.")
        said = ["Hiro has left the team.", "Hiro is up to date."]
        assert [change.text for change in Change.objects.all()] == said

    def test_whoever_leads_a_project_stays(self) -> None:
        """B39: the form says why."""
        response = self.client.post("/dashboard/team/ada-novak/delete/")
        self.assertContains(response, "First somebody else has to lead Northstar.")
        assert Member.objects.filter(slug="ada-novak").exists()
        assert not Change.objects.exists()

    def test_changes_are_seen_by_the_staff_only(self) -> None:
        """S46: test_func."""
        self.assertContains(self.client.get("/dashboard/"), "<b>changes</b> rendered")
        for username in ("ada", ""):
            self.client.logout()
            if username:
                self.login(username)
            self.assertNotContains(self.client.get("/dashboard/"), "<b>changes</b>")


class Filter(Seeded):
    def names(self, query: str) -> list[str]:
        response = self.client.get(f"/dashboard/team/?{query}")
        assert response.status_code == 200
        return sorted(member.name for member in response.context["page"])

    def test_it_is_for_name_and_role(self) -> None:
        assert self.names("role=admin") == ["Amara Diallo", "Farid Haddad", "Maya Stone"]
        assert self.names("role=admin&name=ma") == ["Amara Diallo", "Maya Stone"]
        assert self.names("name=nobody") == []

    def test_what_is_not_offered_counts_for_nothing(self) -> None:
        assert len(self.names("role=king")) == 5

    def test_pages_repeat_it(self) -> None:
        response = self.client.get("/dashboard/team/?role=editor")
        self.assertContains(response, 'href="/dashboard/team/?role=editor&amp;page=2"')
        self.assertContains(response, '<option value="editor" selected>Editor</option>', html=True)


class Uploads(Seeded):
    content = PICTURE.read_bytes()
    photo = {"title": "Ferry", "caption": "Once more.", "place": "Here"}

    def setUp(self) -> None:
        media = TemporaryDirectory()
        self.addCleanup(media.cleanup)
        self.media = Path(media.name)
        override = override_settings(MEDIA_ROOT=self.media)
        override.enable()
        self.addCleanup(override.disable)
        self.login("admin")
        self.author = Member.objects.get(slug="maya-stone")

    def upload(self, name: str = "ferry.webp", content: bytes = content) -> HttpResponse:
        file = SimpleUploadedFile(name, content)
        form = {**self.photo, "author": self.author.pk, "picture": file}
        return self.client.post("/photos/new/", form)

    def test_a_new_photo_comes_first(self) -> None:
        self.assertRedirects(self.upload(), "/photos/25/")
        assert Photo.objects.first().title == "Ferry"
        photo = self.client.get("/photos/25/")
        self.assertContains(photo, '<img src="/media/photos/ferry.webp"')
        self.assertContains(photo, "1 of 25")
        self.assertContains(photo, "Next: First light")
        assert (self.media / "photos" / "ferry.webp").read_bytes() == self.content

    def test_not_everything_is_a_picture(self) -> None:
        for name, content, error in (
            ("ferry.webp", b"<script>", "That is no picture."),
            ("ferry.svg", self.content, "File extension “svg” is not allowed."),
            ("ferry.webp", self.content + bytes(5 * 1024**2), "That is more than 5 MB."),
            ("ferry.webp", b"", "The submitted file is empty."),
        ):
            with self.subTest(error=error):
                self.assertContains(self.upload(name, content), error)
        assert not list(self.media.rglob("*.*"))

    def test_it_is_edited_but_keeps_its_file(self) -> None:
        self.upload()
        form = {**self.photo, "title": "Point", "author": self.author.pk}
        self.assertRedirects(self.client.post("/photos/25/edit/", form), "/photos/25/")
        self.assertContains(self.client.get("/photos/25/"), '<img src="/media/photos/ferry.webp"')

    def test_the_file_goes_with_the_photo_or_its_author(self) -> None:
        self.upload()
        self.assertRedirects(self.client.post("/photos/25/delete/"), "/gallery/")
        assert not list(self.media.rglob("*.*"))
        self.upload()
        assert list(self.media.rglob("*.*"))
        self.client.post("/dashboard/team/maya-stone/delete/")
        assert not Photo.objects.filter(author=self.author).exists()
        assert not list(self.media.rglob("*.*"))


class Comments(Seeded):
    def test_whoever_is_logged_in_may_say_something(self) -> None:
        """B39, B41: the photo's own page takes it, and shows it."""
        self.login("ada")
        response = self.client.post("/photos/2/", {"text": "Punctual."}, follow=True)
        self.assertRedirects(response, "/photos/2/")
        self.assertContains(response, "Punctual.")
        self.assertContains(response, "1 comment")

    def test_nothing_is_no_comment(self) -> None:
        self.login("ada")
        response = self.client.post("/photos/2/", {"text": "  "})
        self.assertContains(response, "This field is required.")
        self.assertContains(response, "0 comments")

    def test_visitors_are_led_to_the_login(self) -> None:
        self.assertContains(self.client.get("/photos/2/"), 'href="/login/?next=/photos/2/"')
        response = self.client.post("/photos/2/", {"text": "Punctual."})
        self.assertRedirects(response, "/login/?next=/photos/2/")


class DisplaySettings(TestCase):
    def test_they_are_kept_in_the_session(self) -> None:
        chosen = {"accent": "dusk", "photos": "large", "delay": "0", "next": "/gallery/"}
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
        page, stamp_of = (
            html.partition("<template data-pr-arrived>")[0],
            "<b>{}</b> rendered".format,
        )
        for name in ("children", "uptime", "layout"):
            assert stamp_of(name) in page, name
        for name in ("queue", "deploys", "gauge", "latency", "log"):
            assert stamp_of(name) not in page, name
        assert stamp_of("latency") in html
        assert stamp_of("deploys") not in html

    def test_without_javascript_everything_is_in_its_place(self) -> None:
        """S43, B12."""
        html = self.look(f"{self.quick}&slots=inline")
        for name in ("children", "uptime", "queue", "latency", "deploys", "gauge", "log"):
            assert f"<b>{name}</b> rendered" in html, name
        assert 'data-pr-state="loading"' not in html
        assert "<noscript" not in html

    def test_what_fails_fails_alone(self) -> None:
        """S44, S45: the page is there, and says of each panel what is wrong."""
        self.client.raise_request_exception = False
        with self.assertLogs("django.request", "WARNING") as logs:
            html = self.look("delay=0&gauge=fails&slots=inline")
        self.assertInHTML("<p>This could not be loaded.</p>", html)
        self.assertInHTML('<a href="" data-pr-retry>Try again</a>', html, count=1)
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
            assert ("but not for visitors" in html) == (not username)
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


class Code(TestCase):
    """Each card shows where it comes from: the lines of its slot, and of its view."""

    def test_each_card_has_some(self) -> None:
        root = Path(__file__).parent
        cards = [
            path.relative_to(path.parents[-1 - path.parts.index("templates")]).as_posix()
            for path in root.glob("*/templates/**/*.html")
            if "{% stamp" in path.read_text()
        ]
        assert len(cards) > 40
        assert [card for card in cards if not excerpts(card)] == []
        slot, view = excerpts("dashboard/team/members.html")
        assert (slot.file, slot.text.split("(")[0]) == (
            "example_project/dashboard/urls.py",
            "team=slot",
        )
        assert view.text.startswith("def members(request: HttpRequest)")

    def test_nothing_else_is_shown(self) -> None:
        for card in ("settings.py", "dashboard/nothing.html", "../manage.py", "site/start.html"):
            assert self.client.get(f"/code/{card}/").status_code == 404, card


class Delay(TestCase):
    def test_a_visitor_slows_down_the_own_clicks(self) -> None:
        """By no more than the form offers."""
        self.client.post("/display/", {"accent": "tide", "photos": "small", "delay": "700"})
        with patch("example_project.middleware.sleep") as sleep:
            self.client.get("/display/", headers={"Parallel-Routes": "{}"})
            self.client.post("/display/", {"accent": "tide", "photos": "small", "delay": "9999"})
            self.client.get("/display/")
        assert [call.args for call in sleep.call_args_list] == [(0.7,)]
        assert self.client.session["display"]["delay"] == "700"


EXAMPLES = {
    "project": "northstar",
    "file": "brief.md",
    "rest": "guides/forms",
    "member": "farid-haddad",
    "owner": "farid-haddad",
    "number": 1,
    "kind": "requests",
    "card": "dashboard/team/members.html",
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
        people = {"staff": Client(), "member": Client()}
        people["staff"].force_login(users.get(username="admin"))
        people["member"].force_login(users.get(username="ada"))
        matrix = Matrix({**people, "anonymous": Client()}, EXAMPLES)
        matrix.explore()
        assert matrix.leaks == []
        unseen = {view.__name__ for view in matrix.views - matrix.composed}
        assert unseen == NEVER_SHOWN


class Parity(Seeded):
    @patch.object(Knobs.base_fields["delay"], "initial", 0)
    @patch("example_project.dashboard.views.pages.sleep")
    def test_soft_navigations_show_what_hard_loads_do(self, sleep: object) -> None:
        """S13 to S17, S26: from anywhere to everywhere, for those who may see most."""
        client = SlotClient()
        client.force_login(get_user_model().objects.get(username="admin"))
        parity = assert_soft_equals_hard(
            client,
            examples=EXAMPLES,
            exclude=["*/broken/", "/status/", "/status/log/<slug:kind>/"],
            urls=[
                "/status/?gauge=works",
                "/status/log/jobs/?gauge=works",
            ],  # or it fails now and then
            ignore=[
                r"<time>[\d:.]+</time>\s*· #\d+",  # when a slot was rendered, and how often
                r"\?next=[^\"]*",  # in the outermost layout, which stays: modals know better
            ],
        )
        assert parity.visits > 100
        assert set(parity.skipped.values()) == {"excluded"}
