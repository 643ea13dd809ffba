"""The window and its driver, as the other tests of the window have them."""

from tests.ui.conftest import no_key_held, open_window, services, window

__all__ = ["no_key_held", "open_window", "services", "window"]
