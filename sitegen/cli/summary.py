"""The closing lines of a build: what was made, how many, for whom not, how long."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.build.order import Order, Part, Summary

WHERE = {
    Part.MAIL: "output/mail/     open a campaign's index.html to see its e-mail",
    Part.CARDS: "output/cards/    print files and manifests",
    Part.TEXTS: "output/texts/    for your provider: a line for each text, as JSON and as a sheet, and the bill",
    Part.WORK: "output/work/     the plan, its exclusions, promises and other lists, as CSV",
}


def closing_lines(summary: Summary, order: Order, seconds: float) -> Iterator[str]:
    """The lines, without colour."""
    days = f"{order.first:%-d %B %Y}" + (f" to {order.last:%-d %B %Y}" if order.last != order.first else "")
    yield f"Built for {days}" + (", with development keys." if order.dev else ".")
    yield ""
    width = max((len(count.name) for count in (*summary.made, *summary.excluded)), default=0)
    for count in summary.made:
        yield f"  {count.name:<{width}}  {count.number:>8,}"
        if count.name == "excluded":
            yield from (f"    {reason.name:<{width}}{reason.number:>8,}" for reason in summary.excluded)
    if Part.PAGES in order.parts:
        yield f"  {summary.rendered:,} rendered, {summary.unchanged:,} unchanged"
    yield ""
    if order.parts & {Part.PAGES, Part.KEYRINGS}:
        yield "  output/site/     the members' site; `sitegen serve` shows it"
    if Part.PAGES in order.parts and Part.KEYRINGS not in order.parts:
        yield "                   members come in when it has keyrings: sitegen build --only keyrings"
    if order.parts & {Part.PAGES, Part.KEYRINGS}:
        yield "  output/host/     rules for the site's web server; README.txt says which"
    for part, line in WHERE.items():
        if part in order.parts:
            yield f"  {line}"
    if any(count.name == "advisers' days" for count in summary.made):
        yield "                   desk/index.html: who looks after whom today; reports/index.html: the owner's reports"
    yield from (f"note: {notice}" for notice in summary.notices)
    yield from summary.why
    yield f"Done in {seconds:.1f} s."


def card_lines(summary: Summary, order: Order, folder: str, seconds: float) -> Iterator[str]:
    """The lines after one campaign's cards, which lie in `folder` below output/cards."""
    made = next((count.number for count in summary.made if count.name == Part.CARDS), 0)
    name = order.printing.campaign
    if not made:
        yield f"no card of '{name}' leaves on these days; `sitegen plan --campaign {name}` says when"
    elif order.printing.proof_only:
        yield f"the proof of {cards_told(made)}: output/cards/{folder}/"
    else:
        which = name if folder == name else f"{name} --on {order.first}"
        yield f"{cards_told(made)}: output/cards/{folder}/"
        yield f"look at the proof before the print house does; then: sitegen cards --printed {which}"
    yield from (f"note: {notice}" for notice in summary.notices)
    yield f"Done in {seconds:.1f} s."


def cards_told(number: int) -> str:
    """A number of cards in words."""
    return "1 card" if number == 1 else f"{number:,} cards"
