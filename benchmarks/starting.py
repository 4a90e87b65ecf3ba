"""Prints the seconds and MB that a new process with many routes needs to resolve one URL."""

from __future__ import annotations

import json
import os
import sys
from time import process_time


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    from benchmarks.clock import megabytes
    from benchmarks.resolving import resolved  # imported late, because it needs settings
    from benchmarks.scale import urlconf

    kind, count = sys.argv[1:]
    assert resolved("/grow/item-0-7/7/", urlconf(kind, int(count)))
    print(json.dumps([process_time(), megabytes()]))


if __name__ == "__main__":
    main()
