"""Header lines read back as they were meant, whatever a name or a subject holds."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.render.mail import headers as mail_headers

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
        ("zoe@straße.example", "zoe@xn--strae-oqa.example"),
        ("zoe@BÜCHER。example", "zoe@xn--bcher-kva.example"),
        ("zoe@中文.example", "zoe@xn--fiq228c.example"),
        ("zoe@\u200d.example", None),
        ("zoe@a\u0338b.example..", None),
        ("zoë@example.org", None),
        ('"zoe smith"@example.org', None),
        ("zoe@[192.0.2.1]", None),
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


STRANGE = [
    "Maximiliane-Theodora von und zu Schwarzenberg-Hohenlohe " * 6,
    "x" * 300,
    "张" * 300,
    "👩‍👩‍👧 🎋 " * 40,
    "فاطمة بنت محمد \u202eolleH\u202c",
    'Tom "the loom" \\ (O\'Neil), <b@example.org>; @ :',
    "=?utf-8?q?forged?= =?utf-8?b?Zm9yZ2Vk?=",
    "Zoë\r\nBcc: everybody@example.org\r\n\r\n<script>",
    "a\x00b\x1b[31mc\x85d\u2028e\ud800",
    "\u00a0\u3000 \t",
]


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("header", ["From", "To", "Reply-To"])
def test_no_strange_name_leaves_its_header(name: str, header: str) -> None:
    line = mail_headers.mailbox(header, name, "zoe@xn--bcher-kva.example")

    assert line.isascii()
    assert line.count("\r\n") == line.count("\n") == line.count("\r")
    assert all(part.startswith(" ") for part in line.split("\r\n")[1:-1])
    assert read_back(line)[0] == [header]
    assert parseaddr(line.removeprefix(f"{header}: ").replace("\r\n", ""))[1] == "zoe@xn--bcher-kva.example"
    assert max(map(len, line.split("\r\n"))) <= mail_headers.LINE


@pytest.mark.parametrize("subject", STRANGE)
def test_no_strange_subject_leaves_its_header(subject: str) -> None:
    line = mail_headers.text("Subject", subject)

    whole = line.encode("ascii") + b"To: a@example.org\r\n\r\nbody"
    message = message_from_bytes(whole, policy=default)
    assert message.keys() == ["Subject", "To"]
    assert message.get_payload() == "body"
    assert max(map(len, line.split("\r\n"))) <= mail_headers.LINE


@given(st.text(max_size=90))
def test_whatever_is_usable_is_one_plain_ascii_address(written: str) -> None:
    for address in (written, f"{written}@example.org", f"zoe@{written}", f"zoe@{written}.example"):
        usable = mail_headers.usable_address(address)
        assert usable is None or (usable.isascii() and usable.isprintable() and usable.count("@") == 1)
        assert usable is None or mail_headers.usable_address(usable) == usable
