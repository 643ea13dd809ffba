"""Writes what the program says to each case anew."""

from __future__ import annotations

from tests.outcomes import cases, file_of, told

for case in cases():
    file_of(case).write_text(told(case), encoding="utf-8")
