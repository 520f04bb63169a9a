"""The customers of the sample shop, and their children."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from lunar_python import Solar

from tests.shop.names import CHINESE, CULTURES, Culture, plain
from tests.shop.places import COUNTRIES, HOUSE_DOMAIN, Row, Town, advisers, street, telephone

TODAY = date(2026, 9, 8)
CUSTOMERS = 1200
STAFF = range(11, 19)  # C-00011 to C-00018 are the eight advisers, who buy too
OWNER = 19
_DOMAINS = ("mail.example.com", "post.example.org", "mail.example.net", "home.example.org", "box.example.net")
_FEATURES = (
    "likes to talk about her garden", "in a hurry on weekdays", "knows every weave by name", "writes long letters",
    "prefers a call to a letter", "gives everything as a gift", "collects old looms", "quiet, glad of good advice",
    "brings friends along", "always asks after the adviser's family", "allergic to wool", "sings in a choir",
)  # fmt: skip
_HABITS = (
    "buys before holidays", "buys in spring and autumn", "compares two shops first", "returns what does not fit",
    "orders by phone only", "comes on Saturdays", "waits for the new colours", "buys beads for each new year",
    "one big order a year", "small orders, often",
)  # fmt: skip
_STATED = ("a warm throw", "bed linen for guests", "beads for daily use", "a cloth for a long table")
_REAL = ("a calm bedroom after years of bad sleep", "a home where the children gather", "a present that lasts")
_UNSTATED = ("a clear washing label", "honest colours in photographs", "a quick answer")
_DELIGHT = ("a handwritten card", "a sachet of lavender in the parcel", "tea while choosing")
_SECRET = ("to be known by name in the shop", "to be asked for advice herself", "to have the piece nobody else has")
_INTERESTS = ("linen", "beads", "throws", "quilts", "table linen", "tea", "gardening", "meditation", "weaving",
              "children", "cooking", "travel")  # fmt: skip
_GONE = ("moved abroad", "prices", "a late parcel", "a colour that faded", "no longer said")

_FIRMS = ("Atelier Nord, 3rd floor", "Hotel Silver Pine", "Studio Kaya & Vos", "Harbour Dental Practice", "Café Zeit")
_CHINESE_FIRMS = ("锦绣贸易公司", "春晖幼儿园", "听雨茶楼", "云上设计工作室", "平安诊所")


def customers(seed: str) -> list[Row]:
    """1,200 customers by number; the first two are fixed, for the README's walk."""
    random = Random(f"{seed}:customers")
    rows = [_customer(number, random) for number in range(1, CUSTOMERS + 1)]
    _keep_birthdays_in_the_demo_weeks(rows, random)
    rows[0].update(_MEI)
    rows[1].update(_JONAS)
    for number, adviser in zip(STAFF, advisers(), strict=True):
        rows[number - 1].update(_staff(adviser))
    rows[OWNER - 1].update({"class": "owner", "type": "final", "email": f"owner@{HOUSE_DOMAIN}"})
    rows[22]["email"] = rows[21]["email"] = "familie@post.example.org"
    for row in rows:
        if row["country"] == "CN" and row["birthday"] and random.random() < 0.3:
            row["lunar_birthday"] = _lunar(date.fromisoformat(row["birthday"]))
    return rows


def children(seed: str, people: list[Row]) -> list[Row]:
    """About eighty children: most between their due date and fifteen months, some still awaited."""
    random = Random(f"{seed}:children")
    parents = sorted(random.sample([row for row in people if row["first_name"]], 76), key=_id)
    rows: list[Row] = []
    for parent in parents:
        for _ in range(1 + (random.random() < 0.06)):
            due = TODAY + timedelta(days=random.randint(-460, 240))
            row = {"child_id": f"K-{len(rows) + 1:03}", "customer_id": parent["customer_id"], "due_on": str(due)}
            if due < TODAY - timedelta(days=14):
                row["born_on"] = str(due + timedelta(days=random.randint(-12, 9)))
                row["first_name"] = random.choice(random.choice((_culture(parent).female, _culture(parent).male)))
            rows.append(row)
    return rows


