"""What to build, and how a build tells of itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from sitegen import __version__
from sitegen.model.plan import Count
from sitegen.model.print_house import Sheet
from sitegen.protect.keys import Roots

GENERATOR = f"sitegen {__version__}"


class Part(StrEnum):
    """What a build can make."""

    PAGES = "pages"
    KEYRINGS = "keyrings"
    MAIL = "mail"
    CARDS = "cards"
    TEXTS = "texts"
    WORK = "work"


EVERY_PART = frozenset(Part)
SITE_PARTS = frozenset({Part.PAGES, Part.KEYRINGS})
PEOPLE_PARTS = EVERY_PART - {Part.PAGES}
"""Parts that need the customer file."""
EVERY_SEGMENT = "all"


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """How cards are printed. `campaign` is the only one to print, "" for all of the plan.

    `whole_pages`: by the reference engine; `sheet` is the paper to impose on, None as the print house says;
    `skip_refused`: print the rest where some may not be printed; `proof_only`: the proof set and nothing else;
    `cluster` is the address of a Dask scheduler, "" for this machine's own processes. `labels` and `envelopes` name the
    stock on which addresses are printed too, from the label `labels_start` on; `package`: with everything that a house
    needs to merge by itself.
    """

    campaign: str = ""
    whole_pages: bool = False
    sheet: Sheet | None = None
    skip_refused: bool = False
    proof_only: bool = False
    cluster: str = ""
    labels: str = ""
    labels_start: int = 1
    envelopes: str = ""
    package: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: the days from `first` to `last`, seen from `first`.

    `instant` is the build's own time in Unix seconds. `dev`: the keys are development keys. `receiver` signs what
    mails carry back to the shop; `processes` may print cards at the same time.
    `entropy(n)` gives n random bytes, for shops that want each build locked anew.
    `database` is the address of the customers' PostgreSQL database, a secret. `folder` is the output folder, relative
    to the shop's: a preview is made beside what may be deployed. `guests`: the keyrings hold invented members too, one
    for each audience; never in what may be deployed.
    `strict`: a recipient whom a value is missing for is a mistake, not an exclusion. `confirmed` names the segments
    whose counts may have changed by more than their jump; EVERY_SEGMENT means all.
    """

    first: date
    last: date
    instant: int
    parts: frozenset[Part]
    roots: Roots
    receiver: bytes | None = field(repr=False)
    entropy: Callable[[int], bytes] = field(repr=False)
    dev: bool
    drafts: bool = False
    strict: bool = False
    confirmed: frozenset[str] = frozenset()
    processes: int = 1
    printing: PrintOrder = PrintOrder()
    database: str = field(repr=False, default="")
    folder: str = "output"
    clean: bool = False
    why: str = ""
    audit: bool = True
    guests: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made, whom the plan left out for which reason, and what somebody should know.

    `rendered` and `unchanged` count the site's pages that were made and those that were taken over; `why` says of a
    page that was asked for why it was made, or why not.
    """

    made: tuple[Count, ...]
    excluded: tuple[Count, ...]
    notices: tuple[str, ...] = ()
    rendered: int = 0
    unchanged: int = 0
    why: tuple[str, ...] = ()


class Progress(Protocol):
    """How a build tells what it is doing."""

    def step(self, name: str, total: int | None = None) -> AbstractContextManager[Callable[[], None]]:
        """Begin a step of `total` things (None: unknown); what it gives is called once for each thing done."""
        ...
