"""The pasted mail's part of the screenshots: the dialog before and after reading, and a page with its marks."""

from __future__ import annotations

from tools.tour import Tour

MAIL = """Van: Lieve Voorbeeldt <lieve.voorbeeldt@example.org>
Onderwerp: toegang tot CCinC

Dag collega,

Ik ben Lieve Voorbeeldt en ik moet de cijfers van ons cultuurcentrum invoeren.
Mijn rijksregisternummer is 85.07.30-033.28.
Wij zijn een AGB, maar de stad Gent betaalt mij.

Met vriendelijke groeten
Lieve Voorbeeldt
Tel. 09 123 45 67
"""


def walk(tour: Tour) -> None:
    """Read a mail with one thing that is not clear, and take it over."""

    tour.window.new_request()
    tour.window.paste_mail()
    tour.picture("a-mail-empty", "paste_mail_dialog")
    tour.find("mail_text").setPlainText(MAIL)  # type: ignore[attr-defined]
    tour.click("mail_read")
    tour.picture("a-mail-read", "paste_mail_dialog")
    tour.click("mail_take_over", "situation_manual", "next_button")
    tour.picture("a-mail-applicant")
    tour.click("next_button")
    tour.picture("a-mail-role")
    tour.window.new_request()
