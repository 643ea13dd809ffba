"""A pasted mail: read on the spot, shown field by field, taken over into the wizard, and kept nowhere."""
