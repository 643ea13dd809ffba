"""Writes Outlook's own mail files ([MS-CFB], [MS-OXMSG]), so far as a reader needs them; the tests have no Outlook."""

from __future__ import annotations

import struct

SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SMALLEST = 4096
"""What is shorter would stand in a stream of short sectors; it is filled up instead."""


def message(
    body: str = "",
    html: str = "",
    sender: tuple[str, str] = ("", ""),
    to: str = "",
    subject: str = "",
    attached: int = 0,
) -> bytes:
    """A .msg file with these properties."""
    texts = {"1000": body, "0C1A": sender[0], "5D01": sender[1], "0E04": to, "0037": subject, "001A": "IPM.Note"}
    streams = {f"__substg1.0_{name}001F": text.encode("utf-16-le") for name, text in texts.items() if text}
    if html:
        streams["__substg1.0_10130102"] = html.encode()
    streams["__properties_version1.0"] = b"\0" * 32
    return compound(streams, [f"__attach_version1.0_#{number:08X}" for number in range(attached)])


def compound(streams: dict[str, bytes], folders: list[str]) -> bytes:
    """A compound file with these streams and empty folders in its root."""
    padded = [
        content + b"\0" * (-len(content) % SECTOR if len(content) >= SMALLEST else SMALLEST - len(content))
        for content in streams.values()
    ]
    chain, data, entries = [], b"", []
    names = [*streams, *folders]
    for place, name in enumerate(names):
        right = place + 2 if place + 1 < len(names) else FREE
        if place < len(padded):
            content = padded[place]
            start, count = len(chain), len(content) // SECTOR
            chain += [*range(start + 1, start + count), END]
            data += content
            entries.append(_entry(name, 2, right, FREE, start, len(content)))
        else:
            entries.append(_entry(name, 1, right, FREE, 0, 0))
    entries.insert(0, _entry("Root Entry", 5, FREE, 1, END, 0))
    directory = b"".join(entries)
    directory += _entry("", 0, FREE, FREE, 0, 0) * (-len(entries) % 4)
    first = len(chain)
    count = len(directory) // SECTOR
    chain += [*range(first + 1, first + count), END]
    fats = -(-(len(chain) + 2) // (SECTOR // 4))
    where = list(range(len(chain), len(chain) + fats))
    chain += [FAT] * fats
    table = b"".join(struct.pack("<I", link) for link in chain)
    table += b"\xff" * (-len(table) % SECTOR)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, fats, first, 0, SMALLEST, END, 0, END, 0)
    head += b"".join(struct.pack("<I", place) for place in where)
    return head + b"\xff" * (SECTOR - len(head)) + data + directory + table


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    told = name.encode("utf-16-le") + b"\0\0" if name else b""
    links = struct.pack("<III", FREE, right, child)
    return (
        told.ljust(64, b"\0")
        + struct.pack("<HBB", len(told), kind, 1)
        + links
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
