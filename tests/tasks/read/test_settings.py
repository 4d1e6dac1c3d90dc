import dataclasses

import pytest

from tasks.read import ReadSettings


def test_fields_are_plain_json_types() -> None:
    for field in dataclasses.fields(ReadSettings):
        value = getattr(ReadSettings(), field.name)
        assert isinstance(value, int | bool | tuple), field.name


@pytest.mark.parametrize("entry", ["body", "=x", "nonsense=x", ""])
def test_a_mapping_that_cannot_be_meant_is_an_error(entry: str) -> None:
    with pytest.raises(ValueError, match="jsonl_fields"):
        ReadSettings(jsonl_fields=(entry,))


@pytest.mark.parametrize("name", ["max_document_bytes", "max_file_bytes", "max_pdf_pages"])
def test_limits_are_positive(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        ReadSettings(**{name: 0})  # type: ignore[arg-type]


def test_the_last_mapping_of_a_field_counts() -> None:
    settings = ReadSettings(jsonl_fields=("text=body", "text=content", "title="))
    assert settings.jsonl_name("text") == "content"
    assert settings.jsonl_name("title") == ""
    assert settings.jsonl_name("url") == "url"
