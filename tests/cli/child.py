"""What a process that a build starts can see: it stands in for the printing of cards."""

from __future__ import annotations

from pathlib import Path

from sitegen.build.cards.print_job import Job, ProofJob
from sitegen.build.cards.print_shop import Made, Proof
from sitegen.render.cards.plate import Plate


def environment_as_print_file(job: Job, plate: Plate) -> Made:
    """This process's environment as the system has it, in place of a PDF."""
    assert job.cards
    assert plate.art
    return Made(Path("/proc/self/environ").read_bytes(), (), job.cards, ())


def no_proof(job: ProofJob, plate: Plate) -> Proof:
    """Nothing to look at."""
    assert job.picks
    assert plate.art
    return Proof("", ())
