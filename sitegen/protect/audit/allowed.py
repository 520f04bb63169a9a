"""Know what the shop allows to be read, and which of its exceptions nothing needs any more."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.model.allowance import Allowance, AllowedAsset, AllowedPage, AllowedPhrase
from sitegen.protect.audit.words import words


class Allowed:
    """The exceptions of one audit, and which of them were needed."""

    def __init__(self, allowances: tuple[Allowance, ...]) -> None:
        self._allowances = allowances
        self._phrases = {one: spaced(words(one.phrase)) for one in allowances if isinstance(one, AllowedPhrase)}
        self._used: set[Allowance] = set()

    def excuses(self, file: str, said: Sequence[str]) -> bool:
        """Whether these words of a file may be read. Part of an allowed phrase may, more than it may not."""
        line = spaced(said)
        return self._use(one for one, phrase in self._phrases.items() if line in phrase) or self._use(
            one
            for one in self._allowances
            if (isinstance(one, AllowedPage) and file == f"content/{one.page}")
            or (isinstance(one, AllowedAsset) and file == f"content/assets/{one.asset}")
        )

    def unused(self) -> tuple[Allowance, ...]:
        """The exceptions that nothing needed."""
        return tuple(one for one in self._allowances if one not in self._used)

    def _use(self, fitting: object) -> bool:
        found = set(fitting)  # type: ignore[call-overload]
        self._used |= found
        return bool(found)


def spaced(said: Sequence[str]) -> str:
    """Words in a line that holds another such line only where it holds its words."""
    return f" {' '.join(said)} "
