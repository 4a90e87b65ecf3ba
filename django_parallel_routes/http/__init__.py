"""Respond: HTML becomes one response, with headers, cookies, status and redirects."""
