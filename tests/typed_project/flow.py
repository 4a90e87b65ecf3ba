"""A test of the project, with the test client of the package."""

from __future__ import annotations

from django.test import TestCase

from django_parallel_routes.test import AsyncSlotClient, SlotClient, assert_soft_equals_hard


class PhotoTests(TestCase):
    client: SlotClient
    client_class = SlotClient

    def test_a_photo_opens_over_the_wall(self) -> None:
        self.client.load("/")
        self.client.visit("/photos/3/", slot="modal")
        self.client.assert_open("modal", "Pines")
        self.client.back()
        title: str = self.client.screen.title
        shown: str = self.client.screen.slots["children"].text
        assert title
        assert shown

    def test_every_click_shows_what_a_reload_shows(self) -> None:
        assert_soft_equals_hard(self.client, examples={"pk": 3})

    async def test_async(self) -> None:
        client = AsyncSlotClient()
        await client.load("/")
        await client.submit("/photos/3/", {"text": "Hm."}, inside="modal")
        client.visit("/", inside=3)  # type: ignore[arg-type]
