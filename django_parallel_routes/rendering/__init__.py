"""Render: a ``Plan`` becomes the HTML of layouts and slots. The only code that calls views."""
