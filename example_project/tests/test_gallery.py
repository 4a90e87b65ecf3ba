"""The gallery: uploads of photos, and comments on them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import override_settings

from example_project.dashboard.models import Member
from example_project.gallery.models import Photo
from example_project.tests.seeded import Seeded

PICTURE = Path(__file__).parents[1] / "gallery/static/gallery/thumbnails/8.webp"


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
        return self.client.post("/gallery/photos/new/", form)

    def test_a_new_photo_comes_first(self) -> None:
        self.assertRedirects(self.upload(), "/gallery/photos/25/")
        assert Photo.objects.first().title == "Ferry"
        photo = self.client.get("/gallery/photos/25/")
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

    def test_editing_a_photo_keeps_its_file(self) -> None:
        self.upload()
        form = {**self.photo, "title": "Point", "author": self.author.pk}
        self.assertRedirects(
            self.client.post("/gallery/photos/25/edit/", form), "/gallery/photos/25/"
        )
        self.assertContains(
            self.client.get("/gallery/photos/25/"), '<img src="/media/photos/ferry.webp"'
        )

    def test_the_file_goes_with_the_photo_or_its_author(self) -> None:
        self.upload()
        self.assertRedirects(self.client.post("/gallery/photos/25/delete/"), "/gallery/")
        assert not list(self.media.rglob("*.*"))
        self.upload()
        assert list(self.media.rglob("*.*"))
        self.client.post("/dashboard/team/maya-stone/delete/")
        assert not Photo.objects.filter(author=self.author).exists()
        assert not list(self.media.rglob("*.*"))


class Comments(Seeded):
    def test_a_user_who_is_logged_in_can_comment(self) -> None:
        """B39, B41: the photo's own page takes it, and shows it."""
        self.login("ada")
        response = self.client.post("/gallery/photos/2/", {"text": "Punctual."}, follow=True)
        self.assertRedirects(response, "/gallery/photos/2/")
        self.assertContains(response, "Punctual.")
        self.assertContains(response, "1 comment")

    def test_an_empty_comment_is_refused(self) -> None:
        self.login("ada")
        response = self.client.post("/gallery/photos/2/", {"text": "  "})
        self.assertContains(response, "This field is required.")
        self.assertContains(response, "0 comments")

    def test_visitors_are_led_to_the_login(self) -> None:
        self.assertContains(
            self.client.get("/gallery/photos/2/"), 'href="/login/?next=/gallery/photos/2/"'
        )
        response = self.client.post("/gallery/photos/2/", {"text": "Punctual."})
        self.assertRedirects(response, "/login/?next=/gallery/photos/2/")
