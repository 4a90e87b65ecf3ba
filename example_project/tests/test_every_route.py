"""All routes at once: nobody sees what is refused, and soft navigations show what hard loads do."""

from __future__ import annotations

from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.test import Client

from django_parallel_routes.test import SlotClient, assert_soft_equals_hard
from example_project.status.forms import Knobs
from example_project.tests.seeded import EXAMPLES, Seeded
from tests.support.access_matrix import Matrix

NEVER_SHOWN = {"broken", "incident"}


class Permissions(Seeded):
    @patch.object(Knobs.base_fields["delay"], "initial", 0)
    @patch("example_project.dashboard.views.pages.sleep")
    def test_nobody_sees_what_a_plain_url_refuses(self, sleep: object) -> None:
        """B54, B30, S46: no soft, intercepted, deferred, restored or refreshed response shows it."""
        staff = Client()
        staff.force_login(get_user_model().objects.get(username="admin"))
        matrix = Matrix({"staff": staff, "anonymous": Client()}, EXAMPLES)
        matrix.explore()
        assert matrix.leaks == []
        unseen = {view.__name__ for view in matrix.views - matrix.composed}
        assert unseen == NEVER_SHOWN


class Parity(Seeded):
    @patch.object(Knobs.base_fields["delay"], "initial", 0)
    @patch("example_project.dashboard.views.pages.sleep")
    def test_soft_navigations_show_what_hard_loads_do(self, sleep: object) -> None:
        """S13 to S17, S26: from each page to each URL, for the user who may see most."""
        client = SlotClient()
        client.force_login(get_user_model().objects.get(username="admin"))
        parity = assert_soft_equals_hard(
            client,
            examples=EXAMPLES,
            exclude=["*/broken/", "/status/", "/status/log/", "/status/log/<slug:kind>/"],
            urls=[
                "/status/?gauge=works",
                "/status/log/jobs/?gauge=works",
            ],  # or it fails now and then
            ignore=[
                r"name=\"next\" value=\"[^\"]*\"",  # where the visitor has come from
                r"<time>[\d:.]+</time>\s*· #\d+",  # when a slot was rendered, and how often
            ],
        )
        assert len(parity.urls) > 25
        assert set(parity.skipped.values()) == {"excluded"}
