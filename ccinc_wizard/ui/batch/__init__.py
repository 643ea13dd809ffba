"""Many requests at once: a list is judged row by row, and saved as a whole once the user has looked at the report."""
