"""URLconfs of the tests, one module each: ``pytestmark = pytest.mark.urls("tests.urls.tabs")``.

This one, the ROOT_URLCONF where a test names none, has no URLs.
"""

from __future__ import annotations

urlpatterns: list[object] = []
