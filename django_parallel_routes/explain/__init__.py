"""Puts into words what is declared and what is planned, for ``manage.py slots`` and the panel.

``explanation`` explains a plan, and ``interceptions`` why an ``intercept()`` fires or not. ``dry_run`` gets
an answer without running pages, and ``visits`` comes to a URL by visiting others. ``url_tree`` prints the
tree of a URLconf, ``audit`` what views can stand in slots.
"""
