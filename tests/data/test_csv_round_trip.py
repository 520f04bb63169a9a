"""Properties of reading CSV: no text is changed, no place is wrong."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from functools import partial
from pathlib import Path
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from sitegen.data.engine import open_customers
from sitegen.data.sources.csv_text import cells, records
from sitegen.errors import Mistakes
from sitegen.model.shop import FolderSource
from tests.data.customer_files import shop_from
from tests.examples import examples

HERE = shop_from(FolderSource("."))

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ROWS = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=24)


composed = partial(normalize, "NFC")


@examples(12)
@given(ROWS, st.sampled_from(",;"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_text_survives_a_csv_file(rows: list[tuple[str, str]], delimiter: str, line_end: str, mark: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
        writer.writerow(("customer_id", "first_name", "stated_need"))
        writer.writerows((f"C-{number}", *row) for number, row in enumerate(rows))
        encoding = "utf-8-sig" if mark else "utf-8"
        (Path(folder) / "customers.csv").write_bytes(text.getvalue().encode(encoding))
        with open_customers(Path(folder), HERE) as engine:
            read = engine.tables["customers"].select("customer_id", "first_name", "stated_need")
            found = [tuple(row.values()) for batch in engine.rows(read) for row in batch]
    assert sorted(found) == sorted(
        (f"C-{number}", composed(first) or None, composed(need) or None) for number, (first, need) in enumerate(rows)
    )


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(",;"))
def test_records_and_cells_are_those_of_the_standard_reader_and_stand_where_they_say(
    rows: list[list[str]], delimiter: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(text.getvalue().encode())
        found = [(record, cells(record.text, delimiter)) for record in records(path, delimiter)]
    written = text.getvalue().removeprefix("\ufeff")
    standard = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter)
    assert [[] if record.blank else [cell.text for cell in row] for record, row in found] == list(standard)
    lines = re.split(r"\r\n|\r|\n", written)
    for record, row in found:
        for cell in row:
            rest = lines[record.line - 1 + cell.line][cell.column - 1 :]
            assert rest.startswith(('"', re.split(r"[\r\n]", cell.text)[0]))


PIECES = st.sampled_from(
    [b"C-1", b"C-2", b",", b";", b'"', b'""', b"\n", b"\r\n", b"\r", b" ", b"\xff", b"\xc3\xa9", b"1.5", b"\0"]
)


@examples(12)
@given(st.lists(PIECES, max_size=24))
def test_any_file_is_read_or_refused_with_places_and_never_breaks(pieces: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "customers.csv").write_bytes(b"customer_id,income\n" + b"".join(pieces))
        try:
            with open_customers(Path(folder), HERE) as engine:
                assert engine.count(engine.tables["customers"]) >= 0
        except Mistakes as mistakes:
            assert all(problem.line >= 1 for problem in mistakes.problems)  # noqa: PT017  either way is right
