"""Links in texts that lead to the receiver's forms: `rsvp:`, `survey:NAME`, `complaint:` and `suggestion:`."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.claim import Purpose

FORMS = (Purpose.RSVP, Purpose.SURVEY, Purpose.COMPLAINT, Purpose.SUGGESTION)
OPEN = frozenset({Purpose.COMPLAINT, Purpose.SUGGESTION})
"""Forms that anybody may open; the others ask only those to whom a message brought the link."""
_SCHEMES = {f"{purpose.value}:": purpose for purpose in FORMS}


@dataclass(frozen=True, slots=True)
class FormLink:
    """A link to a form. `name` is what stands behind the colon: of a survey its name, "" for the campaign's own."""

    purpose: Purpose
    name: str = ""

    @property
    def field(self) -> str:
        """The merge field that stands for its address in a message; the dot keeps it apart from a marketer's."""
        return f"form.{self.purpose.value}" + (f".{self.name}" if self.name else "")


def form_link(target: str) -> FormLink | None:
    """The form to which a target leads, as written in Markdown; None for any other target."""
    scheme, colon, name = target.partition(":")
    purpose = _SCHEMES.get(scheme + colon)
    return FormLink(purpose, name) if purpose else None


def survey_file(name: str) -> str:
    """The id of a survey's file below content/."""
    return f"surveys/{name}.yaml"
