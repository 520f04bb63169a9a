"""Read the small language in which forbidden and needed phrases are written, and find them.

Words stand for themselves, whole: `price` does not mean priceless. `price*` is any ending, `(sale|sales)` one of
several, `(our |)` something that may be missing, `#` a number, `~` a few other words of the same sentence, and
`<currency>` any word of that list. A blank may be a hyphen, and beside a sign or a digit it may be missing.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from functools import cache

from sitegen.model.law import Spelling, Words
from sitegen.programme.law.prose import VALUE, folded

LETTER = "0-9a-zß-ɏ"
"""What a word of Latin letters is made of, once case is gone."""
EDGE = f"(?:(?<![{LETTER}])|(?![{LETTER}]))"
BLANK = f"(?:[ -]{{1,3}}|(?<![{LETTER}])|(?![{LETTER}])|(?<=[0-9])|(?=[0-9]))"
ENDING = f"[{LETTER}']{{0,12}}"
STOP = "\x01"
"""Takes the place of innocent words; no phrase goes across it."""
TOKEN = re.compile(r"[()|#~*^<>](?![\w-]*>)|<[\w-]+>|\s+|[^()|#~*^<>\s]+")
NEVER = re.compile(r"(?!)")


class BadPhrase(ValueError):
    """A phrase that can't be read; it says why."""


def check(phrase: str, spelling: Spelling) -> None:
    """Raises BadPhrase where the phrase can't be read, or would be found in any text."""
    found = re.compile(_phrase(phrase, spelling))
    if found.search("") or found.fullmatch("a") or found.fullmatch("一"):
        raise BadPhrase("it would be found everywhere")


def spans(text: str, words: Words, spelling: Spelling, characters: tuple[tuple[str, str], ...]) -> Iterator[range]:
    """Where a folded text says one of the phrases, and not innocently."""
    innocent = _any(words.innocent, spelling, characters)
    guarded = innocent.sub(lambda found: STOP * len(found[0]), text)
    for found in _any(words.phrases, spelling, characters).finditer(guarded):
        yield range(found.start(), found.end())


@cache
def _any(phrases: tuple[str, ...], spelling: Spelling, characters: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    # Reading a few hundred phrases takes a tenth of a second, and their regular expressions never change.
    known = dict(characters)
    alike = _folded(spelling, known)
    return re.compile("|".join(_phrase(folded(one, known), alike) for one in phrases)) if phrases else NEVER


def _folded(spelling: Spelling, characters: Mapping[str, str]) -> Spelling:
    return Spelling(
        tuple(folded(word, characters) for word in spelling.numbers),
        spelling.gap,
        tuple((name, tuple(folded(word, characters) for word in words)) for name, words in spelling.lists),
    )


def _phrase(phrase: str, spelling: Spelling) -> str:
    tokens = deque(TOKEN.findall(re.sub(r"\s*~\s*", "~", phrase.strip())))
    read = _choice(tokens, spelling)
    if tokens:
        raise BadPhrase(f"'{tokens[0]}' closes nothing")
    return f"{EDGE}{read}{EDGE}"


def _choice(tokens: deque[str], spelling: Spelling) -> str:
    """One or more sequences with `|` between them; the tokens that were read are gone."""
    choices = [_sequence(tokens, spelling)]
    while tokens and tokens[0] == "|":
        tokens.popleft()
        choices.append(_sequence(tokens, spelling))
    return f"(?:{'|'.join(choices)})"


def _sequence(tokens: deque[str], spelling: Spelling) -> str:
    parts: list[str] = []
    while tokens and tokens[0] not in {"|", ")"}:
        token = tokens.popleft()
        if token == "(":
            parts.append(_choice(tokens, spelling))
            if not tokens:
                raise BadPhrase("a '(' is never closed")
            tokens.popleft()
        else:
            parts.append(_one(token, spelling))
    return "".join(parts)


def _one(token: str, spelling: Spelling) -> str:
    if token in {"<", ">"}:
        raise BadPhrase(f"'{token}' belongs around the name of a list")
    if token.startswith("<"):
        return _list(token[1:-1], spelling)
    if token.isspace():
        return BLANK
    signs = {"*": ENDING, "^": r"\A ?", "#": _number(spelling), "~": _gap(spelling)}
    return signs.get(token) or re.escape(token)


def _list(name: str, spelling: Spelling) -> str:
    words = dict(spelling.lists).get(name)
    if words is None:
        raise BadPhrase(f"there is no list '{name}'")
    return f"(?:{'|'.join(_longest_first(words))})"


def _number(spelling: Spelling) -> str:
    """Digits or words, or the value of a merge field."""
    digits = rf"\d{{1,9}}(?:[.,]\d{{1,9}}){{0,3}}|{VALUE}"
    words = "|".join(_longest_first(spelling.numbers))
    return f"(?:{digits}|(?:{words})(?:[ -]?(?:{words})){{0,5}})" if words else f"(?:{digits})"


def _gap(spelling: Spelling) -> str:
    return f"{EDGE}[^.!?;。\n{STOP}]{{0,{spelling.gap}}}?{EDGE}"


def _longest_first(words: tuple[str, ...]) -> list[str]:
    """Words as regular expressions; of two that begin alike, the longer one is tried first."""
    return [re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))]
