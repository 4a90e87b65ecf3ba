from __future__ import annotations

import pytest

from tests.support import intercepting_site, planned_sites


@pytest.fixture(autouse=True)
def _forget_calls() -> None:
    intercepting_site.pages.forget()
    planned_sites.pages.forget()
