"""The command line as a person uses it: what comes out, one clear line when it cannot, exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pages import ALONE_EN, EN, PAGE, ZH, inbox, tree
from tests.tasks.read.test_docx import docx, p

ROOT = Path(__file__).parents[2]


def zhen(
    *arguments: str | Path, cwd: Path = ROOT, **options: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        **options,  # type: ignore[call-overload]
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    done = zhen("run", inbox(folder / "in"), "--out", folder / "out", "--no-prefect")
    assert done.returncode == 0, done.stderr
    return folder / "out"


def test_run_says_what_it_made(tmp_path: Path) -> None:
    done = zhen("run", inbox(tmp_path / "in"), "--out", tmp_path / "out", "--no-prefect")
    assert done.returncode == 0, done.stderr
    assert "5 files with 5 documents gave 3 Chinese and 3 English articles." in done.stdout
    assert "2 pairs, 2 unpaired." in done.stdout
    assert "No translation engine was used" in done.stdout
    assert str(tmp_path / "out" / "report.html") in done.stdout
    assert done.stderr == ""  # no progress bar when it is not a terminal
    again = zhen("run", tmp_path / "in", "--out", tmp_path / "out", "--no-prefect")
    assert "Nothing has changed" in again.stdout


def test_inspect_checks_the_files(corpus: Path, tmp_path: Path) -> None:
    done = zhen("inspect", corpus)
    assert done.returncode == 0, done.stderr
    assert "2 pairs, 2 unpaired." in done.stdout
    assert json.loads(zhen("inspect", corpus, "--json").stdout)["pairs"] == {
        "file_name": 1,
        "same_page": 1,
    }
    broken = tmp_path / "broken"
    subprocess.run(["cp", "-r", str(corpus), str(broken)], check=True)
    with open(broken / "zh.jsonl", "ab") as file:
        file.write(b"\n")
    done = zhen("inspect", broken)
    assert done.returncode == 1
    assert "zh.jsonl" in done.stderr


@pytest.mark.parametrize("to", ["tsv", "moses", "tmx", "parquet", "articles"])
def test_export(corpus: Path, tmp_path: Path, to: str) -> None:
    done = zhen("export", corpus, "--to", to, "--out", tmp_path / "export", "--origin", "source")
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "export")


def test_ingest_gives_article_lines(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    done = zhen("ingest", tmp_path / "page.txt")
    assert done.returncode == 0, done.stderr
    zh, en = map(json.loads, done.stdout.strip().split("\n"))
    assert (zh["lang"], en["lang"]) == ("zh", "en")
    assert zh["sentences"][0]["tokens"]
    done = zhen("ingest", tmp_path / "page.txt", "--out", tmp_path / "a.jsonl")
    assert done.stdout == ""
    assert len((tmp_path / "a.jsonl").read_text("utf-8").strip().split("\n")) == 2


def test_ingest_tells_what_it_refuses_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "frog.txt").write_text(ALONE_EN, encoding="utf-8")
    done = zhen("ingest", tmp_path)
    assert done.returncode == 1
    assert "empty.txt: empty:" in done.stderr
    assert len(done.stdout.strip().split("\n")) == 1


def test_ingest_explains_every_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"2024-05-06 来源：云海日报\n{ZH}", encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<html><body><p>{EN}</p></body></html>", encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": ALONE_EN}) + "\n", encoding="utf-8")
    (tmp_path / "d.txt").write_bytes(b"")
    (tmp_path / "e.docx").write_bytes(docx("".join(map(p, EN.split("\n\n")))))
    done = zhen("ingest", "--explain", tmp_path)
    assert done.returncode == 1
    assert "d.txt: empty:" in done.stderr
    shown = done.stdout.split("\n")
    assert {
        *("a.txt: txt", "b.html: html", "c.jsonl:1: jsonl", "e.docx: docx"),
    } <= {s.split(",")[0] for s in shown}
    assert any(s.startswith("1 metadata ") and s.endswith("{云海日报}") for s in shown)
    assert any("^ published = 2024-05-06 from “2024-05-06” at 0-10" in s for s in shown)
    assert not any("\x1b" in s or s.endswith(" ") for s in shown)


def test_detect(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    done = zhen("detect", tmp_path / "zh.txt", tmp_path / "en.txt")
    rows = [row.split("\t") for row in done.stdout.strip().split("\n")]
    assert [row[1:3] for row in rows] == [["zh", "Hans"], ["en", ""]]
    assert zhen("detect", input=ZH).stdout.split("\t")[:2] == ["-", "zh"]


def test_segment() -> None:
    done = zhen("segment", input="他说：“好。”然后走了。第二句。")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[-2] == "第二句。"
    done = zhen("segment", "--words", input="台积电的良率高。")
    assert done.stdout == "台积电 的 良率 高 。\n"
    assert zhen("segment", input="Prices rose 3.5%. No. 5 fell.").stdout == (
        "Prices rose 3.5%.\nNo. 5 fell.\n"
    )


def test_align_two_files(tmp_path: Path) -> None:
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    zh.write_text("大桥周一通车。\n全长3.2公里。\n", encoding="utf-8")
    en.write_text("The bridge opened on Monday.\nIt is 3.2 kilometers long.\n", encoding="utf-8")
    done = zhen("align", zh, en, "--format", "tsv")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip().split("\n")) >= 2
    assert "全长3.2公里。\tIt is 3.2 kilometers long." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["run"], 2, "Missing argument"),
        (["run", "nowhere", "--out", "OUT"], 2, "nowhere"),
        (["run", "IN"], 2, "--out"),
        (["run", "IN", "--out", "OUT", "--no-such-option"], 2, "--no-such-option"),
        (["run", "IN", "--out", "OUT", "--set", "pair.nothing=1"], 2, "pair.nothing"),
        (["run", "IN", "--out", "OUT", "--set", "pair.min_score=high"], 2, "pair.min_score"),
        (["run", "IN", "--out", "OUT", "--config", "nowhere.toml"], 2, "nowhere.toml"),
        (["run", "IN", "--out", "OUT", "--pairs", "nowhere.tsv"], 2, "nowhere.tsv"),
        (["run", "IN", "--out", "OUT", "--translator", "/nowhere"], 2, "/nowhere"),
        (["run", "IN", "--out", "OUT", "--runner", "magic"], 2, "runner"),
        (["run", "IN", "--out", "IN"], 2, "lies inside the output folder"),
        (["run", "EMPTY", "--out", "OUT"], 1, "no documents"),
        (["inspect", "IN"], 1, "not a published corpus"),
        (["export", "IN", "--to", "tsv", "--out", "OUT"], 1, "not a corpus"),
        (["export", "CORPUS", "--to", "docx", "--out", "OUT"], 2, "docx"),
        (["segment", "--lang", "fr", "FILE"], 2, "fr"),
        (["align", "nowhere.txt", "FILE"], 2, "nowhere.txt"),
        (["train", "translator", "--data", "IN", "--out", "OUT"], 2, "meta.json is missing"),
        (["train", "translator", "--data", "IN", "--out", "OUT", "--set", "steps=x"], 2, "steps"),
        (["models", "convert", "IN", "--out", "OUT"], 2, "config.json is missing"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    corpus: Path, tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "f.txt").write_text("x", encoding="utf-8")
    places = {
        "IN": inbox(tmp_path / "in"),
        "OUT": tmp_path / "out",
        "EMPTY": tmp_path / "empty",
        "FILE": tmp_path / "f.txt",
        "CORPUS": corpus,
    }
    if arguments[0] == "run" and len(arguments) > 2:
        arguments = [*arguments, "--no-prefect"]
    done = zhen(*[str(places.get(a, a)) for a in arguments], cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().split("\n")) == 1


def test_strict_tells_of_quarantined_inputs(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    (folder / "empty.txt").write_bytes(b"")
    done = zhen("run", folder, "--out", tmp_path / "out", "--no-prefect", "--strict")
    assert done.returncode == 3, done.stderr
    assert (tmp_path / "out" / "manifest.json").exists()
    assert zhen("run", folder, "--out", tmp_path / "out", "--no-prefect").returncode == 0


def test_two_runs_on_one_folder(tmp_path: Path) -> None:
    from tasks.driver.lock import locked

    folder = inbox(tmp_path / "in")
    with locked(tmp_path / "out.zhen"):
        done = zhen("run", folder, "--out", tmp_path / "out", "--no-prefect")
    assert done.returncode == 4, done.stderr
    assert "another run" in done.stderr


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_goes_on_where_it_stopped(tmp_path: Path, sent: int, code: int) -> None:
    folder = inbox(tmp_path / "in")
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        "run",
        folder,
        "--out",
        tmp_path / "out",
        "--no-prefect",
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        # A job that a shell put in the background ignores SIGINT, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        while not (tmp_path / "out.zhen" / "lock").exists():
            assert process.poll() is None, "it ended before it began"
            time.sleep(0.01)
        process.send_signal(sent)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == code, errors
    assert "run again to go on" in errors
    assert not (tmp_path / "out").exists()
    assert zhen("run", folder, "--out", tmp_path / "out", "--no-prefect").returncode == 0


def test_settings_from_flag_environment_and_file(tmp_path: Path) -> None:
    from flows.config import ConfigError, load_config

    file = tmp_path / "zhen.toml"
    file.write_text(
        "[pair]\nmin_score = 0.7\ncandidates = 1\n[run]\nworkers = 3\n", encoding="utf-8"
    )
    environment = {"ZHEN_PAIR_CANDIDATES": "2", "ZHEN_RUN_RUNNER": "threads"}
    config = load_config(file, flags=["pair.min_score=0.9"], environment=environment)
    assert (config.settings.pair.min_score, config.settings.pair.candidates) == (0.9, 2)
    assert (config.run.workers, config.run.runner) == (3, "threads")
    file.write_text("pair = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="stands outside a section"):
        load_config(file, environment={})
    file.write_text("[pair\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"zhen\.toml"):
        load_config(file, environment={})


@pytest.mark.integration
def test_the_prefect_flow_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = inbox(tmp_path / "in")
    environment = {"ZHEN_CACHE_DIR": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    command = [
        sys.executable,
        "-m",
        "flows.build_corpus",
        str(folder),
        "--out",
        str(tmp_path / "a"),
    ]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert zhen("run", folder, "--out", tmp_path / "b", "--no-prefect").returncode == 0
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "a",
        "a.zhen",
        "b",
        "b.zhen",
        "cache",
        "in",
    ]


def test_an_interrupt_in_code_made_from_a_string_ends_with_our_code(tmp_path: Path) -> None:
    # Python run with -m would end itself by SIGINT (-2 to a parent) where a plain one had passed there.
    (tmp_path / "interrupted.py").write_text(
        "from flows.cli.errors import Interrupted, told_plainly\n"
        "with told_plainly():\n"
        "    exec('raise Interrupted')\n"
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        env={**os.environ, "PYTHONPATH": path},
        stderr=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 130
