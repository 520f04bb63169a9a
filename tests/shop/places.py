"""Stores, advisers, towns, streets and telephone numbers of the sample shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Town:
    """A town with the postcodes of some of its quarters, and the store nearest to it."""

    name: str
    region: str
    postcodes: tuple[str, ...]
    store: str


@dataclass(frozen=True, slots=True)
class Country:
    """Where customers of one country live. `phone` is a pattern in which each # is a digit."""

    zone: str
    phone: str
    street: str
    towns: tuple[Town, ...]
    streets: tuple[str, ...]


def _towns(text: str) -> tuple[Town, ...]:
    """`name/region/postcode postcode/store`, one town a line."""
    rows = (line.strip().split("/") for line in text.strip().splitlines())
    return tuple(Town(name, region, tuple(codes.split(",")), store) for name, region, codes, store in rows)


# Numbers that regulators keep for films and books where such exist (Germany 66969, Britain 07700 900,
# France 06 39 98, Sweden 08-465 004); elsewhere blocks that nobody is given.
COUNTRIES = {
    "CN": Country("Asia/Shanghai", "+86 129 0000 ####", "{street}{number}号{entrance}室", _towns("""
        上海市/上海/200040,200031,200050,200120,200082,201103/shanghai
        苏州市/江苏/215000,215004,215021,215123/suzhou
        杭州市/浙江/310002,310013,310051/shanghai
        南京市/江苏/210005,210008,210029/suzhou
        宁波市/浙江/315000,315010/shanghai
        无锡市/江苏/214000,214023/suzhou
        北京市/北京/100005,100027,100089/shanghai
        成都市/四川/610016,610041/suzhou
        """), ("中山北路", "解放南路", "人民路", "建设路", "和平路", "桂花街", "青年路", "文昌路",
               "梅园新村", "西湖路", "学院路", "荷花池路", "东风路", "长江路", "竹林里", "望江街")),
    "DE": Country("Europe/Berlin", "+49 40 66969 ###", "{street} {number}", _towns("""
        Hamburg/Hamburg/20095,20357,22303,22765,21073,22587/hamburg
        Bremen/Bremen/28195,28203/hamburg
        Lübeck/Schleswig-Holstein/23552,23564/hamburg
        Kiel/Schleswig-Holstein/24103/hamburg
        Dresden/Sachsen/01067,01099,01309/hamburg
        Leipzig/Sachsen/04109,04229/hamburg
        Berlin/Berlin/10115,10437,12047/hamburg
        Köln/Nordrhein-Westfalen/50667,50823/rotterdam
        Düsseldorf/Nordrhein-Westfalen/40210,40545/rotterdam
        München/Bayern/80331,80799/hamburg
        """), ("Lindenstraße", "Gärtnerstraße", "Am Mühlenteich", "Schäferkampsallee", "Rosenweg", "Große Bergstraße",
               "Övelgönne", "Kastanienallee", "Fährdamm", "Goethestraße", "Am Alten Markt", "Weidenstieg",
               "Bürgermeister-Smidt-Straße", "Eppendorfer Weg", "Jägerstraße", "Kirchgasse")),
    "NL": Country("Europe/Amsterdam", "+31 6 0000 ####", "{street} {number}", _towns("""
        Rotterdam/Zuid-Holland/3011 AB,3023 XC,3062 RD,3071 EL/rotterdam
        Den Haag/Zuid-Holland/2511 CV,2585 GJ/rotterdam
        Delft/Zuid-Holland/2611 GX/rotterdam
        Utrecht/Utrecht/3512 JE,3581 KS/rotterdam
        Amsterdam/Noord-Holland/1012 LG,1071 DE,1098 XH/rotterdam
        's-Hertogenbosch/Noord-Brabant/5211 HN/rotterdam
        Groningen/Groningen/9712 HN/hamburg
        """), ("Kerkstraat", "Oude Gracht", "Beukelsdijk", "Wilhelminakade", "'s-Gravendijkwal", "Molenlaan",
               "Prins Hendrikkade", "Nieuwe Haven", "Lange Voorhout", "Tuinderspad", "Dorpsstraat", "Zeeweg")),
    "FR": Country("Europe/Paris", "+33 6 39 98 ## ##", "{number} {street}", _towns("""
        Lille/Hauts-de-France/59000,59800/rotterdam
        Paris/Île-de-France/75004,75011,75018/rotterdam
        Besançon/Bourgogne-Franche-Comté/25000/rotterdam
        Bourg-en-Bresse/Auvergne-Rhône-Alpes/01000/rotterdam
        Nice/Provence-Alpes-Côte d'Azur/06000,06300/rotterdam
        """), ("rue de l'Église", "rue des Tisserands", "avenue Général Leclerc", "place du Marché",
               "quai de la Cité", "allée des Tilleuls", "rue Sainte-Thérèse")),
    "PL": Country("Europe/Warsaw", "+48 400 000 ###", "ul. {street} {number}", _towns("""
        Łódź/łódzkie/90-001,91-052/hamburg
        Gdańsk/pomorskie/80-001,80-837/hamburg
        Szczecin/zachodniopomorskie/70-001/hamburg
        Kraków/małopolskie/30-001,31-042/hamburg
        """), ("Piotrkowska", "Długa", "Świętego Ducha", "Kościuszki", "Łąkowa", "Żurawia", "Wąska")),
    "TR": Country("Europe/Istanbul", "+90 500 000 ####", "{street} No: {number}", _towns("""
        İstanbul/İstanbul/34710,34433/hamburg
        İzmir/İzmir/35220/rotterdam
        Eskişehir/Eskişehir/26010/hamburg
        """), ("Bağdat Caddesi", "İstiklal Caddesi", "Çiçek Sokağı", "Gül Sokağı", "Şair Eşref Bulvarı")),
    "SE": Country("Europe/Stockholm", "+46 8 465 004 ##", "{street} {number}", _towns("""
        Göteborg/Västra Götaland/411 06,413 04/hamburg
        Malmö/Skåne/211 22/hamburg
        Västerås/Västmanland/722 11/hamburg
        """), ("Storgatan", "Kungsgatan", "Ängsvägen", "Björkgränd", "Östra Hamngatan")),
    "DK": Country("Europe/Copenhagen", "+45 10 00 ## ##", "{street} {number}", _towns("""
        København/Hovedstaden/1050,2100/hamburg
        Århus/Midtjylland/8000/hamburg
        Ærøskøbing/Syddanmark/5970/hamburg
        """), ("Nørregade", "Østergade", "Kongevejen", "Ærtevej", "Strandstræde")),
    "NO": Country("Europe/Oslo", "+47 10 00 0# ##", "{street} {number}", _towns("""
        Oslo/Oslo/0150,0357/hamburg
        Tromsø/Troms/9008/hamburg
        Ålesund/Møre og Romsdal/6002/hamburg
        """), ("Øvre Slottsgate", "Bjørkeveien", "Fjellgata", "Strømgaten")),
    "ES": Country("Europe/Madrid", "+34 500 000 ###", "{street}, {number}", _towns("""
        Logroño/La Rioja/26001/rotterdam
        A Coruña/Galicia/15001/rotterdam
        Málaga/Andalucía/29015/rotterdam
        """), ("Calle Mayor", "Calle de la Peña", "Avenida de España", "Plaza de la Constitución")),
    "GB": Country("Europe/London", "+44 7700 900###", "{number} {street}", _towns("""
        London/England/N1 7AA,SE10 9NN/rotterdam
        Edinburgh/Scotland/EH1 1BB/rotterdam
        Aberystwyth/Wales/SY23 2AX/rotterdam
        """), ("Weaver's Row", "Church Lane", "Station Road", "St Mary's Close", "Mill Hill")),
}  # fmt: skip