def _customer(number: int, random: Random) -> Row:
    culture = random.choices(CULTURES, [culture.share for culture in CULTURES])[0]
    place = COUNTRIES[culture.country]
    town = random.choice(place.towns)
    row = {
        "customer_id": f"C-{number:05}",
        **_names(culture, random),
        **_address(culture, town, random),
        "language": "zh" if culture is CHINESE and random.random() < 0.92 else "en",
        "phone": "" if random.random() < 0.04 else telephone(culture.country, random),
        "country": culture.country,
        "time_zone": place.zone,
        "birthday": _birthday(random),
        "member_since": str(_joined(random)),
        "type": random.choices(("final", "retailer", "agent", "dealer", "wholesaler"), (930, 30, 10, 20, 10))[0],
        "class": "customer",
        "store_id": town.store,
        "adviser_id": random.choice([who["adviser_id"] for who in advisers() if who["store_id"] == town.store]),
        **_character(random),
    }
    row["email"] = _email(row, number, random)
    if row["company_address"] == "yes" and random.random() < 0.5:
        row["fax"] = telephone(culture.country, random)
    if random.random() < 0.012:
        lost = max(date.fromisoformat(row["member_since"]), TODAY - timedelta(days=random.randint(20, 500)))
        row |= {"lost_on": str(lost), "lost_reason": random.choice(_GONE)}
    return row


def _names(culture: Culture, random: Random) -> Row:
    """First and last name, salutation, gender; three in a hundred left only `Herr Weber`."""
    female = random.random() < 0.64
    lasts = culture.last_female if female and culture.last_female else culture.last
    return {
        "first_name": "" if random.random() < 0.03 else random.choice(culture.female if female else culture.male),
        "last_name": random.choice(lasts),
        "salutation": culture.female_salutation if female else culture.male_salutation,
        "gender": ("female" if female else "male") if random.random() < 0.8 else "",
    }


def _address(culture: Culture, town: Town, random: Random) -> Row:
    """One in ten left no street; one in twelve has the parcels sent to the office."""
    line = street(culture.country, random)
    company = random.random() < 0.085
    if company:
        firm = random.choice(_CHINESE_FIRMS if culture is CHINESE else _FIRMS)
        line = f"{line} {firm}" if culture is CHINESE else f"{firm}, {line}"
    if random.random() < 0.10:
        line = ""
    return {
        "street": line,
        "city": town.name,
        "postcode": random.choice(town.postcodes),
        "region": town.region,
        "company_address": "yes" if company else "no",
    }


def _birthday(random: Random) -> str:
    if random.random() < 0.14:
        return ""
    return str(date(1941, 1, 1) + timedelta(days=random.randrange(66 * 365)))


def _joined(random: Random) -> date:
    """Since 2019, and one in fifteen within the last hundred days."""
    if random.random() < 0.065:
        return TODAY - timedelta(days=random.randint(1, 100))
    return date(2019, 2, 1) + timedelta(days=random.randrange(2670))


def _character(random: Random) -> Row:
    """What an adviser noted; most cells are empty, as in life."""

    def perhaps(chance: float, choices: tuple[str, ...]) -> str:
        return random.choice(choices) if random.random() < chance else ""

    return {
        "income": f"{random.randint(22, 140) * 1000}.00" if random.random() < 0.22 else "",
        "family_status": perhaps(0.6, ("single", "couple", "couple", "family", "family", "widowed")),
        "characteristics": perhaps(0.4, _FEATURES),
        "behaviour": perhaps(0.4, _HABITS),
        "interests": ";".join(sorted(random.sample(_INTERESTS, random.randint(0, 3)))),
        "tags": perhaps(0.12, ("tea circle", "press", "neighbour", "weaving class", "gift giver")),
        "stated_need": perhaps(0.2, _STATED),
        "real_need": perhaps(0.12, _REAL),
        "unstated_need": perhaps(0.08, _UNSTATED),
        "delight": perhaps(0.12, _DELIGHT),
        "secret_need": perhaps(0.05, _SECRET),
    }


def _email(row: Row, number: int, random: Random) -> str:
    """Six in a hundred have none; the number keeps namesakes apart."""
    if random.random() < 0.06:
        return ""
    first, last = plain(row["first_name"]), plain(row["last_name"])
    name = ".".join(part for part in (first, last) if part)
    return f"{name}{number if random.random() < 0.6 else f'.{number}'}@{random.choice(_DOMAINS)}"


