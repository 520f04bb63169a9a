"""Name the files that hold a line on each e-mail of a campaign, as it was when people looked at it."""

from __future__ import annotations

from pathlib import Path

MESSAGES = "messages.jsonl"
"""The first of them, beside the campaign's preview; most campaigns have no other."""
PART = 10_000
"""Lines of one: those of a million messages at once would need as much memory as all their customers."""


def part_name(first: int) -> str:
    """The name of the file whose first line is on that message, counted from 0: a multiple of PART."""
    return f"messages-{first // PART + 1:06d}.jsonl" if first else MESSAGES


def message_files(folder: Path) -> tuple[Path, ...]:
    """The files of a campaign's folder, in order; the first may be missing."""
    return (folder / MESSAGES, *sorted(folder.glob("messages-[0-9]*.jsonl")))