_STORES = """
shanghai|Lantern & Loom Shanghai|上海市|徐汇区武康路88号|200031|CN|+86 129 0000 0001|East|daily 10:00 to 20:00
suzhou|Lantern & Loom Suzhou|苏州市|姑苏区平江路112号|215004|CN|+86 129 0000 0002|East|daily 10:00 to 19:00
hamburg|Lantern & Loom Hamburg|Hamburg|Große Bergstraße 41|22767|DE|+49 40 66969 001|North|Mon-Sat 10:00 to 18:30
rotterdam|Lantern & Loom Rotterdam|Rotterdam|Wilhelminakade 7|3072 AP|NL|+31 6 0000 0003|West|Tue-Sat 10:00 to 18:00
"""
_ADVISERS = """
A-01|月|沈|shanghai|Senior adviser, prayer beads|en;zh|+86 129 0000 0011|yue.shen
A-02|文|陆|shanghai|Adviser, linen and quilts|en;zh|+86 129 0000 0012|wen.lu
A-03|青|顾|suzhou|Adviser, silk and throws|zh|+86 129 0000 0013|qing.gu
A-04|志远|唐|suzhou|Senior adviser, gifts|en;zh|+86 129 0000 0014|zhiyuan.tang
A-05|Wiebke|Petersen|hamburg|Senior adviser, table linen|de;en|+49 40 66969 011|wiebke.petersen
A-06|Emre|Yıldız|hamburg|Adviser, throws and cushions|de;en;tr|+49 40 66969 012|emre.yildiz
A-07|Fenna|van der Meer|rotterdam|Senior adviser, quilts|en;nl;fr|+31 6 0000 0017|fenna.van.der.meer
A-08|Łukasz|Zieliński|rotterdam|Adviser, prayer beads|en;nl;pl|+31 6 0000 0018|lukasz.zielinski
"""
HOUSE_DOMAIN = "lantern-loom.example.com"


def stores() -> list[Row]:
    """The four stores."""
    names = ("store_id", "name", "city", "street", "postcode", "country", "phone", "region", "opening_hours")
    rows = [dict(zip(names, line.split("|"), strict=True)) for line in _STORES.strip().splitlines()]
    return [row | {"time_zone": COUNTRIES[row["country"]].zone} for row in rows]


def advisers() -> list[Row]:
    """Eight advisers, two in each store."""
    names = ("adviser_id", "first_name", "last_name", "store_id", "title", "languages", "phone", "email")
    rows = [dict(zip(names, line.split("|"), strict=True)) for line in _ADVISERS.strip().splitlines()]
    for row in rows:
        chinese = row["store_id"] in {"shanghai", "suzhou"}
        full = row["last_name"] + row["first_name"] if chinese else f"{row['first_name']} {row['last_name']}"
        # Who reads no Chinese still reads who writes.
        row["signature"] = f"{full} {row['email'].replace('.', ' ').title()}" if chinese else full
        row["photo"] = f"advisers/{row['email'].replace('.', '-')}.png"
        row["email"] += f"@{HOUSE_DOMAIN}"
    return rows


def telephone(country: str, random: Random) -> str:
    """A number with country code that rings at nobody's."""
    pattern = COUNTRIES[country].phone
    return "".join(str(random.randrange(10)) if sign == "#" else sign for sign in pattern)


def street(country: str, random: Random) -> str:
    """Street and number, in the order of the country."""
    place = COUNTRIES[country]
    entrance = f"{random.randint(1, 12)}栋{random.randint(1, 18) * 100 + random.randint(1, 6)}"
    number = random.randint(1, 189)
    return place.street.format(street=random.choice(place.streets), number=number, entrance=entrance)
