"""Data files: texts as they were written, and every mistake with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.data_files import LARGEST, read_data_files
from sitegen.errors import Mistakes, Problem
from sitegen.model.site_data import DataList, DataMap, DataValue
from tests.content.shop_folder import page
from tests.render.site_shop import public, site


def read(root: Path, **files: str) -> tuple[DataMap, list[Problem]]:
    for name, text in files.items():
        file = root / "content/data" / name.replace("__", "/").replace("_dot_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return read_data_files(root, problems), problems


def plain(value: DataValue) -> object:
    match value:
        case DataMap():
            return {key: plain(one) for key, one in value.items()}
        case DataList():
            return [plain(one) for one in value]
        case _:
            return value


def told(problems: list[Problem]) -> list[str]:
    return [str(problem).partition("\n")[0] for problem in problems]


def test_every_file_stands_under_its_name_and_folders_are_mappings(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        prices_dot_yaml="linen: 08\nwool: no\nrolls: [1.10, 2]\n",
        shops__hamburg_dot_json='{"open": true, "seats": 32, "price": 1.50, "note": null, "days": ["mo", "tu"]}',
        shops__rooms_dot_csv='name,seats\n"Long, table",8\nWindow,2\n',
        words_dot_yaml="- a\n- b\n",
    )
    assert problems == []
    assert plain(found) == {
        "prices": {"linen": "08", "wool": "no", "rolls": ["1.10", "2"]},
        "shops": {
            "hamburg": {"open": "true", "seats": "32", "price": "1.50", "note": "", "days": ["mo", "tu"]},
            "rooms": [{"name": "Long, table", "seats": "8"}, {"name": "Window", "seats": "2"}],
        },
        "words": ["a", "b"],
    }


def test_without_the_folder_there_are_no_data(tmp_path: Path) -> None:
    found, problems = read(tmp_path)
    assert (dict(found), problems) == ({}, [])


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a_dot_json": '{"x": 1,\n "y" 2}'}, "content/data/a.json:2:6: this is not JSON: Expecting ':' delimiter"),
        ({"a_dot_json": '{"x": 1, "x": 2}'}, "content/data/a.json: 'x' stands twice"),
        ({"a_dot_json": "[" * 100_000}, "content/data/a.json: too many levels stand inside each other"),
        ({"a_dot_yaml": "x: 1\nx: 2\n"}, "content/data/a.yaml:2:1: 'x' stands twice, first on line 1"),
        ({"a_dot_yaml": "x:\n  get: 2\n"}, "content/data/a.yaml:2:3: the key 'get' means something else in templates"),
        ({"a_dot_csv": "x,y\n1\n"}, "content/data/a.csv:2: this row has 1 cells, but the first line names 2 columns"),
        ({"a_dot_csv": "x,x\n1,2\n"}, "content/data/a.csv:1: two columns are called 'x'"),
        ({"a_dot_csv": "x,\n1,2\n"}, "content/data/a.csv:1: a column has no name"),
        ({"a_dot_csv": "x;y\n1;2\n"}, "content/data/a.csv:1: semicolons part the cells of this file"),
        ({"a_dot_csv": 'x,y\n"1"2,3\n'}, "content/data/a.csv:2: this is not CSV: ',' expected after '\"'"),
        ({"a_dot_toml": "x = 1"}, "content/data/a.toml: a data file that ends in '.toml' is not read"),
        ({"keys_dot_yaml": "x: 1"}, "content/data/keys.yaml: the key 'keys' means something else in templates"),
        ({"a_dot_csv": "x\n", "a_dot_yaml": "x: 1\n"}, "content/data/a.yaml: another file or folder is called 'a' too"),
        ({"a__b_dot_yaml": "x", "a_dot_yaml": "x"}, "content/data/a/b.yaml: another file or folder is called 'a' too"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_file_and_line(tmp_path: Path, files: dict[str, str], message: str) -> None:
    _, problems = read(tmp_path, **files)
    assert told(problems) == [message]


def test_a_file_too_large_for_a_page_is_refused(tmp_path: Path) -> None:
    _, problems = read(tmp_path, a_dot_csv="x\n" * LARGEST)
    assert told(problems) == ["content/data/a.csv: this data file has 2,000,000 bytes, more than 1,000,000"]


VALUES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc", min_size=1), inner),
)


@given(VALUES)
def test_what_json_says_comes_back(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    found, problems = read(tmp_path_factory.mktemp("data"), a_dot_json=json.dumps(value))
    assert problems == []
    assert plain(found["a"]) == value


SHOWS = "<html><title>{{ page.title }}</title><main>{{ page.html }}</main>%s</html>"


def shown(root: Path, template: str, **files: str) -> str:
    theme = {"themes/hearth/site/page.html": SHOWS % template}
    return public(site(root, **theme, **files, pages__a=page("title: A\naudience: public")))["a/index.html"]


def test_templates_read_data_by_name(tmp_path: Path) -> None:
    template = (
        "{{ data.prices.linen }} {{ data.prices['wool'] }} {{ data.prices.linen|int + 1 }}"
        "{% for room in data.rooms %} {{ room.name }}{% endfor %} {{ 'x' in data }} {{ data|list|join(',') }}"
        "{% for key, value in data.prices.items() %} {{ key }}={{ value }}{% endfor %}"
    )
    files = {"data/prices.yaml": "linen: 08\nwool: <b>\n", "data/rooms.csv": "name\nHall\nLoft\n"}
    assert "08 &lt;b&gt; 9 Hall Loft False prices,rooms linen=08 wool=&lt;b&gt;" in shown(tmp_path, template, **files)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ data.prices.linnen }}", "'content/data/prices.yaml:1' has no 'linnen'; did you mean 'linen'?"),
        ("{{ data.prices.rolls.wide }}", "'content/data/prices.yaml:3' has no 'wide'"),
        ("{{ data.price.linen }}", "'content/data' has no 'price'; did you mean 'prices'?"),
        ("{% for one in data.rooms %}{{ one.seats }}{% endfor %}", "'content/data/rooms.csv:2' has no 'seats'"),
    ],
)
def test_a_key_that_the_data_lack_is_a_mistake_that_names_their_file(
    tmp_path: Path, template: str, message: str
) -> None:
    files = {"data/prices.yaml": "linen: 08\nrolls:\n  narrow: 3\n", "data/rooms.csv": "name\nHall\n"}
    with pytest.raises(Mistakes) as caught:
        shown(tmp_path, template, **files)
    [problem] = caught.value.problems
    assert problem.message == f"{message} (while rendering pages/a.md)"
    assert (problem.file, problem.line) == ("themes/hearth/site/page.html", 1)


def test_a_key_that_may_be_missing_can_be_asked_for(tmp_path: Path) -> None:
    assert "none 1" in shown(tmp_path, "{{ data.x.y|default('none') }} {{ data.x.z }}", **{"data/x.yaml": "z: 1\n"})


def test_shortcodes_of_the_site_read_data_too(tmp_path: Path) -> None:
    files = {
        "themes/hearth/site/shortcodes/price.html": "{# arguments: of #}<b>{{ data.prices[of] }}</b>",
        "data/prices.yaml": "linen: 12.50\n",
        "pages__b": page("title: B\naudience: public", '::: price of="linen"\n:::'),
    }
    assert "<b>12.50</b>" in public(site(tmp_path, **files))["b/index.html"]
