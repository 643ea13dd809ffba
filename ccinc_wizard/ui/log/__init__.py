"""The request log in the window: finding, following up, and its maintenance."""
