"""Tests of looking for messages whose fate is unknown."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.send.evidence import in_log, in_maildir

LOG = """\
Sep 25 10:00:01 till postfix/smtpd[11]: 4XyZ1: client=localhost[127.0.0.1]
Sep 25 10:00:01 till postfix/cleanup[12]: 4XyZ1: message-id=<sent@shop.example>
Sep 25 10:00:01 till postfix/qmgr[13]: 4XyZ1: from=<bounces+sent@shop.example>, size=900, nrcpt=1 (queue active)
Sep 25 10:00:02 till postfix/smtp[14]: 4XyZ1: to=<ada@mail.example>, relay=mx.mail.example[192.0.2.1]:25, delay=1, \
delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued for ada@mail.example)
Sep 25 10:00:02 till postfix/qmgr[13]: 4XyZ1: removed
2026-09-25T10:00:03.123456+00:00 till postfix/cleanup[12]: 4XyZ2: message-id=<queued@shop.example>
2026-09-25T10:00:03.123456+00:00 till postfix/qmgr[13]: 4XyZ2: from=<x@shop.example>, size=9, nrcpt=1 (queue active)
Sep 25 10:00:04 till postfix/cleanup[12]: 4XyZ3: message-id=<halfway@shop.example>
Sep 25 10:00:04 till postfix/smtpd[11]: lost connection after DATA (900 bytes) from localhost[127.0.0.1]
Sep 25 10:00:05 till postfix/cleanup[12]: 4XyZ3: message-id=<stranger@other.example>
Sep 25 10:00:05 till postfix/qmgr[13]: 4XyZ3: from=<y@other.example>, size=9, nrcpt=1 (queue active)
Sep 25 10:00:06 till postfix-shop/cleanup[12]: 4XyZ4: message-id=<refused@shop.example>
Sep 25 10:00:06 till postfix/relay/smtp[12]: 4XyZ4: to=<b@x.example>, dsn=5.1.1, status=bounced (550 5.1.1 who?)
"""
TOKENS = {"sent", "queued", "halfway", "refused", "missing"}


@pytest.mark.parametrize("packed", [False, True])
def test_a_log_tells_what_a_postfix_took_over(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("mail.log.1.gz" if packed else "mail.log")
    path.write_bytes(gzip.compress(LOG.encode()) if packed else LOG.encode())
    assert in_log(path, TOKENS) == {
        "sent": f"{path.name}: 4XyZ1 status=sent 250 2.0.0 Ok: queued for a…@mail.example",
        "queued": f"{path.name}: 4XyZ2 was queued",
        "refused": f"{path.name}: 4XyZ4 status=bounced 550 5.1.1 who?",
    }


def test_a_message_that_lies_in_a_maildir_has_arrived(tmp_path: Path) -> None:
    for name, content in {
        "new/1": b"Subject: hi\nMessage-ID:\n <sent@shop.example>\n\nMessage-ID: <missing@shop.example>\n",
        "cur/2:2,S": b"message-id: <queued@shop.example>\r\n\r\nhello\r\n",
        "cur/3": b"Message-ID: <stranger@other.example>\n\n",
        "tmp/4": b"Message-ID: <halfway@shop.example>\n\n",
    }.items():
        (tmp_path / "Maildir" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "Maildir" / name).write_bytes(content)
    assert in_maildir(tmp_path, TOKENS) == {
        "sent": f"{tmp_path.name}: it lies in new/",
        "queued": f"{tmp_path.name}: it lies in cur/",
    }


@pytest.mark.parametrize("content", [None, b"this is no gzip"])
def test_a_log_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mail.log.gz"
    if content:
        path.write_bytes(content)
    with pytest.raises(Unusable, match="can't be read"):
        in_log(path, TOKENS)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="there is no folder"):
        in_maildir(tmp_path / "nowhere", TOKENS)
