"""Pictures of the windows about the program itself, of the menus, and of what goes on paper."""

from __future__ import annotations

from tools.tour import Tour


def walk(tour: Tour) -> None:
    """From the help menu, after an error, and from a menu that asks the log."""
    from PySide6.QtWidgets import QMenu

    from ccinc_wizard.app.errorlog import Fault
    from ccinc_wizard.ui.shell.places import copy_diagnostics, show_about, show_settings, show_shortcuts
    from ccinc_wizard.ui.shell.unexpected import TroubleWindow

    window = tour.window
    show_about(window)
    tour.picture("13-about", "about_window")
    tour.find("about_window").close()  # type: ignore[attr-defined]
    window.services.remember(administrator_of=("Gent", "AGB De Proefzaal"))
    show_settings(window)
    tour.picture("13-settings")
    tour.click("settings_remove_1")
    tour.click("settings_remove_1")
    tour.click("settings_back")
    show_shortcuts(window)
    tour.picture("13-shortcuts", "shortcuts_window")
    tour.find("shortcuts_window").close()  # type: ignore[attr-defined]
    copy_diagnostics(window)
    tour.picture("13-diagnostics", "diagnostics_window")
    tour.find("diagnostics_window").close()  # type: ignore[attr-defined]
    for name, starting in (("13-trouble", False), ("13-trouble-at-start", True)):
        fault = Fault("ValueError", "applicant.py:93")
        shown = TroubleWindow(window.services.texts, fault, lambda _: None, window, starting=starting)
        shown.open()
        tour.picture(name, "trouble_window")
        shown.close()
        shown.setParent(None)
    for number, menu in enumerate(window.menuBar().findChildren(QMenu), start=1):
        menu.popup(window.mapToGlobal(window.rect().center()))
        tour.wait(300)
        menu.grab().save(str(tour.folder / f"14-menu-{number}.png"))
        menu.close()


def walk_paper(tour: Tour) -> None:
    """What goes on paper, as it is asked on the result page."""
    tour.click("print_button")
    tour.picture("6-result-paper", "paper_dialog")
    tour.click("paper_close")
