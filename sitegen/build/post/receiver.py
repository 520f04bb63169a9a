"""Make the receiver ready from the shop's folder: its words and looks, and one key; or read what came by mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from sitegen.content.duty_forms import read_duty_forms, read_managers
from sitegen.content.folder import theme_folder
from sitegen.content.invitations import read_invitations
from sitegen.content.shop.shop_file import shop_of
from sitegen.content.survey_files import read_surveys
from sitegen.content.theme_files import read_theme
from sitegen.errors import Mistakes, Problem
from sitegen.model.theme import Theme
from sitegen.protect.tokens import sealer
from sitegen.send.ledger import open_ledger
from sitegen.send.mailbox import mails
from sitegen.send.mailbox_ledger import Effect, Reading, write_down
from sitegen.send.mailbox_message import understand
from sitegen.send.receiver.setting import Setting

FALLBACK = "hearth"
"""Whose pages a theme borrows that has none for the receiver."""


def prepare(root: Path, key: bytes, now: Callable[[], datetime], ticks: Callable[[], float]) -> Setting:
    """All that the receiver needs to know of the shop in `root`; `key` is SITEGEN_RECEIVER_KEY.

    Raises Mistakes where site.yaml, a survey or the theme can't be read.
    """
    problems: list[Problem] = []
    shop = shop_of(root)
    setting = Setting(
        shop=shop,
        theme=_theme(root, shop.theme, problems),
        surveys=read_surveys(root, shop.languages, problems),
        sealer=sealer(key),
        ledger=root / shop.ledger,
        now=now,
        ticks=ticks,
        invitations=read_invitations(root),
        duties=read_duty_forms(root, shop.schema.table("contacts")),
        managers=read_managers(root),
    )
    if problems:
        raise Mistakes(problems)
    return setting


def read_mailbox(root: Path, place: Path, standard_input: IO[bytes], now: datetime) -> Counter[Effect]:
    """Write down what the mails of a place say about our messages: how many had which effect.

    Raises Unusable where there is no mailbox, or the ledger can't be kept.
    """
    shop = shop_of(root)
    at = now.isoformat(timespec="microseconds").replace("+00:00", "Z")
    reading = Reading(at, now.astimezone(ZoneInfo(shop.timezone)).date())
    with open_ledger(root / shop.ledger) as ledger:
        return Counter(write_down(ledger, understand(mail), reading) for mail in mails(place, standard_input))


def _theme(root: Path, name: str, problems: list[Problem]) -> Theme:
    """The shop's theme without its cards; where it has no receiver/, that of the theme that comes along."""
    for wanted in (name, FALLBACK):
        folder = theme_folder(root, wanted)
        if folder:
            theme = read_theme(folder, root, problems)
            if wanted == FALLBACK or any(path.startswith("receiver/") for path in theme.templates):
                return replace(theme, designs=())
    hint = "the theme 'hearth' comes with sitegen: install it again"
    raise Mistakes([Problem("content/site.yaml", 0, 0, "missing-theme", f"there is no theme '{name}'", hint)])
