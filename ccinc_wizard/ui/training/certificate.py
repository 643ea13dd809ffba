"""A certificate as PDF."""

from __future__ import annotations

import datetime as dt

from ccinc_wizard.content.sheets import Sheet
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.training.exam import ExamResult


def certificate(texts: Texts, result: ExamResult, today: dt.date) -> Sheet:
    """The certificate of an exam, marked as training."""
    sheet = Sheet(texts.language, texts("training.exam.certificate"))
    sheet.paragraph(texts("app.training_band"), "band")
    sheet.paragraph(
        texts(
            "training.exam.certificate_text",
            trainee=result.trainee or texts("training.room.nameless"),
            score=result.score,
            seed="" if result.seed is None else result.seed,
            count=len(result.grades),
        )
    )
    sheet.paragraph(today.isoformat())
    return sheet
