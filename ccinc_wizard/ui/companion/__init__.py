"""The steps of one request in a narrow window that stays on top beside the browser."""
