"""Call languages and weekdays by their names in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable


def language_names(codes: Iterable[str], language: str) -> tuple[str, ...]:
    """Languages by their names in a language; one that Unicode does not know stays a code."""
    # Babel takes half a second to import, and most texts name no languages.
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    spoken = Locale.parse(language, sep="-")
    found = []
    for code in codes:
        try:
            name = Locale.parse(code, sep="-").get_display_name(spoken)
        except (ValueError, UnknownLocaleError):
            name = None
        found.append(name or code)
    return tuple(found)


def weekday_runs(days: Iterable[int], language: str) -> tuple[tuple[str, str], ...]:
    """Weekdays, 0 is Monday, as runs of their names: ("Monday", "Saturday"); a day by itself is ("Monday", "")."""
    from babel.dates import get_day_names  # noqa: PLC0415 - as above

    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = get_day_names("wide", "format", locale=language.replace("-", "_"))
    return tuple((names[run[0]], names[run[-1]] if len(run) > 1 else "") for run in runs)
