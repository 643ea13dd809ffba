"""The wizard of the terminal, answered line by line, with something happening in between."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from ccinc_wizard.app.services import Services
from ccinc_wizard.terminal.console import Console
from ccinc_wizard.terminal.wizard import TerminalWizard


class Typed(io.BufferedIOBase):
    """Lines that are given one by one; `then` does something before the lines that follow."""

    def __init__(self, *lines: str) -> None:
        super().__init__()
        self._coming: list[str | Callable[[], None]] = list(lines)
        self._given = self._lines()
        self.talk = ""

    def then(self, happens: Callable[[], None], *lines: str) -> None:
        """After the lines so far this happens, then these lines come."""
        self._coming += [happens, *lines]

    def readable(self) -> bool:
        """It is read."""
        return True

    def readline(self, _: int | None = -1, /) -> bytes:
        """The next line, or nothing at the end."""
        return next(self._given, "").encode()

    def run(self, services: Services) -> int:
        """Ask it all. Returns the exit code; what was said stands in `talk`."""
        said = io.StringIO()
        code = TerminalWizard(services, Console(io.TextIOWrapper(self), io.StringIO(), said)).run()
        self.talk = said.getvalue()
        return code

    def _lines(self) -> Iterator[str]:
        for coming in self._coming:
            if isinstance(coming, str):
                yield f"{coming}\n"
            else:
                coming()
