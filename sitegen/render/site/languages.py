"""Which pages say the same in which language: for links, for the reader's choice, and for search engines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from babel import Locale

from sitegen.model.segment import PUBLIC
from sitegen.model.shop import Shop
from sitegen.render.fields import direction, locale_of
from sitegen.render.site.entries import Entries, GatedEntry, PublicEntry
from sitegen.render.site.views import TranslationView

Entry: TypeAlias = PublicEntry | GatedEntry


@dataclass(frozen=True, slots=True)
class Versions:
    """Where a link leads by the language of the page that it stands on.

    `found` maps a language and an original's id ("zh pages/about.md") to the id of its translation; `public` and
    `gated` say the language of each entry by its id.
    """

    found: Mapping[str, str] = field(default_factory=dict)
    public: Mapping[str, str] = field(default_factory=dict)
    gated: Mapping[str, str] = field(default_factory=dict)

    def target(self, source: str, target: str) -> str:
        """What a link on the page `source` to the file `target` means: its translation, where there is one.

        A link that names a translation leads there, and one from a page to its own original leads to that.
        """
        language = self.public.get(source) or self.gated.get(source)
        version = self.found.get(f"{language} {target}", target)
        return target if version == source else version

    def strange(self, source: str, target: str, readers: tuple[str, ...]) -> str:
        """The language of a link's target where it is another one than the page's own, else "".

        What anybody reads does not tell the language of a locked page.
        """
        own = self.public.get(source) or self.gated.get(source)
        other = self.public.get(target) or ("" if readers == (PUBLIC,) else self.gated.get(target))
        return other if own and other and own != other else ""


NO_VERSIONS = Versions()
JOURNAL = frozenset({"journal", "campaign"})
"""Layouts of what is news."""


def versions(found: Entries, shop: Shop) -> Versions:
    """The versions of everything that stands on the site."""
    entries: tuple[Entry, ...] = (*found.public, *found.gated)
    return Versions(
        {f"{language_of(entry, shop)} {entry.group}": entry.id for entry in entries if entry.group != entry.id},
        {entry.id: entry.language for entry in found.public},
        {entry.id: language_of(entry, shop) for entry in found.gated},
    )


def language_of(entry: Entry, shop: Shop) -> str:
    """The language that an entry is written in."""
    return (entry.language if isinstance(entry, PublicEntry) else entry.secret.language) or shop.language


def groups(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The entries that say the same in several languages, by the id of their original."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.group, []).append(entry)
    return {group: tuple(alike) for group, alike in found.items() if len(alike) > 1}


def homes(found: Entries, shop: Shop) -> dict[str, str]:
    """The address of the home page of each language that has one."""
    paths = {f"{language}/index.html": language for language in shop.languages} | {"index.html": shop.language}
    return {paths[entry.path]: entry.url for entry in found.public if entry.path in paths}


def journals(found: Entries, shop: Shop) -> dict[str, tuple[PublicEntry, ...]]:
    """The dated public pages of each language, newest first: of the shop's own, and of those that have some."""
    dated = [entry for entry in found.public if entry.day and entry.layout in JOURNAL]
    ordered = sorted(dated, key=lambda entry: (entry.day, entry.id), reverse=True)
    by_language = {
        language: tuple(entry for entry in ordered if entry.language == language) for language in shop.tongues
    }
    return {language: inside for language, inside in by_language.items() if inside or language == shop.language}


def feed_path(language: str, found: Collection[str], shop: Shop) -> str:
    """Where the site's feed in a language lies; `found` are the languages that have one besides the shop's own."""
    return f"{language}/feed.xml" if language != shop.language and language in found else "feed.xml"


def translations(current: Entry, alike: Iterable[Entry], shop: Shop) -> tuple[TranslationView, ...]:
    """The same page in each of its languages, in the shop's order; empty where there is only one."""
    by_language = {language_of(entry, shop): entry for entry in alike}
    ordered = [by_language[language] for language in shop.tongues if language in by_language]
    if len(ordered) < 2:
        return ()
    return tuple(_view(entry, entry.id == current.id, shop) for entry in ordered)


def _view(entry: Entry, current: bool, shop: Shop) -> TranslationView:
    language = language_of(entry, shop)
    url = entry.url if isinstance(entry, PublicEntry) else entry.shell
    return translation_view(language, url, current, shop)


def translation_view(language: str, url: str, current: bool, shop: Shop) -> TranslationView:
    """A page in a language, at an address of the host."""
    return TranslationView(
        language=language,
        name=own_name(language),
        url=url,
        current=current,
        canonical=shop.origin + url,
        locale=open_graph_locale(language),
        default=language == shop.language,
    )


@cache
def own_name(language: str) -> str:
    """The language's name for itself: "English", "中文"."""
    return Locale.parse(language.replace("-", "_")).get_display_name() or language


@cache
def open_graph_locale(language: str) -> str:
    """Language and territory as OpenGraph writes them: "zh_CN"."""
    locale = Locale.parse(locale_of(language))
    return f"{locale.language}_{locale.territory}" if locale.territory else locale.language


def with_language(page: str, language: str, other: str) -> str:
    """A page that is one for readers of all languages, with what it says in another of them.

    The words of the other page stand in a template element of the head, where the browser half finds them. A theme
    that writes neither head nor body speaks the shop's own language there.
    """
    head, end, rest = page.partition("</head>")
    words = other.partition("<body")[2].partition(">")[2].rpartition("</body>")[0]
    if not end or not words:
        return page
    opening = f'<template data-sg-language="{language}" dir="{direction(language)}">'
    return f"{head}  {opening}{words}</template>\n{end}{rest}"
