"""The views: one module for each slot, and ``site`` for the pages that have none."""
