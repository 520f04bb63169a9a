"""Mails as other people's servers write them, about a message with a token."""

from __future__ import annotations

TOKEN = "abcdefghijklmnopqrstuvwx23"
BACK = f"letters+{TOKEN}@lanternandloom.example"

POSTFIX = f"""\
Return-Path: <>
Delivered-To: {BACK}
Date: Fri, 25 Sep 2026 09:00:03 +0200 (CEST)
From: MAILER-DAEMON@mx.lanternandloom.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {BACK}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4cX.1/mx.lanternandloom.example"

This is a MIME-encapsulated message.

--4cX.1/mx.lanternandloom.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<mei@example.net>: host mx.example.net[192.0.2.25] said: 550 5.1.1
    <mei@example.net>: Recipient address rejected: User unknown

--4cX.1/mx.lanternandloom.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.lanternandloom.example
X-Postfix-Queue-ID: 4cX
Arrival-Date: Fri, 25 Sep 2026 09:00:01 +0200 (CEST)

Final-Recipient: rfc822; mei@example.net
Original-Recipient: rfc822;mei@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.1.1 <mei@example.net>: Recipient address rejected

--4cX.1/mx.lanternandloom.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

Message-ID: <{TOKEN}@lanternandloom.example>
Subject: A quiet wish

Dear Mei
--4cX.1/mx.lanternandloom.example--
"""

FULL = POSTFIX.replace("Status: 5.1.1", "Status: 4.2.2").replace("550 5.1.1", "452 4.2.2")
DELAYED = FULL.replace("Action: failed", "Action: delayed")
POLICY = POSTFIX.replace("5.1.1", "5.7.1")
UNCLEAR = POSTFIX.replace("Status: 5.1.1", "Status: 5.0.0")
RELAYED_TOO = POSTFIX.replace(
    "\n\n--4cX.1/mx.lanternandloom.example\nContent-Description: Undelivered",
    "\n\nFinal-Recipient: rfc822; two@example.net\nAction: relayed\nStatus: 2.0.0\n\n"
    "--4cX.1/mx.lanternandloom.example\nContent-Description: Undelivered",
)

EXCHANGE = f"""\
From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.onmicrosoft.com>
To: <{BACK.upper()}>
Subject: Undeliverable: A quiet wish
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="_004_x"

--_004_x
Content-Type: multipart/alternative; boundary="_000_x"

--_000_x
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

WW91ciBtZXNzYWdlIGNvdWxkbid0IGJlIGRlbGl2ZXJlZC4=

--_000_x--

--_004_x
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR0.eurprd.prod.outlook.com

Final-Recipient: rfc822;mei@example.net
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--_004_x
Content-Type: text/rfc822-headers

Message-ID: <{TOKEN}@lanternandloom.example>

--_004_x--
"""

GMAIL = f"""\
Delivered-To: {BACK}
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: {BACK}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
Content-Type: multipart/report; boundary="0000x"; report-type=delivery-status

--0000x
Content-Type: multipart/related; boundary="0001x"

--0001x
Content-Type: text/html; charset="UTF-8"

<html><p>The email account that you tried to reach does not exist.</p></html>
--0001x--
--0000x
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com

Final-Recipient: rfc822; mei@gmail.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550 5.1.1 double-checking the recipient's email address - gsmtp

--0000x
Content-Type: message/rfc822

Message-ID: <{TOKEN}@lanternandloom.example>

x
--0000x--
"""

QMAIL = f"""\
Return-Path: <>
Delivered-To: {BACK}
From: MAILER-DAEMON@example.net
To: {BACK}
Subject: failure notice

Hi. This is the qmail-send program at example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<mei@example.net>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
"""

AWAY = f"""\
Return-Path: <>
From: Mei <mei@example.net>
To: {BACK}
Subject: Away: unsubscribe me from meetings
Auto-Submitted: auto-replied

I am away. user unknown to my desk until Monday. (#5.1.1)
"""

SPAM = f"""\
From: <feedback@example.net>
To: <abuse@lanternandloom.example>
Subject: FW: A quiet wish
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part1"

--part1
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report for an email message received from 192.0.2.1.

--part1
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{BACK}>

--part1
Content-Type: message/rfc822

From: <letters@lanternandloom.example>
Message-ID: <{TOKEN}@lanternandloom.example>
Subject: A quiet wish

Dear Mei
--part1--
"""
NOT_SPAM = SPAM.replace("Feedback-Type: abuse", "Feedback-Type: not-spam")
# Some providers take every address out, and leave the headers alone.
REDACTED_SPAM = SPAM.replace(f"Original-Mail-From: <{BACK}>\n", "").replace("message/rfc822", "text/rfc822-headers")

GOODBYE = f"""\
From: Mei <mei@example.net>
To: goodbye@lanternandloom.example
Subject: unsubscribe {TOKEN}

"""
ANSWERED_GOODBYE = GOODBYE.replace("Subject: ", "Subject: =?utf-8?q?x?= Re: ").replace(TOKEN, TOKEN.upper())
LETTER = f"""\
From: Mei <mei@example.net>
To: letters@lanternandloom.example
Subject: Re: A quiet wish
In-Reply-To: <{TOKEN}@lanternandloom.example>

Thank you! By the way, how do I unsubscribe {TOKEN}?
"""
