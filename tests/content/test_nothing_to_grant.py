"""Where the person is known to have the right, every door says that there is nothing to grant."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ccinc_wizard.content.paper import SheetKind, make_sheet
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording, result_lines
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Administrator, Role, Situation
from ccinc_wizard.domain.findings import Circumstances, EarlierRequest
from ccinc_wizard.domain.outcome import outcome_of
from ccinc_wizard.domain.rules import request_of
from tests.domain.numbers import TODAY

SAID = {"nl": "Er is niets toe te kennen", "fr": "Il n’y a rien à attribuer", "en": "There is nothing to grant"}
ANSWERS = Answers(
    situation=Situation.MANUAL,
    applicant_name="Lieve Voorbeeldt",
    number_text="85.07.30-033.28",
    role=Role.INVOERDER,
    authority="vlaamse-gemeente",
    authority_name="Torhout",
    administrator=Administrator.YES,
)


@pytest.mark.parametrize("granted", [True, False])
@pytest.mark.parametrize("language", SAID)
def test_the_result_says_that_there_is_nothing_to_grant(
    language: str, granted: bool, circumstances: Circumstances
) -> None:
    before = EarlierRequest(Role.INVOERDER, dt.date(2026, 3, 1), "Torhout", granted=granted)
    around = replace(circumstances, earlier=(before,))
    wording = Wording(Texts(language), circumstances.catalog)
    request, outcome = request_of(ANSWERS, around), outcome_of(ANSWERS, circumstances.catalog)
    assert request
    assert outcome
    lines = result_lines(wording, ANSWERS, outcome, request)
    assert (lines[0] == SAID[language]) is granted
    sheet = make_sheet(SheetKind.WORKSHEET, wording, today=TODAY, request=request, outcome=outcome)
    for told in ("\n".join(lines), sheet.html("qr")):
        assert (SAID[language] in told) is granted
        assert ("01/03/2026" in told) is granted
