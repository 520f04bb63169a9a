"""The preview server: this machine only, this site only."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from html import escape
from http.client import HTTPConnection
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.serve.server import PreviewServer, preview_server

Done = subprocess.CompletedProcess[str]
SECRET = "a-word-of-this-run"
PROOFS = f"/-/{SECRET}/"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def server(built_shop: Path) -> Iterator[PreviewServer]:
    # A neighbour that must never be served, whatever a path says.
    (built_shop / "output" / "site-of-others").mkdir()
    (built_shop / "output" / "site-of-others" / "secret.txt").write_text("a neighbour's secret")
    server = preview_server(built_shop, 0, SECRET)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(server: PreviewServer, path: str, method: str = "GET", host: str = "") -> Answer:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    # The path goes out as it stands: http.client would not tidy it, and neither would an attacker.
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.port}")
    connection.endheaders()
    response = connection.getresponse()
    answer = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    connection.close()
    return answer


def test_it_listens_on_loopback_only(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/care/linen/", "text/html; charset=utf-8"),
        ("/sg/site.json", "application/json"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_have_their_types_and_the_headers_of_a_good_host(
    server: PreviewServer, path: str, media_type: str
) -> None:
    answer = ask(server, path)
    assert answer.status == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        (".js", "text/javascript; charset=utf-8"),
        (".css", "text/css; charset=utf-8"),
        (".woff2", "font/woff2"),
        (".svg", "image/svg+xml"),
        (".bin", "application/octet-stream"),
    ],
)
def test_every_kind_of_file_of_the_site_has_its_type(
    server: PreviewServer, built_shop: Path, ending: str, media_type: str
) -> None:
    site = built_shop / "output" / "site"
    path = next(path.relative_to(site).as_posix() for path in sorted(site.rglob(f"*{ending}")))
    answer = ask(server, f"/{path}")
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert answer.body == (site / path).read_bytes()


def test_what_is_missing_gets_the_sites_own_page(server: PreviewServer, built_shop: Path) -> None:
    answer = ask(server, "/no/such/page/")
    assert answer.status == 404
    assert answer.body == (built_shop / "output" / "site" / "404.html").read_bytes()


@pytest.mark.parametrize("path", ["/static/", "/sg/", "/sg/1/", "/m/"])
def test_folders_are_not_listed(server: PreviewServer, path: str) -> None:
    answer = ask(server, path)
    assert answer.status == 404
    assert b"Directory listing" not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/../build.json",
        "/..%2fbuild.json",
        "/%2e%2e/build.json",
        "/care/../../build.json",
        "/..%2f..%2fcontent%2fcustomers%2fcustomers.csv",
        "//../build.json",
        "/%2e%2e%2fsite-of-others/secret.txt",
        "/..\\build.json",
        "/sg/../../mail/autumn-mail/index.html",
        "/%00/../build.json",
    ],
)
def test_goal_29_no_path_leads_out_of_the_site(server: PreviewServer, path: str) -> None:
    answer = ask(server, path)
    assert answer.status in {301, 400, 404}
    for theirs in (b'"parts"', b"customer_id", b"a neighbour's secret", b"A wish for the autumn"):
        assert theirs not in answer.body


@pytest.mark.parametrize("host", ["members.smallloom.example", "evil.example:80", "127.0.0.1.evil.example", "[::1]"])
def test_a_foreign_host_name_is_refused(server: PreviewServer, host: str) -> None:
    answer = ask(server, "/", host=host)
    assert answer.status == 421
    assert b"The Small Loom" not in answer.body


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1"])
def test_this_machines_own_names_are_served(server: PreviewServer, host: str) -> None:
    assert ask(server, "/", host=host).status == 200


def test_head_answers_without_a_body(server: PreviewServer) -> None:
    assert (ask(server, "/", "HEAD").status, ask(server, "/", "HEAD").body) == (200, b"")
    assert (ask(server, "/none", "HEAD").status, ask(server, "/none", "HEAD").body) == (404, b"")


def test_nothing_can_be_written(server: PreviewServer) -> None:
    assert ask(server, "/index.html", "PUT").status == 501
    assert ask(server, "/", "POST").status == 501


def mailed(server: PreviewServer) -> str:
    """The first campaign with e-mails in the list of proofs."""
    found = re.search(r'href="(mail/[^"]+/)"', ask(server, PROOFS).body.decode())
    assert found
    return PROOFS + found[1]


def test_proofs_show_the_message_of_a_chosen_recipient_as_its_bytes_say(
    server: PreviewServer, built_shop: Path
) -> None:
    campaign = mailed(server)
    folder = built_shop / "output" / "mail"
    rows = [
        json.loads(line)
        for line in (folder / campaign.removeprefix(PROOFS + "mail/") / "messages.jsonl").read_text().splitlines()
    ]

    pages = {row["customer_id"]: ask(server, f"{campaign}?customer={row['customer_id']}") for row in rows}

    assert len(pages) > 1
    for row in rows:
        message = BytesParser(policy=policy.default).parsebytes((folder / row["file"]).read_bytes())
        body = pages[row["customer_id"]].body.decode()
        assert escape(str(message["Subject"])) in body
        assert escape(message.get_body(("plain",)).get_content()) in body
        assert message["To"].addresses[0].addr_spec not in body


def test_a_proof_runs_no_script_and_is_kept_by_nobody(server: PreviewServer) -> None:
    answer = ask(server, mailed(server))

    assert answer.headers["content-security-policy"].startswith("default-src 'none';")
    assert answer.headers["cache-control"] == "no-store"
    assert b"<script" not in answer.body


@pytest.mark.parametrize("path", ["/-/", "/-/another-word/", "/-/another-word/mail/autumn-mail/", "/-"])
def test_nobody_finds_the_proofs_without_the_word_of_this_run(server: PreviewServer, path: str) -> None:
    assert ask(server, path).status == 404


@pytest.mark.parametrize("path", ["mail/none/", "cards/", "mail/", "mail/../../build.json", "mail/%2e%2e/work/"])
def test_what_was_not_built_has_no_proof(server: PreviewServer, path: str) -> None:
    assert ask(server, PROOFS + path).status == 404


def test_a_recipient_without_a_message_is_told(server: PreviewServer) -> None:
    answer = ask(server, f"{mailed(server)}?customer=%3Cnobody%3E")

    assert answer.status == 200
    assert "No message of this campaign was written for '&lt;nobody&gt;'." in answer.body.decode()


def test_a_port_that_is_taken_is_told(built_shop: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Unusable, match=f"port {port} is taken\nhint: try `sitegen serve --port {port + 1}`"):
            preview_server(built_shop, port, SECRET)


def test_the_verb_tells_its_addresses_builds_by_itself_and_ends_with_ctrl_c(
    shop: Path, environment: Callable[..., dict[str, str]]
) -> None:
    command = [sys.executable, "-u", "-m", "sitegen", "serve", "--port", "0", "--on", "2026-09-08"]
    with subprocess.Popen(
        command, cwd=shop, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("The shop is at http://127.0.0.1:")
        assert re.fullmatch(
            r"Its desk, with all pages, mails, texts and cards: http://127\.0\.0\.1:\d+/-/[\w-]{22}/",
            process.stdout.readline().strip(),
        )
        assert "sitegen members link CUSTOMER --port" in process.stdout.readline()
        assert re.fullmatch(r"\d\d:\d\d:\d\d built in [\d.]+ s", process.stdout.readline().strip())
        process.send_signal(signal.SIGINT)
        said, wrong = process.communicate(timeout=120)
    assert (process.returncode, said.strip().splitlines()[-1], wrong) == (0, "Ended.", "")
    assert not (shop / "output").exists()


def test_a_port_that_is_taken_gives_way_to_the_next(shop: Path, environment: Callable[..., dict[str, str]]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-u", "-m", "sitegen", "serve", "--port", str(port)]
        with subprocess.Popen(command, cwd=shop, env=environment(), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert re.fullmatch(rf"Port {port} is taken, so this is \d+\.", process.stdout.readline().strip())
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=120)
    assert process.returncode in {0, 130}


def test_a_shop_that_is_none_is_told(tmp_path: Path, sitegen: Callable[..., Done]) -> None:
    done = sitegen("serve", "--port", "0", at=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("no shop here")
