"""Compare a folder or a web address with the build in output/."""

from __future__ import annotations

from pathlib import Path

from sitegen.build.deploy import former_paths
from sitegen.build.order import Progress
from sitegen.publish.deploy.built import read_digests
from sitegen.publish.verify.client import Address
from sitegen.publish.verify.findings import Report
from sitegen.publish.verify.folder import verify_folder
from sitegen.publish.verify.judging import Site
from sitegen.publish.verify.web import requests, serves, verify_web


def verify(root: Path, where: Address | Path, progress: Progress) -> Report:
    """What stands there, against build.json. Raises Unusable where there is no build, or nobody answers."""
    digests = read_digests(root / "output")
    if isinstance(where, Path):
        with progress.step("comparing"):
            return verify_folder(where, digests)
    site = Site(digests, former_paths(root))
    with progress.step("comparing", requests(site)) as done:
        return verify_web(where, site, done)


def is_served(root: Path, where: Address) -> bool:
    """Whether an address gives the site.json of the build in output/; False where nobody answers."""
    return serves(where, read_digests(root / "output"))
