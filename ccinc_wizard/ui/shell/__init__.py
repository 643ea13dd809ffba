"""The window around the views: start, menus, places, trouble, help."""
