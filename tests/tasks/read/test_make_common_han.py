from pathlib import Path

import pytest

from tasks.read import make_common_han
from tasks.read.plausibility import cost


@pytest.mark.slow
def test_the_shipped_file_is_what_the_recipe_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = make_common_han.DATA.read_text(encoding="utf-8")
    target = tmp_path / "again.txt"
    monkeypatch.setattr(make_common_han, "DATA", target)
    make_common_han.main()
    assert target.read_text(encoding="utf-8") == shipped


def test_common_characters_of_both_scripts_cost_little() -> None:
    assert cost("经济").bits < cost("絁孂").bits
    assert cost("經濟").bits < cost("絁孂").bits
    assert cost("\ufffd").bits > cost("经").bits
