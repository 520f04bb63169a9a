"""Header lines read back as they were meant, whatever a name or a subject holds."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.render import mail_headers

LONG = "<https://members.example.com/u/oneclick?c=spring-letter-2026&m=" + "9f8a7b6c5d4e3f2a1b0c" * 8 + ">"
NAMES = st.text(max_size=120)


def read_back(line: str) -> tuple[list[str], object]:
    message = message_from_bytes(line.encode("ascii") + b"\r\n", policy=default)
    return message.keys(), next(iter(message.values()))


@given(NAMES)
@example("春节快乐，" * 20)
@example("Łukasz & Zoë — a wish for you, and for whoever sits beside you tonight, near or far away")
@example("=?utf-8?q?forged?=")
@example("x" * 300)
@example("first line\r\nBcc: everybody@example.org")
@example("👩‍👩‍👧 " * 30)
@example("")
def test_a_subject_reads_back_clean_and_stays_one_header(subject: str) -> None:
    line = mail_headers.text("Subject", subject)

    assert read_back(line) == (["Subject"], mail_headers.clean(subject))
    assert max(map(len, line.split("\r\n"))) <= mail_headers.LINE


@given(NAMES)
@example('O"Brien, \\ "Ltd."')
@example("山田 太郎, Inc.")
@example("a@b.example <other@example.org>")
@example("Wiebke Petersen " * 6)
def test_a_name_reads_back_clean_beside_its_address(name: str) -> None:
    line = mail_headers.mailbox("Reply-To", name, "adviser@example.org")

    # The newer parser puts a space between two encoded words of one name; RFC 2047, 6.2 says that there is none.
    name_read, address = parseaddr(line.removeprefix("Reply-To: ").replace("\r\n", ""))
    assert read_back(line)[0] == ["Reply-To"]
    assert str(make_header(decode_header(name_read))) == mail_headers.clean(name)
    assert address == "adviser@example.org"
    assert max(map(len, line.split("\r\n"))) <= mail_headers.LINE


def test_long_machine_headers_are_folded_between_their_items_and_never_encoded() -> None:
    by_mail = "<mailto:unsub@example.com?subject=unsubscribe%20abc>"

    line = mail_headers.raw("List-Unsubscribe", LONG, by_mail)

    assert line == f"List-Unsubscribe: {LONG},\r\n {by_mail}\r\n"
    assert read_back(line)[1] == f"{LONG}, {by_mail}"


@pytest.mark.parametrize("item", ["<a b>", "<a\r\nBcc: x>", "<ü>", "<a\tb>"])
def test_a_machine_header_refuses_what_could_break_it(item: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in the header 'Message-ID'"):
        mail_headers.raw("Message-ID", item)


@pytest.mark.parametrize(
    ("given_address", "usable"),
    [
        ("zoe@example.org", "zoe@example.org"),
        (" Zoe.O'Neil+wish@mail.example.org ", "Zoe.O'Neil+wish@mail.example.org"),
        ("zoe@bücher.example", "zoe@xn--bcher-kva.example"),
        ("zoë@example.org", None),
        ("zoe@example", None),
        ("zoe", None),
        ("", None),
        ("a..b@example.org", None),
        ("a@example.org, b@example.org", None),
        ("a@example.org\r\nBcc: b@example.org", None),
        ("<a@example.org>", None),
        ("a@-example.org", None),
        ("a" * 65 + "@example.org", None),
        ("a@" + "b" * 70 + ".example", None),
    ],
)
def test_only_plain_addresses_are_usable(given_address: str, usable: str | None) -> None:
    assert mail_headers.usable_address(given_address) == usable


def test_marks_that_turn_the_writing_round_are_taken_out() -> None:
    assert mail_headers.clean("moc.knab\u202e  Lantern\x00&\x85Loom ") == "moc.knab Lantern & Loom"
