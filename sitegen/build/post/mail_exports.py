"""Collect a campaign's e-mails for another sender: a folder for each variant, with its message and its list."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sitegen.model.artifact import PrivateArtifact
from sitegen.render.mail import compose as mail
from sitegen.render.mail.export import ADDRESSING, Exported, exported, row
from sitegen.render.mail.preview import label

if TYPE_CHECKING:
    from sitegen.build.post.mails import Mail
    from sitegen.build.post.messages import Desk


@dataclass(slots=True)
class Export:
    """One variant on its way: its message, and the list's lines so far."""

    label: str
    message: Exported
    lines: io.StringIO
    recipients: int = 0


@dataclass(slots=True)
class Exports:
    """The exports of one campaign, in the order in which its variants appear."""

    desk: Desk
    campaign: str
    found: dict[mail.Variant, Export] = field(default_factory=dict)

    def note(self, made: Mail) -> None:
        """Put a recipient on the list of their variant."""
        if made.variant not in self.found:
            message, lines = exported(made.template), io.StringIO()
            csv.writer(lines, lineterminator="\r\n").writerow((*ADDRESSING, *message.tags.values()))
            self.found[made.variant] = Export(label(self.desk.titled(made.variant)), message, lines)
        export = self.found[made.variant]
        line = row(export.message, made.template, made.recipient, made.posting)
        csv.writer(export.lines, lineterminator="\r\n").writerow(line)
        export.recipients += 1

    def artifacts(self) -> Iterator[PrivateArtifact]:
        """`mail/<campaign>/export/<number>/`: about.json, message.html, message.txt, recipients.csv."""
        for number, export in enumerate(self.found.values(), 1):
            folder = f"mail/{self.campaign}/export/{number}"
            about = {"for": export.label, "recipients": export.recipients, "subject": export.message.subject}
            told = json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
            yield PrivateArtifact(f"{folder}/about.json", told.encode())
            yield PrivateArtifact(f"{folder}/message.html", export.message.html.encode())
            yield PrivateArtifact(f"{folder}/message.txt", export.message.text.encode())
            yield PrivateArtifact(f"{folder}/recipients.csv", export.lines.getvalue().encode())
