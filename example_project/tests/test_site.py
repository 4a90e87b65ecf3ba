"""What belongs to the whole site: the display settings, the delay, and the code that cards show."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from django.test import TestCase

from example_project.site.code import excerpts


class DisplaySettings(TestCase):
    def test_they_are_kept_in_the_session(self) -> None:
        chosen = {"accent": "dusk", "photos": "large", "delay": "0", "htmx": "4"}
        chosen["next"] = "/gallery/"
        self.assertRedirects(self.client.post("/display/", chosen), "/gallery/")
        start = self.client.get("/")
        self.assertContains(start, 'data-accent="dusk" data-photos="large"')
        self.assertContains(start, "htmx-4.")

    def test_a_display_setting_that_is_not_offered_is_refused(self) -> None:
        response = self.client.post("/display/", {"accent": "mud", "photos": "large"})
        self.assertContains(response, "mud is not one of the available choices")


class Delay(TestCase):
    def test_a_visitor_slows_down_clicks(self) -> None:
        """A longer delay than the form offers has no effect."""
        self.client.post(
            "/display/", {"accent": "tide", "photos": "small", "delay": "700", "htmx": "2"}
        )
        with patch("example_project.middleware.sleep") as sleep:
            self.client.get("/display/", headers={"Parallel-Routes": "{}"})
            self.client.post(
                "/display/", {"accent": "tide", "photos": "small", "delay": "9999", "htmx": "2"}
            )
            self.client.get("/display/")
        assert [call.args for call in sleep.call_args_list] == [(0.7,)]
        assert self.client.session["display"]["delay"] == "700"


class Code(TestCase):
    """Each card shows where it comes from: the lines of its slot, of its view, and its template."""

    def test_each_card_has_some(self) -> None:
        root = Path(__file__).parents[1]
        cards = [
            path.relative_to(path.parents[-1 - path.parts.index("templates")]).as_posix()
            for path in root.glob("*/templates/**/*.html")
            if "{% stamp" in path.read_text()
        ]
        assert len(cards) > 40
        assert [card for card in cards if not excerpts(card)] == []
        slot, view, template = excerpts("dashboard/team/members.html")
        assert (slot.file, slot.text.split("(")[0]) == (
            "example_project/dashboard/urls.py",
            "team=slot",
        )
        assert view.text.startswith("def members(request: HttpRequest)")
        assert template.text.startswith("<title>Team · Tideline</title>")

    def test_the_code_drawer_shows_no_other_files(self) -> None:
        for card in (
            "settings.py",
            "dashboard/nothing.html",
            "dashboard/t..m/members.html",
            "site/start.html",
        ):
            assert self.client.get(f"/code/{card}/").status_code == 404, card
