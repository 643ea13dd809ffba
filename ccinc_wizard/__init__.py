"""The CCinC access wizard: from a question to the exact form link or the manual steps."""

__version__ = "1.0.0"
