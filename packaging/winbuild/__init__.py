"""Builds what Windows users get: frozen program, setup, portable folder, bill of materials. Needs only the stdlib."""
