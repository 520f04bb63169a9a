"""Write the schemas that editors complete and check a shop's files with."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from sitegen.content.project import examined
from sitegen.content.schemas.whole import KINDS, known_anywhere, known_of, schemas
from sitegen.errors import SitegenError
from sitegen.publish.atomic import write_file
from sitegen.publish.key_file import private_folder

FOLDER = ".sitegen/schemas"
SETTINGS = ".vscode/settings.json"


def schema_texts(root: Path | None) -> dict[str, str]:
    """The schema of each kind of file as JSON, with the names of the shop in `root`, as far as it can be read."""
    known = known_anywhere()
    # Who asks what may stand in a file may be mending it.
    with suppress(SitegenError):
        known = known_of(examined(root)[0], root) if root else known
    return {name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas(known).items()}


def write_schemas(root: Path) -> dict[str, list[str]]:
    """Write the schemas of the shop in `root` to FOLDER; the files that each is for, by the schema's path."""
    private_folder(root / ".sitegen")
    (root / FOLDER).mkdir(exist_ok=True)
    for name, text in schema_texts(root).items():
        write_file(root / FOLDER / f"{name}.json", text.encode())
    return editor_lines()


def editor_lines() -> dict[str, list[str]]:
    """What VS Code's `yaml.schemas` says: the YAML files that each schema is for."""
    return {f"./{FOLDER}/{kind.name}.json": [*kind.files] for kind in KINDS if kind.files[0].endswith(".yaml")}


def write_settings(root: Path) -> None:
    """Write the settings of a new shop's editor: which file is checked by which schema."""
    (root / SETTINGS).parent.mkdir(parents=True, exist_ok=True)
    settings = {"yaml.schemas": editor_lines()}
    write_file(root / SETTINGS, (json.dumps(settings, indent=2) + "\n").encode())
