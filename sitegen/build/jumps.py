"""Stop a build in which a segment has grown or shrunk by more than its jump, until somebody confirms it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.build.order import EVERY_SEGMENT
from sitegen.errors import Problem, Unusable
from sitegen.model.segment import Segment
from sitegen.publish.atomic import write_file

COUNTS = ".sitegen/segments.json"
"""Where the counts of the last build stand: names of segments belong into no file that may be shown around."""


def jump_problems(
    segments: Iterable[Segment], before: Mapping[str, int], now: Mapping[str, int], confirmed: frozenset[str]
) -> tuple[Problem, ...]:
    """One problem for each segment whose count changed by more than its jump since the last build.

    A segment without a jump, or without a count from the last build, may be of any size. Per cent are of the count
    before, so from nobody to somebody is more than any jump.
    """
    return tuple(
        _problem(segment, segment.jump, before[segment.id], now[segment.id])
        for segment in segments
        if segment.jump is not None
        and segment.id in before.keys() & now.keys()
        and not confirmed & {segment.id, EVERY_SEGMENT}
        and 100 * abs(now[segment.id] - before[segment.id]) > segment.jump * before[segment.id]
    )


def refuse_unknown(confirmed: frozenset[str], segments: Iterable[Segment]) -> None:
    """Raise Unusable where somebody confirms a segment that is not there."""
    known = {segment.id for segment in segments if segment.named} | {EVERY_SEGMENT}
    for name in sorted(confirmed - known):
        raise Unusable(f"there is no segment '{name}' to confirm\nhint: {did_you_mean(name, known)}")


def _problem(segment: Segment, jump: Decimal, before: int, now: int) -> Problem:
    change = f" ({100 * (now - before) / before:+.0f} %)" if before else ""
    people = "customer" if now == 1 else "customers"
    message = f"'{segment.id}' went from {before:,} to {now:,} {people}{change}, more than its jump of {jump:f}%"
    hint = f"look at `sitegen segments list`, then build with --confirm {segment.id}"
    return segment.place.problem("segment-jump", message, hint)


def former_counts(root: Path) -> dict[str, int]:
    """How many were in each segment at the last build that looked; empty where there was none."""
    try:
        found = json.loads((root / COUNTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    counts = found.items() if isinstance(found, dict) else ()
    return {name: count for name, count in counts if isinstance(count, int)}


def remember_counts(root: Path, counts: Mapping[str, int]) -> None:
    """Keep the counts for the next build; the folder is there, for a build holds its lock in it."""
    text = json.dumps(dict(sorted(counts.items())), indent=1, ensure_ascii=False) + "\n"
    write_file(root / COUNTS, text.encode(), 0o600)
