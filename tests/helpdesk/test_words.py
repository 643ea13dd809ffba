"""What the reader of mails can say has words in every language, and the languages say the same things."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ccinc_wizard.content.files import resources_folder
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain import mail
from ccinc_wizard.domain.mail import reading
from ccinc_wizard.domain.mail.parts import NoticeKind, Sureness
from ccinc_wizard.domain.register_number import Reason

AREAS = ("helpdesk", "reading", "list")
_RULE = re.compile(r'(?:_mention|Mention)\(\s*"([a-z_]+)"')


def rules_in_code() -> set[str]:
    """The names of all rules that a mention can carry, as the code spells them."""
    folder = Path(mail.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in (*folder.glob("*.py"), Path(reading.__file__)))
    named = set(_RULE.findall(code))
    return named | {"labelled_number", "written_number", "role_named", "role_by_task", "colleague"}


def leaves(node: object, place: str = "") -> dict[str, str]:
    if isinstance(node, dict):
        found: dict[str, str] = {}
        for name, part in node.items():
            found |= leaves(part, f"{place}.{name}")
        return found
    return {place: str(node)}


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_each_rule_sureness_and_notice_has_words(language: str) -> None:
    texts = Texts(language)
    assert len(rules_in_code()) >= 18
    for rule in rules_in_code():
        assert texts(f"reading.rule.{rule}")
    for sureness in Sureness:
        assert texts(f"reading.sureness.{sureness}")
    for field in reading.MailField:
        assert texts(f"reading.field.{field}")
    for kind in NoticeKind:
        variants = {
            NoticeKind.NUMBER_WRONG: list(Reason),
            NoticeKind.OFFICIAL_NAME: ["former", "french"],
            NoticeKind.NO_REQUEST: ["withdrawn", "question"],
        }
        for variant in variants.get(kind, [""]):
            key = f"reading.notice.{kind}" + (f".{variant}" if variant else "")
            assert texts(key, name="Melle", official="Merelbeke-Melle", count=1)


@pytest.mark.parametrize("area", AREAS)
def test_all_languages_say_the_same_things(area: str) -> None:
    said = {}
    for language in ("nl", "fr", "en"):
        path = resources_folder() / "texts" / language / f"{area}.json"
        said[language] = leaves(json.loads(path.read_text(encoding="utf-8")))
    for language in ("fr", "en"):
        assert said[language].keys() == said["nl"].keys()
        for place, words in said[language].items():
            assert words.strip()
            assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", said["nl"][place])), place
