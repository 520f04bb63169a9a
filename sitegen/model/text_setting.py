"""How texts leave: under whose name, for how much, and how long they may be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TextSetting:
    """The `texts:` of site.yaml.

    `sender` is a name of at most 11 letters or a number, "" where the provider's own number sends; `price` is that of
    one segment in the shop's currency, 0 where nobody said; `most_segments` is how many a text may take.
    """

    sender: str = ""
    price: Decimal = Decimal(0)
    most_segments: int = 3

    @property
    def hears(self) -> bool:
        """Whether an answer reaches the sender: a name has no number to answer to."""
        return not any(character.isalpha() for character in self.sender)


PLAIN = TextSetting()
"""Where site.yaml says nothing of texts."""
