"""What is read in each written mail, whole: every value, how sure, by which rules, where; and every remark.

`python -m tests.mail.test_readings` writes it anew; what changed then shows in the review.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ccinc_wizard.content.facts import load_catalog, load_municipalities
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.mail.parts import Notice, Span
from ccinc_wizard.domain.mail.reading import Reading, read_mail
from ccinc_wizard.domain.municipalities import Municipalities
from ccinc_wizard.domain.register_number import RegisterNumber
from tests.domain.numbers import TODAY
from tests.mail.test_mails import EXAMPLES
from tests.mail.test_threads import FOLDER, SAMPLES

FILE = Path(__file__).with_name("readings.md")


def told(name: str, text: str, reading: Reading) -> str:
    """One mail's part of the file."""
    rows = [f"## {name}", ""]
    for field, found in reading.found().items():
        rows.append(f"{field}: {found.sureness}")
        for candidate in found.candidates:
            value = candidate.value.clear_format() if isinstance(candidate.value, RegisterNumber) else candidate.value
            sure = "said outright" if candidate.strong else "perhaps"
            places = ", ".join(_at(text, span) for span in candidate.spans)
            rows.append(f"- {value} ({sure}; {', '.join(candidate.rules)}): {places}")
    rows += [_remark(text, notice) for notice in reading.notices]
    return "\n".join(rows) + "\n"


def _remark(text: str, notice: Notice) -> str:
    values = ", ".join(notice.values.values())
    said = " ".join(filter(None, (notice.kind, notice.variant, values)))
    return f"! {said}: {_at(text, notice.span)}" if notice.span else f"! {said}"


def _at(text: str, span: Span) -> str:
    before = text[: span.start].rpartition("\n")[2]
    line = text.count("\n", 0, span.start) + 1
    return f"line {line} sign {len(before) + 1} {text[span.start : span.end]!r}"


def every() -> dict[str, tuple[str, bool]]:
    """The mails by name, each with whether its number is one of training."""
    samples = {f"sample {name}": ((FOLDER / f"{name}.txt").read_text(encoding="utf-8"), False) for name in SAMPLES}
    return {mail.id: (mail.text, True) for mail in EXAMPLES} | samples


def whole(name: str, catalog: Catalog, municipalities: Municipalities) -> str:
    """What is read in the mail of this name."""
    text, fictional = every()[name]
    reading = read_mail(text, today=TODAY, catalog=catalog, municipalities=municipalities, fictional=fictional)
    return told(name, text, reading)


@pytest.mark.parametrize("name", every())
def test_all_that_is_read_is_what_was_looked_at(name: str, catalog: Catalog, municipalities: Municipalities) -> None:
    parts = FILE.read_text(encoding="utf-8").split("## ")[1:]
    (known,) = [part for part in parts if part.startswith(f"{name}\n")]
    assert whole(name, catalog, municipalities).strip() == f"## {known}".strip()


if __name__ == "__main__":
    facts = load_catalog(), load_municipalities()
    FILE.write_text("\n".join(whole(name, *facts) for name in every()), encoding="utf-8", newline="\n")
