"""What is said beyond the official page, and the sign by which one knows it: the same table for every door."""

from __future__ import annotations

import re
from collections.abc import Iterable

BEYOND = re.compile(
    r"BIS-nummer, voor wie|Mijn profiel|ziet de knop|een taak goed- of afkeuren|kan ook kijken|niets wijzigen"
    r"|einddatum|werkrelatie|bekend e-mailadres|“Reden”|eldt? (u|zich)\b.* aan met|Vraag alleen de module"
    r"|weten waarom|Gemeenschapscommissie|OCMW|(taak|ligging) telt|faciliteitengemeente|plaats van deze stap"
)
"""Dutch words for what the page of the department does not say."""
MARK = "niet op de officiële pagina"


def unmarked(lines: Iterable[str]) -> list[str]:
    """The lines that say something beyond the page without saying so; each fact's own line bears the mark."""
    return [line for line in lines if BEYOND.search(line) and MARK not in line]


def marked(lines: Iterable[str]) -> list[str]:
    """The lines that bear the mark, so that a door that shows none is found out."""
    return [line for line in lines if MARK in line]
