"""Sets a checkout up for `run.py`, before the program starts, with the standard library alone."""
