"""Read the message law: the rules that come with sitegen, and what the shop adds and excepts in content/law.yaml."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Names
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.channel import Kind, MessageClass
from sitegen.model.law import Excuse, Law, Level, Look, Part, Rule, Spelling, Tongue, Words
from sitegen.model.tree import Mapping, Place, Sequence
from sitegen.programme.law.phrases import BadPhrase, parse
from sitegen.programme.law.prose import folded

LAW_FILE = "content/law.yaml"
BUILT_IN = Path(__file__).parent / "message_law"
LANGUAGES = ("en", "zh")
GAP = 30
LISTED = {Look.LINKS, Look.PICTURES, Look.FIELDS}
SAID = {Look.WORDS, Look.NEEDED}


@cache
def built_in_law() -> Law:
    """The law that comes with sitegen."""
    problems: list[Problem] = []
    keys = Keys(_tree("rules"), problems, "rules.yaml")
    pairs = tuple((pair[0], pair[1]) for pair in keys.text("characters").split())
    every = _spelling(keys, dict(pairs))
    items = _items(keys, "rules")
    rules = tuple(_rule(item) for item in items)
    signs = [_words(rule.id, item, dict(pairs)) for rule, item in zip(rules, items, strict=True) if rule.look in SAID]
    for one in (*items, keys):
        one.finish()
    tongues = [_tongue(language, dict(pairs), problems) for language in LANGUAGES]
    assert not problems, "\n".join(map(str, problems))
    return Law(rules, (Tongue("", every, tuple(signs)), *tongues), pairs)


def _tree(name: str) -> Mapping:
    file = BUILT_IN / f"{name}.yaml"
    return read_yaml(file.read_text(encoding="utf-8"), file.name)


def _rule(keys: Keys) -> Rule:
    return Rule(
        id=keys.text("id", required=True),
        look=keys.choice("look", Look, Look.WORDS, required=True),
        level=keys.choice("level", Level, Level.ERROR),
        message=keys.text("message", required=True),
        hint=keys.text("hint", required=True),
        source=keys.text("source", required=True),
        kinds=frozenset(Kind(name) for name in keys.texts("kinds")),
        classes=frozenset(MessageClass(name) for name in keys.texts("classes")),
        exempt=frozenset(Kind(name) for name in keys.texts("exempt")),
        parts=frozenset(Part(name) for name in keys.texts("parts")) or frozenset(Part),
        patterns=keys.texts("patterns"),
        selling=keys.yes_no("selling", False),
        shingle=keys.integer("shingle", 3, 1, 20),
        most=keys.decimal("most", Decimal(1)),
    )


def _tongue(language: str, characters: Names[str, str], problems: list[Problem]) -> Tongue:
    keys = Keys(_tree(language), problems, f"{language}.yaml")
    spelling = _spelling(keys, characters)
    words: list[Words] = []
    inner = keys.keys("words", required=True)
    for entry in inner.rest() if inner else ():
        assert isinstance(entry.value, Mapping), entry
        said = Keys(entry.value, problems, f"'{entry.key.text}'")
        words.append(_words(entry.key.text, said, characters))
        said.finish()
    keys.finish()
    return Tongue(language, spelling, tuple(words))


def _spelling(keys: Keys, characters: Names[str, str]) -> Spelling:
    lists = keys.keys("lists")
    return Spelling(
        numbers=_folded(keys.texts("numbers"), characters),
        gap=keys.integer("gap", GAP, 1, 100),
        lists=tuple(
            (entry.key.text, _folded(lists.texts(entry.key.text), characters)) for entry in lists.mapping.entries
        )
        if lists
        else (),
    )


def _words(rule: str, keys: Keys, characters: Names[str, str]) -> Words:
    return Words(rule, _folded(keys.texts("phrases"), characters), _folded(keys.texts("innocent"), characters))


def _folded(texts: tuple[str, ...], characters: Names[str, str]) -> tuple[str, ...]:
    return tuple(folded(text, characters) for text in texts)


def shop_law(root: Path) -> Law:
    """The law of the shop in `root`; for whoever judges words that stand in no file. What is wrong was told before."""
    file = root / LAW_FILE
    if not file.is_file():
        return built_in_law()
    return read_law(read_yaml(file.read_text(encoding="utf-8"), LAW_FILE), (), [])


def read_law(tree: Mapping, files: Collection[str], problems: list[Problem]) -> Law:
    """The law with what the shop adds and excepts; what is wrong is added to `problems`.

    `files` are those of campaigns and messages, by their paths below content/.
    """
    law = built_in_law()
    reader = _Own(law, files, problems)
    keys = Keys(tree, problems, "law.yaml")
    added = [found for item in _items(keys, "add") for found in reader.added(item)]
    excuses = [found for item in _items(keys, "allow") for found in reader.excuse(item)]
    keys.finish()
    patterns = {rule.id: tuple(one for id_, _, more in added if id_ == rule.id for one in more) for rule in law.rules}
    words = tuple(said for _, said, _ in added if said.phrases or said.innocent)
    return replace(
        law,
        rules=tuple(replace(rule, patterns=(*rule.patterns, *patterns[rule.id])) for rule in law.rules),
        tongues=(*law.tongues, Tongue("", reader.spelling, words, own=True)) if words else law.tongues,
        excuses=tuple(excuses),
    )


def _items(keys: Keys, key: str) -> tuple[Keys, ...]:
    """The mappings of a list."""
    node = keys.node(key)
    items = node.items if isinstance(node, Sequence) else ()
    if (node is not None and not isinstance(node, Sequence)) or any(not isinstance(item, Mapping) for item in items):
        assert node
        hint = "begin each of them with '- rule: ...'"
        keys.problems.append(node.place.problem("wrong-form", f"'{key}' must be a list of keys and values", hint))
    return tuple(Keys(item, keys.problems, f"this item of '{key}'") for item in items if isinstance(item, Mapping))


@dataclass(frozen=True, slots=True)
class _Own:
    """Reads what the shop wrote."""

    law: Law
    files: Collection[str]
    problems: list[Problem]

    @property
    def spelling(self) -> Spelling:
        """Numbers and lists of all languages: nobody says in which one the shop's own phrases are."""
        spellings = [tongue.spelling for tongue in self.law.tongues]
        names = sorted({name for one in spellings for name, _ in one.lists})
        return Spelling(
            numbers=tuple(dict.fromkeys(number for one in spellings for number in one.numbers)),
            gap=GAP,
            lists=tuple(
                (name, tuple(dict.fromkeys(word for one in spellings for word in dict(one.lists).get(name, ()))))
                for name in names
            ),
        )

    def added(self, keys: Keys) -> list[tuple[str, Words, tuple[str, ...]]]:
        rule = self.rule(keys)
        said = Words(rule.id if rule else "", self.readable(keys, "phrases"), self.readable(keys, "innocent"))
        patterns = keys.texts("patterns")
        keys.finish()
        if rule is None:
            return []
        if (patterns and rule.look not in LISTED) or ((said.phrases or said.innocent) and rule.look not in SAID):
            hint = f"'{rule.id}' looks at {rule.look}: it takes " + ("patterns" if rule.look in LISTED else "phrases")
            self.report(keys.mapping.place, "wrong-form", f"nothing of this can be added to '{rule.id}'", hint)
        return [(rule.id, said, patterns)]

    def readable(self, keys: Keys, key: str) -> tuple[str, ...]:
        """The phrases that can be read, in the spelling in which texts are looked through."""
        good: list[str] = []
        for scalar in keys.scalars(key):
            phrase = folded(scalar.text, dict(self.law.characters))
            try:
                parse(phrase, self.spelling)
                good.append(phrase)
            except BadPhrase as error:
                hint = "the words of a phrase, with # for a number and ~ for a few other words"
                self.report(scalar.place, "bad-phrase", f"the phrase '{scalar.text}' can't be read: {error}", hint)
        return tuple(good)

    def excuse(self, keys: Keys) -> list[Excuse]:
        rule = self.rule(keys)
        reason = keys.text("reason", required=True)
        phrase, file = keys.text("phrase"), keys.text("file")
        keys.finish()
        if file and file not in self.files:
            self.report(
                keys.place("file"), "unknown-file", f"there is no message '{file}'", did_you_mean(file, self.files)
            )
        if not phrase and not file:
            hint = "add a 'phrase', or a 'file' such as campaigns/2026/letter.md"
            self.report(keys.mapping.place, "wrong-form", "an exception names what may be said, or where", hint)
            return []
        return [Excuse(rule.id, phrase, file, reason, keys.mapping.place)] if rule else []

    def rule(self, keys: Keys) -> Rule | None:
        name = keys.text("rule", required=True)
        found = next((rule for rule in self.law.rules if rule.id == name), None)
        if name and found is None:
            hint = did_you_mean(name, (rule.id for rule in self.law.rules))
            self.report(keys.place("rule"), "unknown-rule", f"unknown rule '{name}'", hint)
        return found

    def report(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.problems.append(place.problem(code, message, hint))
