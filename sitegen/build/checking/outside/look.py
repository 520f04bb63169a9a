"""Visit every outside address once, a few hosts at a time, and tell those that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sitegen.build.checking.links import Link
from sitegen.build.checking.outside.client import Visit, opener, visit
from sitegen.build.checking.outside.memory import Remembered, keep, recall
from sitegen.errors import Problem

HOSTS = 8
"""Hosts that are asked at the same time; each is asked one thing after the other."""
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Outside:
    """What it takes to look outside: the instant in Unix seconds, and the proxies by scheme that the machine uses."""

    now: int
    proxies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the visits found; `remembered` of `addresses` were known from an earlier check."""

    problems: tuple[Problem, ...]
    addresses: int
    remembered: int


def look_outside(root: Path, links: Iterable[Link], skip: tuple[str, ...], outside: Outside) -> Seen:
    """Visit what the links point to. What begins as `skip` says is left alone; each text's link has its problem."""
    wanted: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.target.startswith(WEB) and not link.target.startswith(skip or ("\0",)):
            wanted[link.target.partition("#")[0]].append(link)
    known = recall(root, outside.now)
    missing = [url for url in wanted if url not in known]
    fresh = {url: Remembered(one, outside.now) for url, one in _visits(missing, outside)}
    if fresh:
        keep(root, {**known, **fresh})
    seen = {**known, **fresh}
    problems = [problem for url, places in wanted.items() for problem in _problems(url, seen[url].visit, places)]
    return Seen(tuple(problems), len(wanted), len(wanted) - len(missing))


def _visits(urls: Collection[str], outside: Outside) -> Iterator[tuple[str, Visit]]:
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[_host(url)].append(url)
    web = opener(outside.proxies)

    def of_host(urls: list[str]) -> list[tuple[str, Visit]]:
        return [(url, visit(url, web)) for url in urls]

    with ThreadPoolExecutor(HOSTS) as pool:
        for found in pool.map(of_host, hosts.values()):
            yield from found


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return url


def _problems(url: str, seen: Visit, places: Iterable[Link]) -> Iterator[Problem]:
    for link in places:
        if not seen.good:
            said = f"{seen.status} {seen.why}".strip() if seen.status else seen.why
            hint = "correct the address, take the link out, or leave the address alone by 'skip' below 'check'"
            yield link.place.problem("dead-link", f"'{url}' leads nowhere: {said}", hint)
        elif seen.moved and seen.moved.rstrip("/") != url.rstrip("/"):
            hint = f"write '{seen.moved}'"
            yield link.place.problem("moved-link", f"'{url}' has moved for good", hint)
