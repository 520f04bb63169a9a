"""Check links to the receiver's forms, wherever they stand: that there is such a form."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.claim import Purpose
from sitegen.model.form_link import FormLink, survey_file
from sitegen.model.tree import Place

CODE = "bad-form-link"


def check_form_link(form: FormLink, place: Place, source: str, known: Collection[str]) -> Iterator[Problem]:
    """Whether a link to a form means one, wherever it stands; `known` are the ids of files, surveys among them."""
    purpose = form.purpose.value
    if form.purpose is not Purpose.SURVEY:
        if form.name:
            message = f"'{purpose}:' takes nothing behind its colon, and here it has '{form.name}'"
            yield place.problem(CODE, message, f"write [words]({purpose}:)")
    elif not form.name and source.startswith("pages/"):
        message = "a page has no survey of its own"
        yield place.problem(CODE, message, "write which one: [words](survey:NAME)")
    elif form.name and survey_file(form.name) not in known:
        names = [one.removeprefix("surveys/").removesuffix(".yaml") for one in known if one.startswith("surveys/")]
        hint = did_you_mean(form.name, names) if names else "write it as content/surveys/NAME.yaml"
        yield place.problem(CODE, f"there is no survey '{form.name}'", hint)
