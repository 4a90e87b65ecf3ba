"""Prints what a new process with many routes costs, until it has resolved one URL: seconds and MB."""

from __future__ import annotations

import json
import os
import resource
import sys
from time import process_time


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    from benchmarks.resolving import resolved  # it imports what needs settings
    from benchmarks.scale import urlconf

    kind, count = sys.argv[1:]
    assert resolved("/grow/item-0-7/7/", urlconf(kind, int(count)))
    print(json.dumps([process_time(), most_megabytes()]))


def most_megabytes() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
