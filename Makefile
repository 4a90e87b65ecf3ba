# `make demo` shows the example, `make test` runs every check. Both need make and Python 3.10 or newer, nothing else.
# Another interpreter: make demo PYTHON=/path/to/python3

PORT ?= 8000
ONLY ?=
export PYTHON

.PHONY: help demo test test-engines bench bench-browser clean

help:
	@echo "make demo [PORT=8001]          the example project, on http://127.0.0.1:8000/"
	@echo "make test [ONLY='ruff unit']   every check, as CI runs it, or the named ones"
	@echo "make test-engines              the browser tests in Firefox and WebKit, too"
	@echo "make bench                     what the package costs, see benchmarks/README.md"
	@echo "make bench-browser             what it costs in Chromium"
	@echo "make clean                     remove the virtual environments and caches"

demo: .venv/installed
	.venv/bin/python manage.py migrate
	.venv/bin/python manage.py seed
	.venv/bin/python manage.py runserver $(PORT)

test: .venv-nox/installed
	@.venv-nox/bin/python .ci/sessions.py $(ONLY)

test-engines: .venv-nox/installed
	@.venv-nox/bin/python .ci/sessions.py firefox webkit

bench: .venv/installed
	.venv/bin/python -m benchmarks

bench-browser: .venv/installed
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --group test
	for part in browser heap arrivals morph; do .venv/bin/python -m benchmarks.$$part || exit 1; done

clean:
	rm -rf .nox .venv .venv-nox .coverage* .mypy_cache .pytest_cache .ruff_cache dist

# A stamp is older than pyproject.toml only when there is something to install.
.venv/installed: pyproject.toml
	python="$$(.ci/find-python)" && "$$python" -m venv --clear .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# What runs the checks: it makes their environments itself, in .nox.
.venv-nox/installed: pyproject.toml
	python="$$(.ci/find-python)" && "$$python" -m venv --clear --upgrade-deps .venv-nox >/dev/null
	.venv-nox/bin/python -m pip install --quiet --disable-pip-version-check --group nox
	@touch $@
