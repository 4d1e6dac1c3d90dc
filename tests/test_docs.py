"""The commands in README and docs: each one parses, and those of the README do what it says."""

import dataclasses
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from flows.cli.app import app
from flows.config import NotifySettings, RunSettings
from tests.pages import inbox

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(page: Path) -> Iterator[str]:
    """Every zhen command of a page: in fenced blocks, and indented by four blanks."""
    text = page.read_text("utf-8").replace("\\\n", " ")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.S | re.M)
    shell = ("", "sh", "shell", "bash", "console")
    fenced = "\n".join(block for language, block in blocks if language in shell)
    indented = "\n".join(re.findall(r"^    (\S.*)$", text, re.M))
    for line in f"{fenced}\n{indented}".split("\n"):
        # Behind a cd, a crontab's time or variables too; the rest of a pipe is not ours.
        match = re.search(r"(?:^|&& )(?:\.venv/bin/)?zhen ([a-z].*)", line.partition("  #")[0])
        if match:
            yield re.split(r"\s[|>&]", match.group(1))[0].strip()


CASES = [(page.name, command) for page in PAGES for command in commands(page)]


def test_there_are_commands_to_test() -> None:
    assert len({command for name, command in CASES if name == "README.md"}) >= 8


@pytest.mark.parametrize(("page", "command"), CASES)
def test_every_documented_command_is_understood(page: str, command: str) -> None:
    group = typer.main.get_command(app)
    arguments = shlex.split(command)
    context = group.make_context("zhen", arguments[:0], resilient_parsing=True)
    while hasattr(group, "get_command"):
        name, *arguments = arguments
        found = group.get_command(context, name)
        assert found is not None, f"{page}: zhen {name} is no command"
        group = found
        if arguments == []:
            break
    group.make_context(group.name, [*arguments])  # raises on unknown options and missing arguments


def test_the_settings_of_a_run_are_documented() -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    section = page.partition("## Settings")[2].partition("\n## ")[0]
    for field in dataclasses.fields(RunSettings):
        assert f"`{field.name}`" in section, field.name
    for field in dataclasses.fields(NotifySettings):
        assert f"\n{field.name} = " in page, field.name


@pytest.mark.slow
def test_the_commands_of_the_page_on_operations(tmp_path: Path) -> None:
    """Each runs, in their order, in a folder with an inbox."""
    inbox(tmp_path / "inbox")
    ran = list(commands(ROOT / "docs" / "operations.md"))
    ran.sort(key=lambda command: not command.startswith("run "))
    for command in ran:
        if command.startswith("run ") and "--no-prefect" not in command:
            command += " --no-prefect"
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", *shlex.split(command)],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
    assert {command.split()[0] for command in ran} >= {"run", "status", "clean"}


@pytest.mark.slow
def test_the_single_steps_of_the_readme(tmp_path: Path) -> None:
    """Each runs on the seeds, in a folder where the main job has run."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "zh.txt").write_text("大桥周一通车。\n全长3.2公里。\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("The bridge opened.\nIt is 3.2 km long.\n", encoding="utf-8")

    def zhen(command: str) -> str:
        done = subprocess.run(
            f"{shlex.quote(sys.executable)} -m flows.cli {command}",
            shell=True,
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    assert "1 pair, 4 unpaired." in zhen("run seeds --out corpus --no-prefect")
    steps = [c for c in commands(ROOT / "README.md") if not c.startswith(("run ", "translate "))]
    for command in steps:
        zhen(command.replace("CORPUS", "corpus"))
    assert (tmp_path / "bitext.tmx").exists()
    assert (tmp_path / "articles.jsonl").exists()
