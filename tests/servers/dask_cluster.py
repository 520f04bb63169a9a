"""Run a Dask scheduler and its workers for tests: processes of their own, on this machine's loopback alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

STARTS_WITHIN = 60.0
LOOPBACK = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--no-dashboard")


@dataclass(slots=True)
class DaskCluster:
    """A scheduler and the workers that joined it. All that they log stands in `folder`.

    `settings` are Dask's own, as variables of the environment; `protocol` is tcp or tls.
    """

    folder: Path
    settings: Mapping[str, str]
    protocol: str
    address: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def worker(self, environment: Mapping[str, str] = {}, threads: int = 1) -> subprocess.Popen[bytes]:
        """Let one more worker join. Without a nanny, so that it is the process that can be killed."""
        number = len(self.processes)
        arguments = (self.address, "--nthreads", str(threads), "--no-nanny", "--name", f"press-{number}")
        return self._start("worker", *arguments, "--local-directory", str(self.folder), environment=environment)

    def joined(self, number: int) -> None:
        """Wait until that many workers have joined."""
        until = time.monotonic() + STARTS_WITHIN
        while self.logs().count("Register worker addr") < number:
            assert time.monotonic() < until, self.logs()
            time.sleep(0.05)

    def scheduler(self) -> None:
        """Start the scheduler, and note where it listens."""
        file = self.folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(file))
        until = time.monotonic() + STARTS_WITHIN
        while not self.address:
            assert time.monotonic() < until, self.logs()
            time.sleep(0.05)
            self.address = _address(file)

    def logs(self) -> str:
        """What all of them have logged."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def _start(self, what: str, *arguments: str, environment: Mapping[str, str] = {}) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", f"distributed.cli.dask_{what}"]
        command = [*program, *arguments, *LOOPBACK, "--protocol", self.protocol]
        # Nobody's own Dask settings, and none of our keys.
        own = {name: value for name, value in os.environ.items() if not name.startswith(("DASK_", "SITEGEN_"))}
        with (self.folder / f"{what}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**own, "DASK_CONFIG": str(self.folder), **self.settings, **environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        return process


@contextmanager
def running(
    folder: Path, workers: int, settings: Mapping[str, str] = {}, protocol: str = "tcp"
) -> Iterator[DaskCluster]:
    """A scheduler with that many workers; all of them end with the block."""
    made = DaskCluster(folder, settings, protocol)
    try:
        made.scheduler()
        for _ in range(workers):
            made.worker()
        made.joined(workers)
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()


def _address(file: Path) -> str:
    try:
        return str(json.loads(file.read_text())["address"])
    except (OSError, ValueError):
        return ""
