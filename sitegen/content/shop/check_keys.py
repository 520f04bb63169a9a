"""Read how much each finding of a check weighs: the `check:` of site.yaml."""

from __future__ import annotations

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.model.check import CheckClass, CheckLevel, CheckSetting

OUTSIDE = ("http://", "https://")


def read_check(keys: Keys) -> CheckSetting:
    """The levels by class, and the beginnings of outside addresses that nobody visits.

    What is wrong is added to the keys' problems.
    """
    inner = keys.keys("check")
    if inner is None:
        return CheckSetting()
    levels: dict[CheckClass, CheckLevel] = {}
    for name in CheckClass:
        text = inner.text(name)
        if text in set(CheckLevel):
            levels[name] = CheckLevel(text)
        elif text:
            hint = did_you_mean(text, CheckLevel)
            inner.problems.append(inner.place(name).problem("unknown-word", f"unknown level '{text}'", hint))
    setting = CheckSetting(levels, _skip(inner))
    inner.finish()
    return setting


def _skip(keys: Keys) -> tuple[str, ...]:
    good: list[str] = []
    for scalar in keys.scalars("skip"):
        if scalar.text.startswith(OUTSIDE):
            good.append(scalar.text)
        else:
            message = f"'{scalar.text}' begins no outside address"
            hint = "write how the addresses begin, like https://example.com/shop/"
            keys.problems.append(scalar.place.problem("wrong-value", message, hint))
    return tuple(good)
