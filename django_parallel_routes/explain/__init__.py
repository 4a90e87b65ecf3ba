"""Puts what is declared and decided into words: for ``manage.py slots`` and the debug toolbar's panel.

``explanation`` has the words for a plan. ``dry_run`` has the server respond without running a page, with
``layout_renderer``; ``visits`` comes to a URL by way of others. ``interceptions`` tells of each interception
why it fires or not. ``url_tree`` has the tree of a URLconf, and ``text`` prints both.
"""
