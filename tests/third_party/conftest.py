from __future__ import annotations

from importlib.util import find_spec

from tests.docs.recipes import books

__all__ = ["books"]

# In the environments of the other sessions, there are no such packages.
collect_ignore_glob = [] if find_spec("django_tables2") else ["test_*.py"]
