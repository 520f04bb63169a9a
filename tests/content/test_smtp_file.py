"""Tests of reading which mail server sends."""

from __future__ import annotations

import pytest

from sitegen.content.keys import Keys
from sitegen.content.shop.smtp_file import is_loopback, read_smtp
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.smtp import Dkim, Security, Smtp

SENDER = "letters@smallloom.example"


def read(text: str) -> tuple[Smtp | None, list[Problem]]:
    problems: list[Problem] = []
    return read_smtp(Keys(read_yaml(text, "site.yaml"), problems, "site.yaml"), SENDER), problems


def test_a_shop_needs_no_mail_server() -> None:
    assert read("name: The Small Loom\n") == (None, [])


def test_a_host_is_enough() -> None:
    expected = Smtp("mail.example", 587, Security.STARTTLS, "smallloom.example", rate=20, errors=0.05)
    assert read("smtp: {host: mail.example}\n") == (expected, [])


def test_everything_about_a_server_can_be_said() -> None:
    server, problems = read(
        "smtp: {host: mail.example, security: tls, user: letters, ca: keys/ca.pem, rate: 5, errors: 0.2,\n"
        "       hello: till.example, dkim: {selector: autumn}}\n"
    )
    assert problems == []
    assert server == Smtp(
        host="mail.example",
        port=465,
        security=Security.TLS,
        hello="till.example",
        user="letters",
        authority="keys/ca.pem",
        rate=5,
        errors=0.2,
        dkim=Dkim("autumn", "smallloom.example"),
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_without_tls_nothing_leaves_the_machine(host: str) -> None:
    assert is_loopback(host)
    server, problems = read(f"smtp: {{host: '{host}', security: none}}\n")
    assert (server and server.port, problems) == (25, [])


@pytest.mark.parametrize("host", ["mail.example", "10.0.0.1", "localhost.example", "127.0.0.1.example"])
def test_another_machine_is_never_spoken_with_in_the_clear(host: str) -> None:
    assert not is_loopback(host)
    assert [problem.code for problem in read(f"smtp: {{host: {host}, security: none}}\n")[1]] == ["open-way"]


@pytest.mark.parametrize("host", ["smtp://mail.example", "mail.example:587", "mail example", "-"])
def test_what_is_no_name_of_a_host_is_told(host: str) -> None:
    (problem,) = read(f"smtp: {{host: '{host}'}}\n")[1]
    assert problem.message == f"'{host}' is not the name of a host"
