"""What the script and the server say to each other: the header, options in URLs, signed keys."""
