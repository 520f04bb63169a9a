"""Say where the desk's files lie below output/work/."""

from __future__ import annotations

from sitegen.render.desk.kit import safe_name

INDEX, UNOWNED, UNOWNED_LIST = "desk/index.html", "desk/unowned.html", "desk/unowned.csv"
COMPLAINTS, COMPLAINTS_LIST, CASES = "desk/complaints.html", "desk/complaints.csv", "desk/cases.html"
REPORTS = "reports/index.html"


def dossier_path(customer_id: str) -> str:
    """Where a customer's dossier lies."""
    return f"desk/customers/{safe_name(customer_id)}.html"


def day_path(adviser_id: str) -> str:
    """Where an adviser's day lies."""
    return adviser_path(adviser_id, "day.html")


def adviser_path(adviser_id: str, file: str) -> str:
    """Where a file of an adviser's lies: day.pdf, duties.csv, results.csv, calendar.ics."""
    return f"desk/{safe_name(adviser_id)}/{file}"
