"""The request log in the window: finding, following up, and taking care of it."""
