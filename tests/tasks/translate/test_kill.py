"""A run whose translator is killed, and the run after it."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

from models.records import Lang
from tasks.translate import TranslateSettings, TranslationCache, translate_texts
from tests.tasks.translate.fakes import FakeEngine

RUN = """
    import sys, time
    from pathlib import Path
    from models.records import Lang
    from tasks.translate import TranslateSettings, TranslationCache, translate_texts
    from tests.tasks.translate.fakes import FakeEngine, spelled

    def slow(text, target, decoding):
        print(text, flush=True)
        time.sleep(0.002)
        return spelled(text, target)

    texts = [f"第{n}座工厂投产。" for n in range(400)]
    translate_texts(texts, Lang.ZH, Lang.EN, engine=FakeEngine(slow),
                    cache=TranslationCache(Path(sys.argv[1])), settings=TranslateSettings(chunk=16))
"""


def test_a_killed_run_goes_on_where_it_was_and_ends_the_same(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    work = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(RUN), str(path)], stdout=subprocess.PIPE, text=True
    )
    assert work.stdout is not None
    for _ in range(100):
        work.stdout.readline()
    work.send_signal(signal.SIGKILL)
    work.communicate()
    texts = [f"第{n}座工厂投产。" for n in range(400)]

    def run(cache: TranslationCache) -> tuple[list[object], FakeEngine]:
        engine = FakeEngine()
        outcomes, _ = translate_texts(
            texts,
            Lang.ZH,
            Lang.EN,
            engine=engine,
            cache=cache,
            settings=TranslateSettings(chunk=16),
        )
        return list(outcomes), engine

    resumed, engine = run(TranslationCache(path))
    undisturbed, whole = run(TranslationCache())
    assert resumed == undisturbed
    assert len(whole.asked) == 400
    assert len(engine.asked) <= 400 - 80  # at least five whole chunks were kept
    assert not set(engine.asked) & {f"第{n}座工厂投产。" for n in range(80)}
