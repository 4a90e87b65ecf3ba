"""Decide: match, mounted state, origin and method become a ``Plan``. No view is called here."""