def _keep_birthdays_in_the_demo_weeks(rows: list[Row], random: Random) -> None:
    """Three more on each day of 8-14 September and of 20 September-5 October, and six on 29 February."""
    days = [date(2026, 9, 8) + timedelta(days=day) for day in (*range(7), *range(12, 28))]
    chosen = iter(random.sample(rows[40:], len(days) * 3 + 7))
    for day in days * 3:
        next(chosen)["birthday"] = str(day.replace(year=random.randint(1945, 2004)))
    for year in (1956, 1968, 1980, 1984, 1992, 2000):
        next(chosen)["birthday"] = f"{year}-02-29"
    leap = next(row for row in rows[40:] if row["country"] == "CN")
    leap |= {"birthday": "1987-08-09", "lunar_birthday": "06L-15"}


def _lunar(birthday: date) -> str:
    lunar = Solar.fromYmd(birthday.year, birthday.month, birthday.day).getLunar()
    month = lunar.getMonth()  # negative in a leap month
    return f"{abs(month):02}{'L' if month < 0 else ''}-{lunar.getDay():02}"


def _staff(adviser: Row) -> Row:
    store = {"shanghai": "CN", "suzhou": "CN", "hamburg": "DE", "rotterdam": "NL"}[adviser["store_id"]]
    taken = {key: adviser[key] for key in ("first_name", "last_name", "email", "phone", "store_id", "adviser_id")}
    town = next(town for town in COUNTRIES[store].towns if town.store == adviser["store_id"])
    home = {"city": town.name, "region": town.region, "postcode": town.postcodes[0], "country": store}
    zone = COUNTRIES[store].zone
    language = "zh" if store == "CN" else "en"
    return {**taken, **home, "class": "staff", "type": "final", "time_zone": zone, "language": language,
            "street": "", "company_address": "no", "salutation": "", "gender": "", "fax": ""}  # fmt: skip


def _culture(row: Row) -> Culture:
    return next(culture for culture in CULTURES if culture.country == row["country"])


def _id(row: Row) -> str:
    return row["customer_id"]


_MEI: Row = {
    "first_name": "Mei", "last_name": "Lin", "salutation": "Ms", "gender": "female", "language": "en",
    "email": "mei.lin@mail.example.com", "phone": "+86 129 0000 0100", "fax": "", "street": "静安区愚园路361号502室",
    "city": "上海市", "postcode": "200040", "region": "上海", "country": "CN", "company_address": "no",
    "income": "", "family_status": "family", "characteristics": "knows every weave by name",
    "behaviour": "buys before holidays", "birthday": "1984-09-24", "lunar_birthday": "08-29",
    "member_since": "2019-05-06", "type": "final", "class": "customer", "store_id": "shanghai",
    "adviser_id": "A-01", "interests": "beads;quilts;tea", "tags": "tea circle", "time_zone": "Asia/Shanghai",
    "stated_need": "beads for daily use", "real_need": "a quiet quarter of an hour each morning",
    "unstated_need": "a quick answer", "delight": "tea while choosing", "secret_need": "", "lost_on": "",
    "lost_reason": "",
}  # fmt: skip
_JONAS: Row = {
    "first_name": "Jonas", "last_name": "Brandt", "salutation": "Herr", "gender": "male", "language": "en",
    "email": "jonas.brandt@post.example.org", "phone": "+49 40 66969 100", "fax": "",
    "street": "Gärtnerstraße 27", "city": "Hamburg", "postcode": "20253", "region": "Hamburg", "country": "DE",
    "company_address": "no", "income": "", "family_status": "couple", "characteristics": "quiet, glad of good advice",
    "behaviour": "small orders, often", "birthday": "1991-10-02", "lunar_birthday": "",
    "member_since": "2023-11-18", "type": "final", "class": "customer", "store_id": "hamburg",
    "adviser_id": "A-05", "interests": "cooking;table linen", "tags": "", "time_zone": "Europe/Berlin",
    "stated_need": "a cloth for a long table", "real_need": "a home where friends gather", "unstated_need": "",
    "delight": "a handwritten card", "secret_need": "", "lost_on": "", "lost_reason": "",
}  # fmt: skip
