"""Look whether the pages are there that the sections on care and service name."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.care import Coverage, NamedPage
from sitegen.model.programme import Programme


def check_care(programme: Programme, pages: Collection[str], problems: list[Problem]) -> None:
    """Add a problem for each page that is named and is not among `pages`, the ids of all there are."""
    for named in _named(programme):
        if named.id not in pages:
            path = named.id.removeprefix("pages/")
            hint = did_you_mean(path, (page.removeprefix("pages/") for page in pages if page.startswith("pages/")))
            message = f"there is no page '{path}'"
            problems.append(named.place.problem("broken-link", message, hint))


def _named(programme: Programme) -> Iterator[NamedPage]:
    if programme.care:
        yield from programme.care.pages.values()
    if programme.life_stages:
        yield from (stage.page for stage in programme.life_stages.stages if stage.page)
    if programme.coverage:
        yield from _of_coverage(programme.coverage)
    for section in (programme.returns, programme.complaints):
        if section and section.page:
            yield section.page


def _of_coverage(coverage: Coverage) -> Iterator[NamedPage]:
    for pages in (coverage.every, *coverage.groups.values(), *coverage.products.values()):
        for several in pages.values():
            yield from several
