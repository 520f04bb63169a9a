"""Read a whole shop: every file, every mistake, one Project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sitegen.audience.catalogue import CATALOGUE, with_facts
from sitegen.audience.occasions import Occasions
from sitegen.audience.rules import check_references as check_segments
from sitegen.audience.rules import parse_segments
from sitegen.content.audiences import Audiences
from sitegen.content.campaign_file import Known, read_campaign
from sitegen.content.folder import SHOP_FILE, files_below, read_text, theme_folder
from sitegen.content.keys import suggestion
from sitegen.content.markdown_file import MarkdownFile, cut
from sitegen.content.page_file import read_page
from sitegen.content.programme_files import read_programme
from sitegen.content.references import Targets, check_references
from sitegen.content.shop_file import read_shop
from sitegen.content.theme_files import read_theme
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.page import Page
from sitegen.model.project import Asset, Project
from sitegen.model.rule import FactSpec
from sitegen.model.segment import EVERYONE, Segment
from sitegen.model.shop import Shop
from sitegen.model.theme import Theme
from sitegen.model.tree import Mapping, Place

T = TypeVar("T")


def read_project(root: Path) -> Project:
    """The shop in `root` as one frozen value.

    Raises Mistakes with every problem that can be known without the customer file: exit code 4 where nothing but
    links is broken, else 1.
    """
    reader = _Reader(root)
    project = reader.project()
    problems = reader.problems
    if problems:
        broken_links_only = all(problem.code == "broken-link" for problem in problems)
        raise Mistakes(problems, Exit.BROKEN_LINK if broken_links_only else Exit.MISTAKE)
    return project


@dataclass(slots=True)
class _Reader:
    root: Path
    problems: list[Problem] = field(default_factory=list)

    def project(self) -> Project:
        shop = read_shop(self.yaml(SHOP_FILE), self.problems)
        theme = self.theme(shop)
        segments, facts = self.segments()
        catalogue = with_facts(CATALOGUE, facts)
        audiences = Audiences(catalogue, frozenset(segment.id for segment in segments), self.problems)
        assets = self.assets()
        page_files = self.markdown("pages")
        campaign_files = self.markdown("campaigns")
        pages = self.each(page_files, lambda path, file: read_page(file, path, audiences, self.problems))
        programme = read_programme({path: self.yaml(path) for path in self.below("programme", ".yaml")}, self.problems)
        designs = frozenset(design.name for design in theme.designs)
        known = Known(audiences, designs, Occasions(programme.occasions))
        campaigns = self.each(campaign_files, lambda path, file: read_campaign(file, path, known, self.problems))
        everything = (*segments, *audiences.made.values())
        self.problems.extend(check_segments(everything))
        project = Project(shop, facts, everything, campaigns, pages, programme, theme, assets)
        self.references(project, {**page_files, **campaign_files})
        self.whole(project)
        return project

    def below(self, folder: str, suffix: str) -> tuple[str, ...]:
        return tuple(f"content/{folder}/{path}" for path in files_below(self.root / "content" / folder, suffix))

    def attempt(self, read: Callable[[], T], default: T) -> T:
        try:
            return read()
        except Mistakes as mistakes:
            self.problems.extend(mistakes.problems)
            return default

    def yaml(self, path: str) -> Mapping:
        empty = Mapping((), Place(path, 1, 1))
        return self.attempt(lambda: read_yaml(read_text(self.root / path, self.root), path), empty)

    def theme(self, shop: Shop) -> Theme:
        empty = Theme(shop.theme, shop.theme, {}, {}, {}, ())
        folder = theme_folder(self.root, shop.theme)
        if folder is None:
            hint = "a theme is a folder themes/NAME with a theme.yaml"
            self.problems.append(Problem(SHOP_FILE, 0, 0, "missing-theme", f"there is no theme '{shop.theme}'", hint))
            return empty
        return self.attempt(lambda: read_theme(folder, self.root, self.problems), empty)

    def segments(self) -> tuple[tuple[Segment, ...], tuple[FactSpec, ...]]:
        trees = [self.yaml(path) for path in self.below("segments", ".yaml")]
        segments, facts, problems = parse_segments(trees, CATALOGUE)
        self.problems.extend(problems)
        return segments, facts

    def assets(self) -> dict[str, Asset]:
        folder = self.root / "content" / "assets"
        return {path: Asset(path, (folder / path).read_bytes()) for path in files_below(folder)}

    def markdown(self, folder: str) -> dict[str, MarkdownFile]:
        files: dict[str, MarkdownFile] = {}
        for path in self.below(folder, ".md"):
            file = self.attempt(lambda path=path: cut(read_text(self.root / path, self.root), path), None)  # type: ignore[misc]
            if file is not None:
                files[path.removeprefix("content/")] = file
        return files

    def each(self, files: dict[str, MarkdownFile], read: Callable[[str, MarkdownFile], T]) -> tuple[T, ...]:
        return tuple(read(id_.partition("/")[2], file) for id_, file in files.items())

    def references(self, project: Project, files: dict[str, MarkdownFile]) -> None:
        paged = {f"campaigns/{campaign.id}.md" for campaign in project.campaigns if Channel.PAGE in campaign.channels}
        targets = Targets({page.id for page in project.pages} | paged, project.assets)
        for id_, file in files.items():
            place = Place(file.place.file, file.text_line)
            self.problems.extend(check_references(file.text, place, id_, targets))

    def whole(self, project: Project) -> None:
        self.problems.extend(_same_address(project.pages, project.campaigns))
        self.problems.extend(_home(project))


def _same_address(pages: Iterable[Page], campaigns: Iterable[Campaign]) -> list[Problem]:
    things: list[Page | Campaign] = [*pages, *(c for c in campaigns if Channel.PAGE in c.channels)]
    counts = Counter(thing.url_path for thing in things)
    return [
        thing.place.problem("same-address", f"another file has the address '/{thing.url_path}' too", "give it a 'slug'")
        for thing in things
        if counts[thing.url_path] > 1
    ]


def _home(project: Project) -> list[Problem]:
    problems: list[Problem] = []
    shop_file = Place(SHOP_FILE)
    if not any(page.url_path == "" for page in project.pages):
        problems.append(shop_file.problem("no-home", "there is no home page", "write content/pages/index.md"))
    home = next((page for page in project.pages if page.id == f"pages/{project.shop.member_home}"), None)
    if home is None:
        hint = suggestion(project.shop.member_home, (page.id.removeprefix("pages/") for page in project.pages))
        message = f"there is no page '{project.shop.member_home}' to be the members' home"
        problems.append(shop_file.problem("no-member-home", message, hint))
    elif home.audience != EVERYONE:
        problems.append(
            home.place.problem("member-home", "the members' home must be for 'everyone'", "remove 'audience'")
        )
    return problems
