import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPT = """
import hashlib, sys
from pathlib import Path
from tasks.read import ReadSettings, read, scan
settings = ReadSettings()
units = list(scan([Path(sys.argv[1])], settings))
print(hashlib.sha256(repr([(u, read(u, settings)) for u in units]).encode()).hexdigest())
"""


@pytest.mark.slow
def test_the_same_whatever_the_hash_seed_locale_and_time_zone(tmp_path: Path) -> None:
    from tests.tasks.read.html.test_fuzz import PAGES
    from tests.tasks.read.texts import SIMPLIFIED, TRADITIONAL

    for number, html in enumerate(PAGES):
        (tmp_path / f"{number}.html").write_text(html, encoding="gb18030", errors="replace")
    (tmp_path / "a.txt").write_text("\n".join(SIMPLIFIED), encoding="gb18030")
    (tmp_path / "b.txt").write_text("\n".join(TRADITIONAL), encoding="big5hkscs", errors="replace")
    outputs = set()
    for variables in (
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
        {"PYTHONHASHSEED": "77", "LC_ALL": "POSIX", "TZ": "America/New_York"},
    ):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tmp_path)],
            env={**os.environ, **variables},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        outputs.add(done.stdout)
    assert len(outputs) == 1
