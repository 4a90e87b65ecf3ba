"""What needs other packages than Django: run by ``nox -s third-party``, with settings of its own."""
