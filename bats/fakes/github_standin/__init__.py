"""The parts of the GitHub stand-in; see ../github-server."""
