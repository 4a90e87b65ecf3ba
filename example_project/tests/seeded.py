"""What the tests of the example share: the seeded data, and URLs of its routes."""

from __future__ import annotations

from io import StringIO

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import TestCase, override_settings

STAFF_ONLY = {
    "/dashboard/team/new/",
    "/dashboard/team/ada-novak/edit/",
    "/dashboard/team/ada-novak/delete/",
    "/gallery/photos/new/",
    "/gallery/photos/8/edit/",
    "/gallery/photos/8/delete/",
}

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


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
class Seeded(TestCase):
    """A test with the data of ``manage.py seed``. It uses a fast hash for the passwords."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("seed", stdout=StringIO())

    def login(self, username: str) -> None:
        self.client.force_login(get_user_model().objects.get(username=username))
