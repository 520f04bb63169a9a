"""A real Firefox, spoken to in raw WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): no driver stands between."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
EVENTS = ["network.beforeRequestSent", "log.entryAdded"]
PATIENCE = 60.0
"""Seconds that a start, an answer or a state may take on a busy machine."""
MOST_BYTES = 64 * 1024 * 1024
ENTER = "\ue007"
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "extensions.update.enabled": False,
}


@dataclass
class Firefox:
    """A running Firefox. `requests` and `complaints` are what it asked for and what its console said, in order."""

    socket: ClientConnection
    numbers: Iterator[int] = field(default_factory=itertools.count)
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; events that come meanwhile are noted."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv(timeout=PATIENCE))
            if answer.get("type") == "event":
                self._note(answer["method"], answer["params"])
            elif answer.get("id") == number:
                if answer["type"] == "error":
                    raise AssertionError(f"{method}: {answer['error']}: {answer['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    def _note(self, method: str, said: dict[str, Any]) -> None:
        if method == "network.beforeRequestSent":
            headers = {one["name"].lower(): one["value"].get("value", "") for one in said["request"]["headers"]}
            self.requests.append(f"{said['request']['url']} {headers.get('referer', '')}")
        elif said["level"] in {"warn", "error"}:
            self.complaints.append(str(said["text"]))

    def visitor(self) -> str:
        """Somebody who has never been here: the name of a store of cookies and databases of their own."""
        return str(self.ask("browser.createUserContext")["userContext"])

    def tab(self, visitor: str) -> Tab:
        """A new tab of that visitor."""
        return Tab(self, str(self.ask("browsingContext.create", type="tab", userContext=visitor)["context"]))


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab."""

    firefox: Firefox
    context: str

    def open(self, url: str) -> None:
        """Go to an address."""
        self.firefox.ask("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def reload(self) -> None:
        """Load the page once more."""
        self.firefox.ask("browsingContext.reload", context=self.context, wait="complete")

    def close(self) -> None:
        """Close the tab."""
        self.firefox.ask("browsingContext.close", context=self.context)

    def run(self, script: str) -> Any:
        """The value of an expression in the page, of the plain kinds: text, number, yes or no, nothing."""
        found = self.firefox.ask(
            "script.evaluate", expression=script, target={"context": self.context}, awaitPromise=True
        )
        if found["type"] == "exception":
            raise AssertionError(f"{script}: {found['exceptionDetails']['text']}")
        return found["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until an expression is true in the page, whichever page that is by then."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if self.run(f"Boolean({condition})"):
                    return
            except AssertionError:
                # The page is just being left; the next one is asked again.
                pass
            time.sleep(0.05)
        state = self.run("document.documentElement.outerHTML.slice(0, 300) + ' ' + location.pathname")
        raise AssertionError(f"never came true: {condition}; the page: {state}")

    def state(self, state: str, error: str = "") -> None:
        """Until the browser half is in a state, with this message and no other."""
        wanted = f"d.sgState === {json.dumps(state)} && (d.sgError || '') === {json.dumps(error)}"
        self.wait(f"((d) => {wanted})(document.documentElement.dataset)")

    def press(self, text: str) -> None:
        """Type with real keys into what has the focus."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": keys}]
        self.firefox.ask("input.performActions", context=self.context, actions=actions)


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Debian's Firefox with a fresh profile in `folder`; it ends with its test."""
    executable = shutil.which("firefox-esr")
    if executable is None:
        pytest.fail("Firefox is missing; `make test-all` installs it")
    profile = folder / "profile"
    profile.mkdir()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [executable, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", str(profile)]
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env={"HOME": str(folder), "MOZ_HEADLESS": "1"})
    try:
        address = _address(folder / "said.txt", process)
        with connect(f"{address}/session", max_size=MOST_BYTES, open_timeout=PATIENCE, proxy=None) as socket:
            running = Firefox(socket)
            running.ask("session.new", capabilities={})
            running.ask("session.subscribe", events=EVENTS)
            yield running
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(said: Path, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        found = LISTENING.search(said.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found.group(1)
        time.sleep(0.1)
    raise AssertionError(f"Firefox did not start: {said.read_text(encoding='utf-8', errors='replace')[-500:]}")
