"""Find pages that are there in one language of the shop and not in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sitegen.build.checking.links import has_page
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign
from sitegen.model.page import Page
from sitegen.model.project import Project


def untranslated(project: Project) -> Iterator[Problem]:
    """For each language of the shop, the pages that it lacks, as one problem; drafts count for nothing."""
    things: list[Page | Campaign] = [
        *(page for page in project.pages if not page.draft),
        *(one for one in project.campaigns if has_page(one) and not one.draft),
    ]
    spoken: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        spoken[thing.original or _id(thing)].add(thing.language or project.shop.language)
    for language in project.shop.languages:
        missing = [id_ for id_, languages in spoken.items() if language not in languages]
        if missing:
            count = f"{len(missing)} {'page is' if len(missing) == 1 else 'pages are'}"
            message = f"{count} not there in '{language}': {', '.join(sorted(missing))}"
            first = min(missing).removesuffix(".md")
            hint = f"write {first}.{language}.md, or let them be for readers of one language"
            yield Problem("content/pages", 0, 0, "untranslated-page", message, hint)


def _id(thing: Page | Campaign) -> str:
    return thing.id if isinstance(thing, Page) else f"campaigns/{thing.id}.md"
