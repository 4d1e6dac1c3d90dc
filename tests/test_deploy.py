"""The files for running zhen as a service: as much as can be known of them without running them."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from flows.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"

#: The keys of the Compose specification that we use; a slip of the pen is none of them.
SERVICE = {
    "build", "command", "depends_on", "environment", "healthcheck", "image", "ports", "restart",
    "stop_grace_period", "volumes",
}  # fmt: skip


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return found


def understood(command: list[str]) -> None:
    """Fails unless the arguments of a ``zhen`` command are right."""
    group = typer.main.get_command(app)
    context = group.make_context("zhen", [], resilient_parsing=True)
    found = group.get_command(context, command[0])  # type: ignore[attr-defined]
    assert found is not None
    found.make_context(command[0], command[1:])


def test_compose_has_a_server_a_worker_and_a_shared_folder(compose: dict[str, Any]) -> None:
    assert {key for key in compose if not key.startswith("x-")} == {"name", "services"}
    services = compose["services"]
    assert services.keys() == {"server", "register", "worker"}
    for service in services.values():
        assert service.keys() <= SERVICE
        # One image for all, built from this project.
        assert service["image"] == "zhen"
        context = (DEPLOY / service["build"]["context"]).resolve()
        assert context == ROOT
        assert (context / service["build"]["dockerfile"]).is_file()
        (folder,) = service["volumes"]
        assert re.fullmatch(r"\$\{ZHEN_DATA:-[^}]+\}:/data", folder)
    # Only this machine sees the server, since it asks for no password.
    assert all(port.startswith("127.0.0.1:") for port in services["server"]["ports"])


def test_compose_starts_things_in_their_order(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        for name, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in services[name]
            else:
                assert how["condition"] == "service_completed_successfully"
                assert services[name]["restart"] == "no"
    port = services["server"]["command"][-1]
    for name in ("register", "worker"):
        assert services[name]["environment"]["PREFECT_API_URL"] == f"http://server:{port}/api"
    assert f":{port}/api/health" in services["server"]["healthcheck"]["test"][-1]
    compile(services["server"]["healthcheck"]["test"][-1], "healthcheck", "exec")
    # What both write is in the folder that both share, next to each other.
    for name in ("ZHEN_INBOX", "ZHEN_CORPUS"):
        assert services["register"]["environment"][name].startswith("/data/")


def test_the_dockerfile_copies_what_is_there() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ").split("\n")
    steps = [line.split() for line in lines if line and not line.startswith("#")]
    assert steps[0][0] == "FROM"
    copied = [source for step in steps if step[0] == "COPY" for source in step[1:-1]]
    assert {"pyproject.toml", "prefect.yaml", "flows", "tasks", "models"} <= set(copied)
    assert all((ROOT / source).exists() for source in copied)
    assert ["USER", "zhen"] in steps  # not root
    environment = " ".join(" ".join(step) for step in steps if step[0] == "ENV")
    assert "ZHEN_HOME=/app" in environment


def test_the_pool_is_the_same_everywhere(compose: dict[str, Any]) -> None:
    prefect = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))
    worker = compose["services"]["worker"]["command"]
    pools = {deployment["work_pool"]["name"] for deployment in prefect["deployments"]}
    assert pools == {worker[worker.index("--pool") + 1]} == {"zhen"}
    register = (DEPLOY / "register.sh").read_text("utf-8")
    assert "work-pool create zhen " in register
    for deployment in prefect["deployments"]:
        assert deployment["name"] in register
        assert (ROOT / deployment["entrypoint"].partition(":")[0]).is_file()


def test_the_parameters_of_the_deployments_are_those_of_the_flow() -> None:
    import ast

    tree = ast.parse((ROOT / "flows" / "build_corpus.py").read_text("utf-8"))
    flow = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "build_corpus")
    known = {argument.arg for argument in flow.args.args}
    prefect = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))
    for deployment in prefect["deployments"]:
        assert deployment["parameters"].keys() <= known
    on_demand = next(d for d in prefect["deployments"] if d["name"] == "on-demand")
    assert on_demand["parameters"].keys() == known


def test_a_second_run_waits_for_the_lock_and_for_nothing_that_a_power_cut_leaves() -> None:
    prefect = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))
    for deployment in prefect["deployments"]:
        # Its places stayed taken for ever after a server and a worker had died together.
        assert "concurrency_limit" not in deployment
        assert "run.wait=3600" in deployment["parameters"]["settings"]
    nightly = next(d for d in prefect["deployments"] if d["name"] == "nightly")
    (schedule,) = nightly["schedules"]
    assert len(schedule["cron"].split()) == 5
    assert schedule["timezone"]  # else it is that of the server


def test_scripts_are_in_the_language_of_sh() -> None:
    done = subprocess.run(["sh", "-n", str(DEPLOY / "register.sh")], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_service_runs_a_command_that_there_is() -> None:
    unit = (DEPLOY / "zhen.service").read_text("utf-8")
    (line,) = re.findall(r"^ExecStart=(.*)$", unit, re.M)
    program, *arguments = shlex.split(line)
    assert program.endswith("/.venv/bin/zhen")
    understood(arguments)


def test_the_timer_makes_up_for_a_night_that_was_missed() -> None:
    timer = (DEPLOY / "zhen.timer").read_text("utf-8").split("\n")
    assert {"OnCalendar=*-*-* 02:30:00", "Persistent=true", "WantedBy=timers.target"} <= {*timer}
    assert not any(line.startswith("Unit=") for line in timer)  # it starts what bears its name


@pytest.mark.parametrize("name", ["zhen.service", "zhen.timer"])
def test_systemd_takes_the_units(tmp_path: Path, name: str) -> None:
    program = tmp_path / "zhen"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in ("zhen.service", "zhen.timer"):
        text = (DEPLOY / unit).read_text("utf-8")
        text = text.replace("/srv/zhen/.venv/bin/zhen", str(program))
        (tmp_path / unit).write_text(text)
    lines = [
        line
        for line in (tmp_path / name).read_text("utf-8").split("\n")
        if line and not line.startswith("#")
    ]
    assert all(re.fullmatch(r"\[\w+\]|\w+=.+", line) for line in lines)
    verify = shutil.which("systemd-analyze")
    if verify is None:
        return  # a system without systemd: the shape of the lines is all that can be looked at
    done = subprocess.run(
        [verify, "verify", "--man=no", str(tmp_path / name)], capture_output=True, text=True
    )
    # Unknown keys and bad values are warnings, not errors, to systemd.
    ours = [line for line in done.stderr.split("\n") if str(tmp_path) in line or name in line]
    assert (done.returncode, ours) == (0, [])
