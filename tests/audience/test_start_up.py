"""What content/ imports of this room must not wake the data engine."""

import subprocess
import sys

LIGHT = (
    "selection.access",
    "language.catalogue",
    "reading.contradictions",
    "calendar.due",
    "reading.editor_schema",
    "language.events",
    "reading.grammar",
    "calendar.occasions",
    "calendar.public_holidays",
    "language.references",
    "reading.rules",
    "language.words",
)


def test_reading_rules_does_not_import_the_data_engine_or_the_lunar_calendar() -> None:
    imports = "; ".join(f"import sitegen.audience.{name}" for name in LIGHT)
    heavy = "{'ibis', 'duckdb', 'pyarrow', 'pandas', 'lunar_python', 'holidays'}"
    command = f"import sys; {imports}; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
