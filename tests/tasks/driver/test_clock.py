"""What the stages cost."""

import json
import subprocess
import sys
from pathlib import Path
from time import sleep

from tasks.driver.clock import StageClock, StageTimes

ROOT = Path(__file__).parents[3]

# In a process of its own, which is small before. It is started by a shell, since the system takes
# the memory of the process that starts another for a peak of the other.
GROW = """
import json
from tasks.driver.clock import StageClock
clock = StageClock()
with clock.stage("large"):
    block = b"x" * 100_000_000
del block
with clock.stage("small"):
    block = b"x" * 10_000_000
print(json.dumps(clock.times().memory), clock.times().peak_bytes)
"""


def test_memory_is_told_of_the_stage_that_needs_it() -> None:
    command = ["sh", "-c", '"$0" -c "$1"; exit $?', sys.executable, GROW]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    memory, _, peak = done.stdout.rpartition(" ")
    assert json.loads(memory).keys() == {"large"}
    assert 100_000_000 < json.loads(memory)["large"] <= int(peak)


def test_a_process_does_not_answer_for_the_memory_of_its_parent() -> None:
    block = b"x" * 200_000_000
    code = "from tasks.driver.clock import peak_memory; print(peak_memory())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert 1_000_000 < int(done.stdout) < len(block)


def test_seconds_add_up_and_memory_does_not() -> None:
    clock = StageClock()
    for _ in range(2):
        with clock.stage("a"):
            sleep(0.01)
    assert clock.times().seconds["a"] >= 0.02
    one = StageTimes({"a": 1.0, "b": 2.0}, 50, {"a": 50})
    other = StageTimes({"b": 3.0}, 70, {"a": 40, "b": 70})
    assert one + other == StageTimes({"a": 1.0, "b": 5.0}, 70, {"a": 50, "b": 70})
    assert one + StageTimes() == one


def test_waiting_costs_no_processor() -> None:
    clock = StageClock()
    with clock.stage("a"):
        sleep(0.05)
    times = clock.times()
    assert times.cpu["a"] < 0.04 <= times.seconds["a"]
