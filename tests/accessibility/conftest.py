"""The window and its driver, as the other tests of the window have them."""

from tests.ui.conftest import open_window, services, window

__all__ = ["open_window", "services", "window"]
