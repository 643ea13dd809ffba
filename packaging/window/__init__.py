"""Drives the real window: the Windows program under a Wine that runs Qt's `windows` plugin, on a screen nobody sees."""
