"""The window: turns events into answers and shows findings and outcomes. No rule stands here."""
