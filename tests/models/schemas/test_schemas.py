import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from models import schemas
from tasks.emit.corpus import LINE_FILES
from tests.tasks.emit.sample import make_sample


@pytest.mark.parametrize("name", schemas.TYPES)
def test_shipped_file_is_the_generated_one(name: str) -> None:
    """After a change of a record: python -m models.schemas."""
    assert (schemas.FOLDER / f"{name}.json").read_text("utf-8") == schemas.text(name)


@pytest.mark.parametrize("name", schemas.TYPES)
def test_it_is_a_valid_schema(name: str) -> None:
    Draft202012Validator.check_schema(schemas.load(name))


def test_every_line_file_has_one() -> None:
    assert set(LINE_FILES) < set(schemas.FILES)


def test_writing_them_needs_no_more_than_a_folder(tmp_path: Path) -> None:
    assert {path.stem for path in schemas.write(tmp_path)} == set(schemas.TYPES)


def closed(schema: Any) -> Any:
    """The schema with no field beyond the stated ones, to catch an undocumented one."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if "properties" in made and isinstance(made["properties"], dict):
        made["additionalProperties"] = False
    return made


@pytest.mark.parametrize("file", LINE_FILES)
def test_output_lines_follow_it(sample_folder: Path, file: str) -> None:
    validator = Draft202012Validator(closed(schemas.load(schemas.FILES[file])))
    lines = (sample_folder / file).read_bytes().split(b"\n")[:-1]
    assert lines
    for line in lines:
        validator.validate(json.loads(line))


def test_it_refuses_what_is_wrong(sample_folder: Path) -> None:
    validator = Draft202012Validator(schemas.load("article"))
    article = json.loads((sample_folder / "zh.jsonl").read_bytes().split(b"\n")[0])
    for key, bad in {"lang": "ja", "id": None, "blocks": {}, "origin": {"kind": "human"}}.items():
        assert not validator.is_valid({**article, key: bad})
    assert not validator.is_valid({key: value for key, value in article.items() if key != "pair"})
    spans = [{**block, "span": [1, 2, 3]} for block in article["blocks"]]
    assert not validator.is_valid({**article, "blocks": spans})


def test_descriptions_are_one_line() -> None:
    for name in schemas.TYPES:
        found = re.findall(r'"description": "([^"]*)', schemas.text(name))
        assert found
        assert not any("\\n" in text for text in found)


def test_the_sample_has_every_kind_of_line() -> None:
    sample = make_sample()
    assert sample.pairs
    assert sample.beads
    assert sample.removed
    assert sample.quarantine
    assert sample.unpaired
