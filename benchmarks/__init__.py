"""Measures the search against the libraries one could take instead: how well it finds, how fast, in how much memory."""
