"""Find phrases in the words that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from sitegen.model.law import Spelling, Words
from sitegen.programme.law.phrases import Choice, Sequence, Sign, asked, parse
from sitegen.programme.law.prose import VALUE

LETTER = "0-9a-zß-ɏ"
"""What a word of Latin letters is made of, once case is gone."""
BEFORE, AFTER = f"(?<![{LETTER}])", f"(?![{LETTER}])"
EDGE = f"(?:{BEFORE}|{AFTER})"
BLANK = "[ -]{1,3}"
LOOSE_BLANK = f"(?:{BLANK}|{BEFORE}|{AFTER}|(?<=[0-9])|(?=[0-9]))"
STOP = "\x01"
"""Takes the place of innocent words; no phrase goes across it."""
DIGITS = rf"\d{{1,9}}(?:[.,]\d{{1,9}}){{0,3}}|{VALUE}"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase, and the words of which a text holds one if it holds the phrase."""

    read: Choice
    asked: frozenset[str]


def spans(text: str, words: Iterable[tuple[Words, Spelling]]) -> list[range]:
    """Where a text says a phrase of one of the languages and means it, in order; what overlaps is one.

    What is innocent in one language is so in all. Text and phrases are folded.
    """
    guarded, known = text, tuple(words)
    for span in _joined(one for said, spelling in known for one in _all(text, said.innocent, spelling)):
        guarded = guarded[: span.start] + STOP * len(span) + guarded[span.stop :]
    return _joined(one for said, spelling in known for one in _all(guarded, said.phrases, spelling))


def _all(text: str, phrases: tuple[str, ...], spelling: Spelling) -> Iterator[range]:
    for phrase in _read(phrases, spelling):
        # Most phrases stand in no text at all, and their regular expressions would take seconds to make.
        if any(word in text for word in phrase.asked):
            yield from (range(*found.span()) for found in _compiled(phrase.read, spelling).finditer(text))


def _joined(found: Iterable[range]) -> list[range]:
    joined: list[range] = []
    for span in sorted(found, key=lambda span: (span.start, span.stop)):
        if joined and span.start < joined[-1].stop:
            joined[-1] = range(joined[-1].start, max(joined[-1].stop, span.stop))
        else:
            joined.append(span)
    return joined


@cache
def _read(phrases: tuple[str, ...], spelling: Spelling) -> tuple[_Phrase, ...]:
    found = (parse(phrase, spelling) for phrase in phrases)
    return tuple(_Phrase(one, asked(one)) for one in found)


@cache
def _compiled(phrase: Choice, spelling: Spelling) -> re.Pattern[str]:
    inside = _choice(phrase, spelling)
    return re.compile(f"{EDGE}{inside}{EDGE}")


def _choice(choice: Choice, spelling: Spelling) -> str:
    return f"(?:{'|'.join(_sequence(sequence, spelling) for sequence in choice.sequences)})"


def _sequence(sequence: Sequence, spelling: Spelling) -> str:
    parts: list[str] = []
    for index, item in enumerate(sequence):
        if isinstance(item, Choice):
            parts.append(_choice(item, spelling))
        elif item is Sign.BLANK:
            parts.append(_blank(sequence[index - 1 : index + 2 : 2]))
        else:
            parts.append(_sign(item, spelling) if isinstance(item, Sign) else re.escape(item))
    return "".join(parts)


def _blank(around: Sequence) -> str:
    """Between two words there must be one; beside a sign or a digit it may be missing."""
    words = [item for item in around if isinstance(item, str) and not isinstance(item, Sign)]
    return BLANK if len(words) == 2 and words[0][-1].isalpha() and words[1][0].isalpha() else LOOSE_BLANK


def _sign(sign: Sign, spelling: Spelling) -> str:
    match sign:
        case Sign.ENDING:
            return f"[{LETTER}']{{0,12}}"
        case Sign.GAP:
            return f"{EDGE}[^.!?;。\n{STOP}]{{0,{spelling.gap}}}?{EDGE}"
        case Sign.BEGINNING:
            return r"\A ?"
        case _:
            return _number(spelling)


def _number(spelling: Spelling) -> str:
    """Digits, words, or the value of a merge field."""
    words = "|".join(map(re.escape, sorted(spelling.numbers, key=lambda word: (-len(word), word))))
    return f"(?:{DIGITS}|(?:{words})(?:[ -]?(?:{words})){{0,5}})" if words else f"(?:{DIGITS})"
