"""A campaign's cards: print files of a fixed number of records, and everything that goes with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NoReturn

from sitegen.build.cards.papers import Papers
from sitegen.build.cards.print_line import PrintLine, print_line
from sitegen.build.cards.writer import jobs
from sitegen.build.order import Part
from sitegen.build.post.messages import Desk
from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.artifact import Artifact
from sitegen.model.campaign import Campaign
from sitegen.model.card import CardDesign
from sitegen.model.plan import Recipient
from sitegen.model.tree import Place
from sitegen.publish.atomic import write_file
from sitegen.render.cards.art_checks import doubtful_art
from sitegen.render.cards.refusal import Refused, report

TOLD = 20
"""Cards of one campaign that are refused one by one; the rest is a number."""
REPORT = "refused.csv"


def cards(desk: Desk, lines: Iterator[Recipient], done: Callable[[], None]) -> Iterator[Artifact]:
    """Print files, manifest, summary and proof of each campaign.

    Raises Mistakes (exit 7) with all that may not be printed, unless the order says to print the rest and there is
    one; .sitegen/refused.csv lists all of it then.
    """
    finished: list[Papers] = []
    if desk.order.printing.proof_only:
        yield from _proofs_alone(desk, lines, done)
        return
    with print_line(desk) as line:
        for name, group in groupby(line.printed(jobs(desk, lines)), key=lambda one: one.job.campaign):
            papers = Papers(desk, desk.campaign(name), line.stock)
            finished.append(papers)
            for one in group:
                yield from papers.put(one)
                for _ in one.job.cards:
                    done()
        refused = {papers.campaign.id: tuple(papers.refused) for papers in finished if papers.refused}
        if refused and not (desk.order.printing.skip_refused and all(map(_has_a_rest, finished))):
            _refuse(desk, refused)
        (desk.hidden / REPORT).unlink(missing_ok=True)
        yield from _proofs(line, finished)
        for papers in finished:
            yield from papers.packages()
            yield from papers.artifacts()
        desk.tally.notices += (*line.plates.notices(), *_doubts(line, finished), *_left_out(desk, finished))


def _proofs(line: PrintLine, finished: Sequence[Papers]) -> Iterator[Artifact]:
    wanted = [(papers, job) for papers in finished for job in papers.proof_jobs()]
    for (papers, job), proof in zip(wanted, line.proofs([job for _, job in wanted]), strict=True):
        yield from papers.put_proof(job, proof)


def _proofs_alone(desk: Desk, lines: Iterator[Recipient], done: Callable[[], None]) -> Iterator[Artifact]:
    """The proofs of campaigns, without their print files."""
    finished: list[Papers] = []
    with print_line(desk) as line:
        for name, group in groupby(jobs(desk, lines), key=lambda job: job.campaign):
            papers = Papers(desk, desk.campaign(name), line.stock)
            finished.append(papers)
            for job in group:
                papers.look(job)
                for _ in job.cards:
                    done()
        yield from _proofs(line, finished)
        desk.tally.notices += (*line.plates.notices(), *_doubts(line, finished))


def _has_a_rest(papers: Papers) -> bool:
    """Whether cards are left to print, and all that are not are refused themselves."""
    return bool(papers.files) and not papers.lost


def _doubts(line: PrintLine, finished: Sequence[Papers]) -> Iterator[str]:
    used = dict.fromkeys(design for papers in finished for design in papers.pickers)
    return doubts(line.stock.designs[name] for name in used)


def doubts(designs: Iterable[CardDesign]) -> Iterator[str]:
    """What may be printed of these designs, but should be looked at first."""
    for design in designs:
        for doubt in doubtful_art(design):
            yield f"cards/{design.name}: {doubt.why}: look closely, {doubt.what_to_do}"


def _left_out(desk: Desk, finished: Sequence[Papers]) -> Iterator[str]:
    for papers in finished:
        if number := len({one.record for one in papers.refused}):
            desk.tally.count(Part.CARDS, -number)
            told = f"{number} of the cards of '{papers.campaign.id}' may not be printed"
            yield f"{told}: output/cards/{papers.folder}/{REPORT} says why"


def _refuse(desk: Desk, refused: Mapping[str, tuple[Refused, ...]]) -> NoReturn:
    listed = desk.hidden / REPORT
    listed.parent.mkdir(mode=0o700, exist_ok=True)
    write_file(listed, report(one for found in refused.values() for one in found), 0o600)
    problems = [one for name, found in refused.items() for one in _problems(desk.campaign(name), found)]
    raise Mistakes(problems, Exit.CARD)


def _problems(campaign: Campaign, refused: tuple[Refused, ...]) -> Iterator[Problem]:
    place = Place(campaign.place.file)
    for one in sorted(set(refused))[:TOLD]:
        message, _, hint = str(one).partition("\nhint: ")
        yield place.problem("card", message, hint)
    if len(refused) > TOLD:
        hint = f"all of them are in .sitegen/{REPORT}; sitegen cards {campaign.id} --skip-refused prints the rest"
        yield place.problem("card", f"… and {len(refused) - TOLD} more of its cards may not be printed", hint)
