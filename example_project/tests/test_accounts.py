"""Logging in and out, and the roles that visitors may try."""

from __future__ import annotations

from django.test import override_settings

from example_project.tests.seeded import Seeded


class LoggingIn(Seeded):
    ada = {"username": "ada", "password": "ada"}

    def test_a_wrong_password_says_so(self) -> None:
        response = self.client.post("/login/", {**self.ada, "password": "wrong"})
        self.assertContains(response, "Please enter a correct username and password")

    def test_success_leads_back(self) -> None:
        response = self.client.post("/login/", {**self.ada, "next": "/gallery/photos/8/"})
        self.assertRedirects(response, "/gallery/photos/8/")
        self.assertContains(self.client.get("/gallery/photos/8/"), ">ada</a>")

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
        response = self.client.get("/account/?next=/gallery/photos/8/")
        self.assertContains(
            response, '<input type="hidden" name="next" value="/gallery/photos/8/">'
        )
        self.assertRedirects(
            self.client.post("/logout/", {"next": "/gallery/photos/8/"}), "/gallery/photos/8/"
        )

    def test_a_link_of_the_kept_header_leads_back_to_what_was_on_screen(self) -> None:
        """The link names no page, so the Referer counts, unless it is another site or the login itself."""
        for referer, to in {
            "http://testserver/gallery/photos/8/": "http://testserver/gallery/photos/8/",
            "https://example.com/": "/",
            "http://testserver/login/": "/",
            "http://[": "/",
        }.items():
            response = self.client.get("/login/", headers={"Referer": referer})
            self.assertContains(response, f'<input type="hidden" name="next" value="{to}">')

    def test_visitors_have_no_account(self) -> None:
        self.assertRedirects(self.client.get("/account/"), "/login/?next=/account/")


class Roles(Seeded):
    def test_there_are_none_without_debug(self) -> None:
        assert self.client.post("/role/", {"role": "admin"}).status_code == 404
        self.assertNotContains(self.client.get("/status/?delay=0&gauge=works"), "/role/")

    @override_settings(DEBUG=True)
    def test_a_visitor_can_become_another_user(self) -> None:
        names = {"admin": ">admin<", "member": ">ada<", "visitor": ">Log in<"}
        for role, name in names.items():
            here = "http://testserver/gallery/"
            response = self.client.post("/role/", {"role": role}, headers={"Referer": here})
            self.assertRedirects(response, here)
            self.assertContains(self.client.get("/gallery/"), name)

    @override_settings(DEBUG=True)
    def test_a_role_that_is_not_offered_is_refused(self) -> None:
        assert self.client.post("/role/", {"role": "root"}).status_code == 400
        assert self.client.get("/role/").status_code == 405
