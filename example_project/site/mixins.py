"""What views of several parts of the site have in common."""

from __future__ import annotations

from django.contrib.auth.mixins import UserPassesTestMixin


class StaffOnly(UserPassesTestMixin):
    """Leads visitors to the login, and refuses everybody else who is not of the staff.

    Templates don't offer others what they may not do. But that protects nothing; this does.
    """

    def test_func(self) -> bool:
        """Django asks this before it does anything."""
        return self.request.user.is_staff
