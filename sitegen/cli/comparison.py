"""Tell what a comparison of a deployed site found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitegen.publish.verify.findings import Report

MOST = 30
"""Findings that are told one by one; the rest is a number."""


def lines(report: Report) -> Iterator[str]:
    """A line for each finding, then one for each warning."""
    for finding in report.findings[:MOST]:
        yield f"{finding.path or '/'}: {finding.said}"
    if len(report.findings) > MOST:
        yield f"and {len(report.findings) - MOST:,} more"
    for warning in report.warnings:
        yield f"warning: {warning}"


def value(report: Report) -> dict[str, Any]:
    """The whole report, for scripts."""
    findings = [{"path": one.path, "kind": one.kind.value, "said": one.said} for one in report.findings]
    return {"where": report.where, "files": report.files, "findings": findings, "warnings": list(report.warnings)}
