"""Tests flows through slots without a browser, and compares soft navigations with hard loads.

::

    from django_parallel_routes.test import SlotClient, assert_soft_equals_hard

    def test_parity(db):
        assert_soft_equals_hard(SlotClient(), examples={"pk": 1})
"""

from django_parallel_routes.test.client import AsyncSlotClient, SlotClient
from django_parallel_routes.test.parity import Parity, assert_soft_equals_hard
from django_parallel_routes.test.screen import Screen, ShownSlot

__all__ = [
    "AsyncSlotClient",
    "Parity",
    "Screen",
    "ShownSlot",
    "SlotClient",
    "assert_soft_equals_hard",
]
