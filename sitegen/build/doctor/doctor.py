"""All that the doctor looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.doctor.address import address_checks
from sitegen.build.doctor.checks import Check, problem
from sitegen.build.doctor.folder import git_checks, key_checks, room_checks, theme_checks
from sitegen.build.doctor.machine import Find, machine_checks, zone_checks
from sitegen.content.shop.shop_file import shop_of
from sitegen.errors import Mistakes


@dataclass(frozen=True, slots=True)
class Patient:
    """A shop's folder, and the keys that this run holds: the file they are in, whether they are development keys."""

    root: Path
    key_file: Path | None
    dev: bool


def examine(patient: Patient | None, find: Find) -> Iterator[Check]:
    """Every check; of the machine alone where there is no shop."""
    yield from machine_checks(find)
    if patient is None:
        return
    try:
        shop = shop_of(patient.root)
    except Mistakes as mistakes:
        for one in mistakes.problems:
            why = "nothing else of this shop can be looked at"
            yield problem("content/site.yaml", one.message, why, one.hint or "mend it; `sitegen check` tells where")
        return
    yield from zone_checks(shop.timezone)
    yield from address_checks(shop.url)
    yield from key_checks(patient.root, patient.key_file, patient.dev)
    yield from git_checks(patient.root, shop)
    yield from theme_checks(patient.root, shop.theme)
    yield from room_checks(patient.root)
