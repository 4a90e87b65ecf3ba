"""Makes the pictures of the README and the docs from the example: ``python -m pictures``.

Needs the dependency group ``pictures``, and Chromium. Each picture is made anew from a fresh database, so
it shows today's example.
"""
