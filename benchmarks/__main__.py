"""Prints what django-parallel-routes costs: ``python -m benchmarks``, or with ``--quick`` roughly."""

from __future__ import annotations

import argparse
import os
import platform

import django


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter measurements")
    parser.add_argument(
        "only", nargs="*", metavar="part", help="pages, documents, flows, scale or others"
    )
    parser.add_argument("--long", action="store_true", help="with each function that calls counts")
    options = parser.parse_args()

    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    # Imported late, because they import models.
    from benchmarks import calls, documents, empty, flows, pages, resolving, scale, seed
    from benchmarks.clock import Effort

    seed.seed()
    cookies = seed.log_in()
    quick = options.quick
    parts = {
        "pages": lambda: pages.report(cookies, Effort(15 if quick else 121, 0.02)),
        "documents": lambda: documents.report(cookies, Effort(15 if quick else 61, 0.02)),
        "flows": lambda: flows.report(cookies, Effort(9 if quick else 41, 0.02)),
        "empty": lambda: empty.report(Effort(9 if quick else 41, 0.005 if quick else 0.01)),
        "resolving": lambda: resolving.report(
            Effort(3 if quick else 15, 0.001 if quick else 0.005), 10_000 if quick else 100_000
        ),
        "scale": lambda: scale.report(
            Effort(3 if quick else 9, 0.002),
            1_000 if quick else 10_000,
            2_000 if quick else 20_000,
        ),
        "calls": lambda: calls.report(is_long=options.long),
    }
    if unknown := set(options.only) - set(parts):
        parser.error(f"unknown part {', '.join(unknown)}, must be one of: {', '.join(parts)}")
    print(f"Python {platform.python_version()}, Django {django.__version__}\n")
    for name, part in parts.items():
        if not options.only or name in options.only:
            for text in part():
                print(text, flush=True)


if __name__ == "__main__":
    main()
