"""What is of use to some projects only. The rest of the package works without it."""
