"""The views of the dashboard: one module for each slot, and one for projects."""
