"""Reads `resources/` into domain models and refuses what is wrong with file, line and reason."""
