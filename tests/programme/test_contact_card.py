"""An adviser's contact card: another program reads back what was written, whatever the names are."""

from __future__ import annotations

import vobject  # type: ignore[import-untyped]
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.programme.contact_card import MOST_OCTETS, Contact, contact_card

# What nobody sees is left out of cards, and the reader cuts lines at signs that only some programs take for line ends.
WORDS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from("\n,;:\\\"'ÄÖß沈月"), max_size=60
)
ADVISER = Contact(
    uid="https://shop.example/advisers/#a-01",
    full_name="沈月 Yue",
    given_name="Yue",
    family_name="沈",
    organisation="Lantern & Loom",
    title="Senior adviser, prayer beads",
    phone="+86 129 0000 0011",
    email="yue.shen@lantern-loom.example",
    street="Wukang Road 88",
    city="Shanghai",
    postcode="200031",
    country="China",
    url="https://shop.example/advisers/",
    note="Tea first;\nthen beads",
    languages=("zh", "en"),
)


def test_a_card_holds_everything_that_is_known_and_nothing_else() -> None:
    assert contact_card(ADVISER).split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "FN:沈月 Yue",
        "N:沈;Yue;;;",
        "ORG:Lantern & Loom",
        "TITLE:Senior adviser\\, prayer beads",
        'TEL;TYPE="work,cell";VALUE=uri:tel:+8612900000011',
        "EMAIL;TYPE=work:yue.shen@lantern-loom.example",
        "ADR;TYPE=work:;;Wukang Road 88;Shanghai;;200031;China",
        "LANG;PREF=1:zh",
        "LANG;PREF=2:en",
        "URL:https://shop.example/advisers/",
        "NOTE:Tea first\\;\\nthen beads",
        "UID:https://shop.example/advisers/#a-01",
        "END:VCARD",
        "",
    ]


def test_what_is_unknown_has_no_line() -> None:
    assert contact_card(Contact("urn:a", "Yue")) == "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Yue\r\nUID:urn:a\r\nEND:VCARD\r\n"


def test_a_number_without_its_country_is_a_text() -> None:
    assert 'TEL;TYPE="work,cell":040 66969\r\n' in contact_card(Contact("urn:a", "Yue", phone="040 66969"))


def test_no_line_of_a_name_can_become_a_property_of_the_card() -> None:
    card = contact_card(Contact("urn:a", "Yue\r\nNOTE:hello", url="https://a.example/\r\nNOTE:hello"))
    assert not [line for line in card.split("\r\n") if line.startswith("NOTE")]


@given(WORDS, WORDS, WORDS, WORDS)
@example("x" * 71, "月" * 30, "", "\\n")
@example("\\", ";", ",\\,", "a\n\nb")
def test_another_program_reads_back_what_was_written(name: str, given_name: str, street: str, note: str) -> None:
    contact = Contact("urn:a", name or "x", given_name, "Shen", street=street, city="Suzhou", note=note)
    read = vobject.readOne(contact_card(contact))
    assert read.version.value == "4.0"
    assert read.fn.value == contact.full_name
    assert (read.n.value.given, read.n.value.family) == (contact.given_name, "Shen")
    assert (read.adr.value.street, read.adr.value.city) == (contact.street, "Suzhou")
    assert (read.note.value if note else "") == note


@given(WORDS)
def test_lines_have_at_most_75_octets_and_no_character_is_cut(note: str) -> None:
    card = contact_card(Contact("urn:a", "Yue", note=note * 5)).encode()
    lines = card.split(b"\r\n")
    assert max(map(len, lines)) <= MOST_OCTETS
    assert [line.decode() for line in lines][-1] == ""
