"""Prints what a new process with many routes costs, until it has resolved one URL: seconds and MB."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import process_time


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    from benchmarks.resolving import resolved  # it imports what needs settings
    from benchmarks.scale import urlconf

    kind, count = sys.argv[1:]
    assert resolved("/grow/item-0-7/7/", urlconf(kind, int(count)))
    print(json.dumps([process_time(), megabytes()]))


def megabytes() -> float:
    """Return the memory that this process has now, in MB, as Linux tells it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
