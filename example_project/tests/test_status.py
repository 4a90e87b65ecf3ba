"""The status board: panels that come later, fail, and depend on the role."""

from __future__ import annotations

from unittest.mock import patch

from example_project.status.forms import Knobs
from example_project.tests.seeded import Seeded


@patch.object(Knobs.base_fields["delay"], "initial", 0)
class StatusBoard(Seeded):
    """Pages lead browsers without JavaScript to ``?slots=inline``."""

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

    def test_a_panel_that_fails_fails_alone(self) -> None:
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

    def test_a_first_visit_can_be_prefetched(self) -> None:
        """S60: it writes nothing into the session. Only other knobs are remembered."""
        self.look("")
        assert dict(self.client.session) == {}
        self.look(self.quick)
        assert self.client.session["status"]["gauge"] == "works"

    def test_a_log_that_is_missing_is_missed_in_its_tab_only(self) -> None:
        """S45: the tabs stay, and so does the page."""
        self.look(self.quick)
        response = self.client.get("/status/log/backups/?slots=inline")
        assert response.status_code == 200
        html = response.getvalue().decode()
        assert "<b>log tabs</b> rendered" in html
        assert "There is no log of backups." in html
        assert "<title>No such log · Status · Tideline</title>" in html
