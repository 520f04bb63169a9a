"""Read a whole shop: every file, every mistake, one Project."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.language.catalogue import catalogue_of, with_facts
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.audience.reading.contradictions import check_reachable
from sitegen.audience.reading.rules import check_references as check_segments
from sitegen.audience.reading.rules import parse_segments
from sitegen.content.addresses import check_addresses, check_same_address
from sitegen.content.asking import check_invitations
from sitegen.content.audiences import Audiences
from sitegen.content.audit_file import AUDIT_FILE, read_audit
from sitegen.content.audit_file import Known as Named
from sitegen.content.campaign_file import Known, read_campaign
from sitegen.content.data_files import read_data_files
from sitegen.content.event_key import check_hours
from sitegen.content.folder import SHOP_FILE, files_below, read_text, theme_folder, theme_names
from sitegen.content.generated_addresses import check_generated
from sitegen.content.home_pages import check_home_pages
from sitegen.content.law_file import LAW_FILE, read_law
from sitegen.content.law_writings import writings
from sitegen.content.markdown_file import MarkdownFile, cut
from sitegen.content.member_data import check_member_data
from sitegen.content.menus_key import check_menus
from sitegen.content.message_file import read_message
from sitegen.content.page_file import read_page
from sitegen.content.parts import Offered
from sitegen.content.picture_key import check_pictures
from sitegen.content.print_house_files import own_houses, read_print_house
from sitegen.content.programme.duty_references import duty_warnings
from sitegen.content.programme.points import points_warnings, with_gift_words
from sitegen.content.programme.read import read_programme
from sitegen.content.programme.references import Surroundings, check_programme
from sitegen.content.references import Targets, check_references
from sitegen.content.shelf import Rack, Settled, Shelf, fits
from sitegen.content.shop.shop_file import read_shop
from sitegen.content.shortcodes import check_shortcode_templates, check_shortcodes
from sitegen.content.staff_pages import check_staff_pages
from sitegen.content.survey_files import check_surveys, read_surveys
from sitegen.content.theme_check import check_layouts, check_theme
from sitegen.content.theme_files import read_theme
from sitegen.content.translations import Tongues, check_translations, tongues_of
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem, exit_for
from sitegen.model.allowance import Allowance
from sitegen.model.channel import Channel
from sitegen.model.form_link import survey_file
from sitegen.model.part import Terms
from sitegen.model.print_house import NOBODY, PrintHouse
from sitegen.model.programme import Programme
from sitegen.model.project import Asset, Project
from sitegen.model.rule import FactSpec
from sitegen.model.segment import Segment
from sitegen.model.shop import Shop
from sitegen.model.theme import Theme
from sitegen.model.tree import Mapping, Place
from sitegen.programme.law.verdict import judge
from sitegen.render.reads import NotedNames
from sitegen.render.text.warnings import dear_characters

T = TypeVar("T")


def read_project(root: Path, shelf: Shelf | None = None) -> Project:
    """The shop in `root` as one frozen value. Pages that stand on the `shelf` as they are need no reading.

    Raises Mistakes with every problem that can be known without the customer file: exit code 4 where nothing but
    links is broken, 6 where nothing but messages say what they may not, else 1.
    """
    project, problems = examined(root, shelf)
    if problems:
        raise Mistakes(problems, exit_for(problems))
    return project


def examined(root: Path, shelf: Shelf | None = None) -> tuple[Project, tuple[Problem, ...]]:
    """The shop in `root` as far as it can be read, and its problems: for whoever wants to know more than these."""
    reader = _Reader(root, shelf or Shelf())
    project = reader.project()
    return project, tuple(problem for problem in reader.problems if problem.code not in reader.silenced)


@dataclass(slots=True)
class _Reader:
    """`silenced`: codes of mistakes that only follow from a file that could not be read; `unread`: such pages."""

    root: Path
    shelf: Shelf
    said: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    silenced: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def project(self) -> Project:
        shop_tree = self.yaml(SHOP_FILE)
        shop = read_shop(shop_tree, self.problems)
        theme = self.theme(shop.theme, shop_tree)
        segments, facts = self.segments(shop)
        catalogue = with_facts(catalogue_of(shop.schema), facts)
        names = frozenset(segment.id for segment in segments)
        audiences = Audiences(catalogue, names, self.problems, schema=shop.schema)
        tongues = tongues_of(shop)
        assets = self.assets()
        rack = Rack(self.shelf, self.root, (*self.said, *sorted(theme.templates)))
        page_paths = self.below("pages", ".md")
        settled = {path: page for path in page_paths if (page := rack.take(path))}
        page_files = self.markdown("pages", taken=settled)
        campaign_files = self.markdown("campaigns")
        message_files = self.markdown("messages", "unknown-message")
        fresh = self.pages(page_files, audiences, tongues)
        read = {path: one for path in page_paths if (one := settled.get(path) or fresh.get(path))}
        pages = tuple(one.page for one in read.values())
        audiences.made.update((segment.id, segment) for one in read.values() for segment in one.made)
        self.problems.extend(check_layouts(theme, (file.front for file in page_files.values())))
        programme = self.programme(audiences)
        shop = with_gift_words(shop, programme)
        designs = {design.name: design.kinds for design in theme.designs}
        messages = self.each(message_files, lambda path, file: read_message(file, path, self.problems))
        library = {message.id: message for message in messages}
        known = Known(audiences, designs, Occasions(programme.occasions, shop.holiday_countries), library, tongues)
        campaigns = self.each(campaign_files, lambda path, file: read_campaign(file, path, known, self.problems))
        self.segments_together((*segments, *audiences.made.values()))
        offered = self.offered(programme, shop, audiences)
        pages, campaigns = offered.in_texts(pages), offered.in_texts(campaigns)
        messages = offered.in_texts(messages)
        everything = (*segments, *audiences.made.values())
        page_ids = {path.removeprefix("content/") for path in page_paths} - self.unread
        allowances = self.allowances(Named({*page_ids, *campaign_files}, assets))
        house = self.print_house(shop.print_house, shop_tree)
        surveys = read_surveys(self.root, shop.languages, self.problems)
        project = Project(
            shop, facts, everything, campaigns, pages, programme, theme, assets, messages, allowances, house, surveys
        )
        project = replace(project, data=read_data_files(self.root, self.problems), rules=offered.rules)
        self.references(project, {**campaign_files, **message_files})
        fronts = (file.front for file in (*page_files.values(), *campaign_files.values()))
        self.problems.extend(check_hours(fronts, shop.timezone))
        self.page_references(project, page_files, settled, fresh, rack)
        self.whole(project, shop_tree)
        self.programme_references(project, known)
        check_surveys(surveys, campaigns, self.problems)
        check_invitations(campaigns, surveys, self.problems)
        dear = (problem for campaign in campaigns for problem in dear_characters(campaign))
        law = self.law(project, {**campaign_files, **message_files})
        told = (*points_warnings(programme), *duty_warnings(programme))
        return replace(project, warnings=(*law, *dear, *theme.warnings, *told))

    def programme(self, audiences: Audiences) -> Programme:
        files = {path: self.yaml(path, "unknown-occasion") for path in self.below("programme", ".yaml")}
        return read_programme(files, self.problems, audiences)

    def programme_references(self, project: Project, known: Known) -> None:
        """What the programme names of the rest of the shop."""
        names, facts = known.audiences.named, known.audiences.catalogue.values()
        yearly = tuple(fact.name for fact in facts if fact.kind in {"yearly", "lunar"})
        pages = self.targets(project).pages
        unread = {name.partition("/")[2].removesuffix(".md") for name in self.unread}
        campaigns = unread | {campaign.id for campaign in project.campaigns}
        around = Surroundings(names, pages, project.assets, known.occasions, project.shop.tongues, yearly, campaigns)
        check_programme(project.programme, around, self.problems)

    def offered(self, programme: Programme, shop: Shop, audiences: Audiences) -> Offered:
        """What finds the parts of the programme in texts; of a programme with mistakes there are none."""
        wrong = any(problem.file.startswith("content/programme/") for problem in self.problems)
        return Offered(Terms(Programme() if wrong else programme, shop), audiences, self.problems)

    def below(self, folder: str, suffix: str) -> tuple[str, ...]:
        for path in files_below(self.root / "content" / folder, ".yml") if suffix == ".yaml" else ():
            place = Place(f"content/{folder}/{path}")
            self.problems.append(
                place.problem("wrong-ending", "a file that ends in '.yml' is not read", "name it .yaml")
            )
        return tuple(f"content/{folder}/{path}" for path in files_below(self.root / "content" / folder, suffix))

    def attempt(self, read: Callable[[], T], default: T, *silenced: str) -> T:
        try:
            return read()
        except Mistakes as mistakes:
            self.problems.extend(mistakes.problems)
            self.silenced.update(silenced)
            return default

    def yaml(self, path: str, *silenced: str) -> Mapping:
        empty = Mapping((), Place(path, 1, 1))

        def read() -> Mapping:
            text = read_text(self.root / path, self.root)
            self.said += (path, text)
            return read_yaml(text, path)

        return self.attempt(read, empty, *silenced)

    def theme(self, name: str, shop: Mapping) -> Theme:
        def read() -> Theme:
            folder = theme_folder(self.root, name)
            if folder is None:
                hint = did_you_mean(name, theme_names(self.root))
                raise Mistakes([_place(shop, "theme").problem("missing-theme", f"there is no theme '{name}'", hint)])
            return read_theme(folder, self.root, self.problems)

        return self.attempt(read, Theme(name, name, {}, {}, {}, ()), "unknown-design")

    def print_house(self, name: str, shop: Mapping) -> PrintHouse:
        """The one that the shop names; the mistakes of its others are told too."""
        self.below("print", ".yaml")
        named = _place(shop, "print_house")
        houses = {
            one: self.attempt(lambda one=one: read_print_house(self.root, one, named, self.problems), NOBODY)  # type: ignore[misc]
            for one in sorted({name, *own_houses(self.root)})
        }
        return houses[name]

    def segments(self, shop: Shop) -> tuple[tuple[Segment, ...], tuple[FactSpec, ...]]:
        follows = ("unknown-segment", "unknown-fact")
        trees = [self.yaml(path, *follows) for path in self.below("segments", ".yaml")]
        catalogue = catalogue_of(shop.schema)
        segments, facts, problems = parse_segments(trees, catalogue, shop.schema, shop.timezone)
        self.problems.extend(problems)
        return segments, facts

    def segments_together(self, segments: tuple[Segment, ...]) -> None:
        """What segments say of each other; whether anybody can be in them is asked once they can all be read."""
        readable = not any(problem.file.startswith("content/segments/") for problem in self.problems)
        problems = check_segments(segments)
        self.problems.extend(problems or (check_reachable(segments) if readable else ()))

    def assets(self) -> dict[str, Asset]:
        folder = self.root / "content" / "assets"
        return {path: Asset(path, (folder / path).read_bytes()) for path in files_below(folder)}

    def pages(self, files: dict[str, MarkdownFile], audiences: Audiences, tongues: Tongues) -> dict[str, Settled]:
        """The pages that had to be read, by their paths, as far as reading them tells."""
        read: dict[str, Settled] = {}
        for id_, file in files.items():
            # Segments made on the spot come in the order of all pages, whether these are read now or were before.
            audiences.made.clear()
            page = read_page(file, id_.partition("/")[2], audiences, self.problems, tongues)
            read[file.place.file] = Settled(page, tuple(audiences.made.values()), frozenset(), frozenset())
        audiences.made.clear()
        return read

    def page_references(
        self,
        project: Project,
        files: dict[str, MarkdownFile],
        settled: dict[str, Settled],
        fresh: dict[str, Settled],
        rack: Rack,
    ) -> None:
        """What pages point to; a page in which nothing is wrong is kept with it for the next time."""
        targets = self.targets(project)
        for path, one in settled.items():
            if not fits(one, targets):
                rack.drop(path)
                self.references(
                    project, {path.removeprefix("content/"): cut(read_text(self.root / path, self.root), path)}
                )
        wrong = {problem.file for problem in self.problems}
        for id_, file in files.items():
            path = file.place.file
            pages, assets = NotedNames(targets.pages), NotedNames(targets.assets)
            place = Place(path, file.text_line)
            problems = check_references(file.text, place, id_, Targets(pages, assets))
            self.problems.extend(problems)
            if not problems and path not in wrong:
                asked = (frozenset(names.asked) for names in (pages, assets))
                rack.put(path, Settled(fresh[path].page, fresh[path].made, *asked))
        rack.close()

    def cut(self, path: str) -> MarkdownFile | None:
        return cut(read_text(self.root / path, self.root), path)

    def markdown(self, folder: str, *silenced: str, taken: Collection[str] = ()) -> dict[str, MarkdownFile]:
        files: dict[str, MarkdownFile] = {}
        # An editor may have moved a file away since the folder was listed.
        for path in (path for path in self.below(folder, ".md") if path not in taken and (self.root / path).is_file()):
            file = self.attempt(partial(self.cut, path), None, *silenced)
            id_ = path.removeprefix("content/")
            if file is None:
                self.unread.add(id_)
            else:
                files[id_] = file
        return files

    def allowances(self, known: Named) -> tuple[Allowance, ...]:
        there = (self.root / AUDIT_FILE).is_file()
        return read_audit(self.yaml(AUDIT_FILE), known, self.problems) if there else ()

    def law(self, project: Project, files: dict[str, MarkdownFile]) -> tuple[Problem, ...]:
        """What the message law minds enough to stop the shop becomes problems; the rest is only told."""
        there = (self.root / LAW_FILE).is_file()
        tree = self.yaml(LAW_FILE) if there else Mapping((), Place(LAW_FILE, 1, 1))
        law = read_law(tree, files, self.problems)
        verdict = judge(writings(project, files.values()), law)
        self.problems.extend(verdict.mistakes)
        return verdict.warnings

    def each(self, files: dict[str, MarkdownFile], read: Callable[[str, MarkdownFile], T]) -> tuple[T, ...]:
        return tuple(read(id_.partition("/")[2], file) for id_, file in files.items())

    def targets(self, project: Project) -> Targets:
        paged = {f"campaigns/{campaign.id}.md" for campaign in project.campaigns if Channel.PAGE in campaign.channels}
        asked = {survey_file(survey.name) for survey in project.surveys}
        return Targets({page.id for page in project.pages} | paged | asked | self.unread, project.assets)

    def references(self, project: Project, files: dict[str, MarkdownFile]) -> None:
        targets = self.targets(project)
        for id_, file in files.items():
            place = Place(file.place.file, file.text_line)
            self.problems.extend(check_references(file.text, place, id_, targets))

    def whole(self, project: Project, shop: Mapping) -> None:
        self.problems.extend(check_same_address(project.pages, project.campaigns))
        self.problems.extend(check_addresses(project.pages, project.campaigns))
        self.problems.extend(check_pictures((*project.pages, *project.campaigns), project.assets))
        tongues = tongues_of(project.shop)
        self.problems.extend(check_translations(project.pages, project.campaigns, tongues, self.unread))
        self.problems.extend(check_generated(project.pages, project.campaigns, project.shop.languages))
        if not self.unread:
            self.problems.extend(check_menus(project.shop.menus, project.pages))
        if project.theme.templates:
            self.problems.extend(check_shortcodes(project, self.targets(project)))
            self.check_theme(project)
            self.problems.extend(check_shortcode_templates(project.theme))
        self.problems.extend(check_member_data(project))
        self.problems.extend(check_staff_pages(project, shop))
        self.problems.extend(problem for problem in check_home_pages(project, shop) if not self.is_unread(problem))

    def check_theme(self, project: Project) -> None:
        """Look through the theme, unless it is the one in which nothing was wrong the last time."""
        said = repr(
            (sorted(project.theme.reached().items()), [(one.id, one.kind, one.channels) for one in project.campaigns])
        )
        digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        if digest != self.shelf.theme:
            problems = check_theme(project.theme, project.campaigns)
            self.problems.extend(problems)
            self.shelf.theme, self.shelf.changed = "" if problems else digest, True

    def is_unread(self, problem: Problem) -> bool:
        """Whether the page that is said to be missing is there, and only could not be read."""
        return problem.code in {"no-home", "no-member-home"} and bool(self.unread)


def _place(mapping: Mapping, key: str) -> Place:
    node = mapping.get(key)
    return node.place if node else mapping.place
