"""Mixins for views of several parts of the site."""

from __future__ import annotations

from django.contrib.auth.mixins import UserPassesTestMixin


class StaffOnly(UserPassesTestMixin):
    """Sends anonymous visitors to the login, and refuses all other users who are not staff.

    Templates hide links that a user may not follow. This mixin protects the views.
    """

    def test_func(self) -> bool:
        """Tell Django whether the user may use the view."""
        return self.request.user.is_staff
