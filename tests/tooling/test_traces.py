"""The search for traces of a number must itself find them."""

from __future__ import annotations

import hashlib

import pytest

from tests.traces import holds

DIGITS = "85073003328"


@pytest.mark.parametrize(
    "content",
    [
        b"85073003328",
        b"x85.07.30-033.28x",
        b"85 07 30 033 28",
        b"85-07-30/033/28",
        "85–07–30 – 033.28".encode(),
        "８５０７３００３３２８".encode(),
        "85.07.30-033.28".encode("utf-16-le"),
        b"\x00" + "85.07.30-033.28".encode("utf-16-be"),
        hashlib.sha256(b"85073003328").digest(),
        hashlib.md5(b"85.07.30-033.28").hexdigest().encode(),  # noqa: S324
    ],
)
def test_a_number_is_found_in_any_form(content: bytes) -> None:
    assert holds(content, DIGITS)


@pytest.mark.parametrize("content", [b"", b"85073003329", b"850730 birthday 03328", "••.••.••-•••.••".encode()])
def test_nothing_else_is_taken_for_it(content: bytes) -> None:
    assert not holds(content, DIGITS)
