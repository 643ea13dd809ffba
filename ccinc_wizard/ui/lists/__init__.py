"""A list of people: judged, saved and written out."""
