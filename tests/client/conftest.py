"""The model of the script needs one client; the tests of the two clients are in ``tests/test``."""

from __future__ import annotations

import pytest

from django_parallel_routes.test import SlotClient
from tests.support.slot_clients import later, site

__all__ = ["later", "site"]


@pytest.fixture
def make() -> type[SlotClient]:
    return SlotClient
