"""Puts into words what is declared and what is planned, for ``manage.py slots``.

``explanation`` explains a plan, and ``interceptions`` why an ``intercept()`` fires or not. ``dry_run``
responds without running pages. ``listings`` prints the tree of a URLconf, and an audit of its views.
"""
