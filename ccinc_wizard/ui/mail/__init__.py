"""A pasted mail: what was read in it, and taking it over."""
