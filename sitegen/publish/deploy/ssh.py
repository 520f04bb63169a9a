"""Deploy to a host that has OpenSSH and rsync: step by step, into the folder that is served.

Nothing else is asked of the host: no shell commands, no links, no room beside the folder, so that accounts that may
do nothing but rsync will do. Host keys are checked as the user's own ssh does; its settings and agent are honoured.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from sitegen.errors import Unusable
from sitegen.protect.names import SITE_PATH
from sitegen.publish.deploy.place import HOSTS_OWN, Empty, Foreign, Standing, State, Tick, Wanted, host_keeps
from sitegen.publish.deploy.steps import Changes, Put, steps
from sitegen.publish.deploy.target import SshTarget

SECONDS = 300
"""How long rsync waits for a host that says nothing."""
MISSING_FILE = re.compile(r"\(2\)")
"""The errno of "no such file" as rsync writes it, in whatever language the host speaks."""
NOT_INSTALLED = 127
ITEM = 11
"""Characters of rsync's %i, which tells what changes about a file."""
HINTS = (
    ("Host key verification failed", "connect once by hand with ssh, and compare the host's fingerprint"),
    ("Permission denied (", "give the host your public ssh key, and load the private one with ssh-add"),
    ("Could not resolve hostname", "is the host's name right?"),
    ("No space left", "free space on the host"),
    ("rrsync", "the account's rrsync must allow writing and deleting in this folder"),
)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended: its exit code, what it printed, and its complaints."""

    code: int
    output: str
    errors: str


Run: TypeAlias = Callable[[tuple[str, ...], bytes], Ran]
"""Runs a program with these bytes as its input. Raises FileNotFoundError where there is no such program."""


class SshPlace:
    """A folder behind ssh. `shell` is the command that rsync reaches hosts with."""

    def __init__(self, target: SshTarget, run: Run, shell: str = "ssh") -> None:
        self.target = target
        self._run = run
        self._shell = f"{shell} -p {target.port}" if target.port else shell

    def state(self) -> State:
        """What stands there now."""
        manifest = self._manifest()
        if manifest is not None:
            return Standing(manifest)
        ran = self._rsync("--list-only", self._there())
        if ran.code and MISSING_FILE.search(ran.errors):
            return Empty()
        lines = [line.split(None, 4) for line in self._check(ran).output.splitlines()]
        others = [line[4] for line in lines if len(line) == 5 and line[4] != "." and not host_keeps(f"{line[4]}/")]
        if not others:
            return Empty()
        return Standing(b"") if "sg" in others else Foreign(others[0])

    def compare(self, wanted: Wanted) -> Changes:
        """What it would take; both sides read every byte."""
        ran = self._check(self._rsync(*_WHOLE, "--dry-run", "--out-format=%i %n", f"{wanted.site}/", self._there()))
        items = [(line[:ITEM], line[ITEM + 1 :]) for line in ran.output.splitlines()]
        files = [(item, path) for item, path in items if path and not path.endswith("/")]
        return Changes(
            tuple(sorted(path for item, path in files if item[1:] == "f+++++++++")),
            tuple(sorted(path for item, path in files if item[1:3] == "fc")),
            tuple(sorted(path for item, path in files if item.startswith("*deleting"))),
        )

    def apply(self, wanted: Wanted, changes: Changes, tick: Tick) -> None:
        """Step by step, then once over everything."""
        source = f"{wanted.site}/"
        for step in steps(changes):
            if isinstance(step, Put):
                named = "\0".join(step.paths).encode()
                self._check(self._rsync(*_NAMED, source, self._there(), given=named))
            tick()
        self._check(self._rsync(*_WHOLE, "--times", source, self._there()))

    def _manifest(self) -> bytes | None:
        with TemporaryDirectory() as folder:
            ran = self._rsync(self._there() + SITE_PATH, f"{folder}/")
            if ran.code and MISSING_FILE.search(ran.errors):
                return None
            self._check(ran)
            return (Path(folder) / Path(SITE_PATH).name).read_bytes()

    def _there(self) -> str:
        return f"{self.target.host}:{self.target.path}/"

    def _rsync(self, *arguments: str, given: bytes = b"") -> Ran:
        # -s sends paths past the remote shell, so that nothing in them is ever a command there.
        command = ("rsync", "-s", "-8", f"--rsh={self._shell}", f"--timeout={SECONDS}", *arguments)
        try:
            return self._run(command, given)
        except FileNotFoundError:
            raise Unusable("rsync is missing here\nhint: install it (apt-get install rsync)") from None

    def _check(self, ran: Ran) -> Ran:
        if ran.code == 0:
            return ran
        host = self.target.host
        if ran.code == NOT_INSTALLED or re.search(r"rsync: (command )?not found|rsync: No such file", ran.errors):
            raise Unusable(f"rsync is missing on '{host}'\nhint: install it there, or deploy to a folder and copy that")
        # A host that hangs up at once may leave rsync no time for its words.
        lines = [line for line in ran.errors.splitlines() if line.strip()][-4:] or [f"rsync ended with code {ran.code}"]
        hint = next((hint for sign, hint in HINTS if sign in ran.errors), "run the deploy again when this is mended")
        raise Unusable("\n".join((f"'{host}' can't be deployed to:", *lines, f"hint: {hint}")))


_WHOLE = ("--recursive", "--checksum", "--omit-dir-times", "--delete-after", f"--filter=P /{HOSTS_OWN}")
# Without --ignore-times a file of the same length and time would be passed over, whatever its bytes.
_NAMED = ("--ignore-times", "--times", "--omit-dir-times", "--from0", "--files-from=-")
