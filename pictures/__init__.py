"""Makes the pictures of the README and the docs from the example: ``python -m pictures``.

Needs the dependency group ``pictures``, and Chromium. Each picture is made with a new database, so
it shows the example as it is now.
"""
