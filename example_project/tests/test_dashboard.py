"""The dashboard: its members, who may change them, the filter of their list, and activities."""

from __future__ import annotations

from example_project.dashboard.models import Activity, Change, Member
from example_project.gallery.models import Photo
from example_project.tests.seeded import STAFF_ONLY, Seeded


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
        """Two names may be equal, have no letters for a slug, or give the slug of another page."""
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
        self.assertContains(
            self.client.get(here), "<title>No such member · Team · Tideline</title>"
        )
        said = ["Hiro has left the team.", "Hiro is up to date."]
        assert [change.text for change in Change.objects.all()] == said

    def test_a_member_who_leads_a_project_can_not_be_deleted(self) -> None:
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

    def test_the_filter_is_for_name_and_role(self) -> None:
        assert self.names("role=admin") == ["Amara Diallo", "Farid Haddad", "Maya Stone"]
        assert self.names("role=admin&name=ma") == ["Amara Diallo", "Maya Stone"]
        assert self.names("name=nobody") == []

    def test_a_filter_value_that_is_not_offered_is_ignored(self) -> None:
        assert len(self.names("role=king")) == 5

    def test_pages_repeat_it(self) -> None:
        response = self.client.get("/dashboard/team/?role=editor")
        self.assertContains(response, 'href="/dashboard/team/?role=editor&amp;page=2"')
        self.assertContains(response, '<option value="editor" selected>Editor</option>', html=True)


class Activities(Seeded):
    def test_they_read_as_sentences(self) -> None:
        self.assertContains(self.client.get("/dashboard/?kind=commented"), "commented on the ")
        commented = Activity.objects.filter(kind=Activity.Kind.COMMENTED)
        assert all(activity.text.startswith("on the ") for activity in commented)
