"""What may be read although it is for few: the shop's own exceptions to the leak check, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class AllowedPhrase:
    """These words, wherever they stand."""

    phrase: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class AllowedPage:
    """All words and names of a page or campaign. `page` is its file's path below content/."""

    page: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class AllowedAsset:
    """The bytes and the name of an asset. `asset` is its path below content/assets/."""

    asset: str
    reason: str
    place: Place


Allowance: TypeAlias = AllowedPhrase | AllowedPage | AllowedAsset
