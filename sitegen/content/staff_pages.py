"""Hold the staff's pages that a shop wants on its site against its programme: without a desk there are none."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.errors import Problem
from sitegen.model.project import Project
from sitegen.model.tree import Mapping


def check_staff_pages(project: Project, shop: Mapping) -> Iterator[Problem]:
    """A mistake where pages are chosen that nobody makes; `shop` is site.yaml."""
    output = shop.get("output")
    if project.shop.output.staff_pages and project.programme.desk is None and isinstance(output, Mapping):
        node = output.get("staff_pages")
        place = node.place if node else output.place
        hint = "write 'desk: {since: ...}' in content/programme/, or leave 'staff_pages' out"
        yield place.problem("no-desk", "there is no desk whose pages could stand on the site", hint)
