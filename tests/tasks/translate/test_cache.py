import pickle
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from models.engines import EngineIdentity
from models.records import Lang
from tasks.translate.cache import CacheError, TranslationCache, cache_key, chunks

WHO = EngineIdentity("fake", "rules", "r1", {"beam": 4})


def test_what_was_put_is_there_for_the_next_process(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "cache.sqlite"
    with TranslationCache(path) as cache:
        assert cache.put({b"a": "1", b"b": "2"}) == {b"a": "1", b"b": "2"}
    with TranslationCache(path) as again:
        assert again.get([b"a", b"c"]) == {b"a": "1"}
        assert again.count() == 2


def test_the_first_answer_stays() -> None:
    cache = TranslationCache()
    cache.put({b"a": "first"})
    assert cache.put({b"a": "second", b"b": "new"}) == {b"a": "first", b"b": "new"}


def test_many_keys_are_asked_in_parts() -> None:
    cache = TranslationCache()
    values = {str(n).encode(): str(n) for n in range(1700)}
    cache.put(values)
    assert cache.get(list(values)) == values


def test_every_part_of_a_key_counts() -> None:
    other = EngineIdentity("fake", "rules", "r2", {"beam": 4})
    search = EngineIdentity("fake", "rules", "r1", {"beam": 5})
    keys = {
        cache_key("a", Lang.ZH, Lang.EN, WHO),
        cache_key("b", Lang.ZH, Lang.EN, WHO),
        cache_key("a", Lang.EN, Lang.ZH, WHO),
        cache_key("a", Lang.ZH, Lang.EN, other),
        cache_key("a", Lang.ZH, Lang.EN, search),
        cache_key("a", Lang.ZH, Lang.EN, WHO, "term"),
    }
    assert len(keys) == 6


def test_the_order_of_settings_does_not_count() -> None:
    first = EngineIdentity("e", "m", "r", {"a": 1, "b": 2})
    second = EngineIdentity("e", "m", "r", {"b": 2, "a": 1})
    assert cache_key("x", Lang.ZH, Lang.EN, first) == cache_key("x", Lang.ZH, Lang.EN, second)


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    path.write_text("this is no database, and long enough to be read as one " * 5)
    with pytest.raises(CacheError, match=r"cache\.sqlite"):
        TranslationCache(path).get([b"a"])


def test_a_cache_of_another_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version=99")
    other.close()
    with pytest.raises(CacheError, match="another version"):
        TranslationCache(path).get([b"a"])


def test_threads_share_a_cache(tmp_path: Path) -> None:
    cache = TranslationCache(tmp_path / "cache.sqlite")
    seen: list[dict[bytes, str]] = []

    def work(name: str) -> None:
        seen.extend(cache.put({str(n).encode(): name}) for n in range(20))

    workers = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for n in range(20):
        assert (
            len({answer[key] for answer in seen for key in answer if key == str(n).encode()}) == 1
        )
    cache.close()


def test_it_travels_to_another_process_by_its_path(tmp_path: Path) -> None:
    cache = TranslationCache(tmp_path / "cache.sqlite")
    cache.put({b"a": "1"})
    with pickle.loads(pickle.dumps(cache)) as copy:
        assert copy.get([b"a"]) == {b"a": "1"}
    cache.close()
    with pytest.raises(TypeError):
        pickle.dumps(TranslationCache())


WRITER = """
    import sys
    from pathlib import Path
    from tasks.translate.cache import TranslationCache
    cache, start = TranslationCache(Path(sys.argv[1])), int(sys.argv[2])
    for n in range(start, start + 100000):
        cache.put({f"{n}-{k}".encode(): f"{n}" for k in range(20)})
        print(n, flush=True)
"""


def test_writers_that_are_killed_leave_whole_transactions(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    committed: list[int] = []
    for start in (0, 1_000_000):
        writers = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    textwrap.dedent(WRITER),
                    str(path),
                    str(start + 500_000 * k),
                ],
                stdout=subprocess.PIPE,
                text=True,
            )
            for k in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            committed += [int(writer.stdout.readline()) for _ in range(5)]
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
    with TranslationCache(path) as cache:
        for n in committed:
            keys = [f"{n}-{k}".encode() for k in range(20)]
            assert cache.get(keys) == dict.fromkeys(keys, str(n))
        assert cache.count() % 20 == 0


def test_what_nobody_asks_for_is_dropped_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cache.sqlite"
    day = 100
    monkeypatch.setattr("tasks.translate.cache._today", lambda: day)
    old = {f"old {n}".encode(): "x" * 500 for n in range(1000)}
    kept = {f"kept {n}".encode(): "y" * 500 for n in range(200)}
    with TranslationCache(path) as cache:
        cache.put(old | kept)
        day = 101
        cache.get(list(kept))  # a use counts
        day = 102
        new = {f"new {n}".encode(): "z" * 500 for n in range(200)}
        cache.put(new)
        whole = cache.size()
        assert cache.shrink(whole) == 0
        dropped = cache.shrink(whole // 2)
        assert cache.size() <= whole // 2
        assert cache.count() == 1400 - dropped
        assert cache.get([*kept, *new]) == kept | new
        assert 0 < len(cache.get(list(old))) == 1000 - dropped
    assert path.stat().st_size <= whole // 2  # the file is smaller too
    with TranslationCache(path) as cache:
        assert cache.shrink(0) == cache.shrink(0) + 1400 - dropped
        assert cache.count() == 0
        assert cache.put({b"a": "1"}) == {b"a": "1"}


def test_a_clock_set_back_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = 100
    monkeypatch.setattr("tasks.translate.cache._today", lambda: day)
    with TranslationCache(tmp_path / "cache.sqlite") as cache:
        cache.put({b"a": "1"})
        day = 3
        assert cache.put({b"b": "2"}) | cache.get([b"a"]) == {b"a": "1", b"b": "2"}


def test_a_cache_of_the_first_layout_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    with sqlite3.connect(path) as old:
        old.execute(
            "CREATE TABLE translation (key BLOB PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
        )
        old.execute("INSERT INTO translation VALUES (x'61', 'one')")
        old.execute("PRAGMA user_version=1")
    old.close()
    with TranslationCache(path) as cache:
        assert cache.get([b"a"]) == {b"a": "one"}
        cache.put({b"b": "two"})
    with TranslationCache(path) as cache:
        assert cache.get([b"a", b"b"]) == {b"a": "one", b"b": "two"}


def test_chunks_lose_nothing() -> None:
    assert [item for part in chunks(range(10), 3) for item in part] == list(range(10))
