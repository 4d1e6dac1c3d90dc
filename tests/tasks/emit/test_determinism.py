"""The same line files give the same bytes, whatever the surroundings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.emit.manifest import digest_folder
from tests.conftest import ROOT
from tests.tasks.emit.conftest import build
from tests.tasks.emit.sample import make_sample


def test_made_again_it_is_the_same(tmp_path: Path) -> None:
    digests = []
    for name in ("one", "two"):
        folder = make_sample().write(tmp_path / name)
        build(folder)
        digests.append(digest_folder(folder, {}))
        build(folder)  # over the first
        digests.append(digest_folder(folder, {}))
    assert all(digest == digests[0] for digest in digests)


@pytest.mark.slow
def test_seed_locale_and_time_zone_do_not_matter(tmp_path: Path) -> None:
    digests = []
    for seed, locale, zone in (("1", "C", "UTC"), ("77", "C.UTF-8", "Asia/Shanghai")):
        folder = tmp_path / seed
        code = (
            "import sys; from pathlib import Path\n"
            "from tests.tasks.emit.sample import make_sample\n"
            "from tests.tasks.emit.conftest import build\n"
            "build(make_sample().write(Path(sys.argv[1])))"
        )
        surroundings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            check=True,
            cwd=ROOT,
            env={**os.environ, **surroundings},
        )
        digests.append(digest_folder(folder, {}))
    assert digests[0] == digests[1]
