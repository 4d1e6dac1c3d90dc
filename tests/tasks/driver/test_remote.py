"""A work store at a URL: the same bytes, nothing done twice, nothing lost but the shard at work."""

import asyncio
import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.config import RunSettings, load_config
from flows.running import make_executor
from tasks.driver import Outcome, PoolExecutor, SerialExecutor, make_plan, run
from tasks.driver import build as build_module
from tasks.driver.cleaning import clean_work, store_size
from tasks.driver.executors import SiteError
from tasks.driver.outlook import look_ahead
from tasks.driver.remote import RemoteWriter, read_object, remote_segments, write_object
from tasks.driver.store import StoreError, WorkStore, open_writer, read_payload, stage_key
from tests.object_store import BUCKET, needs_s3, s3_service
from tests.pages import ALONE_EN, inbox, tree

fsspec = pytest.importorskip("fsspec")
SETTINGS = load_config(environment={}).settings
KEYS = [stage_key("test", str(number)) for number in range(4)]


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A bucket of an S3 service, which this process and those that it starts find."""
    with (
        s3_service(tmp_path_factory.mktemp("s3")) as environment,
        pytest.MonkeyPatch.context() as m,
    ):
        for name, value in environment.items():
            m.setenv(name, value)
        fsspec.filesystem("s3").clear_instance_cache()
        yield f"s3://{BUCKET}"


@pytest.fixture(params=["memory", "file", pytest.param("s3", marks=[pytest.mark.slow, needs_s3])])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store in the memory of this process, one in files that are written like objects, and one
    in a bucket.
    """
    if request.param == "s3":
        yield f"{request.getfixturevalue('bucket')}/{tmp_path.name}"
    elif request.param == "file":
        yield f"file://{tmp_path}/store"
    else:
        yield f"memory://{tmp_path.name}/store"
        fsspec.filesystem("memory").rm("/", recursive=True)


def build(top: Path, url: str, **options: int) -> Outcome:
    plan = make_plan([top / "in"], top / "out", SETTINGS, store_url=url, **options)
    return run(plan, SerialExecutor())


def test_what_a_shard_stored_is_there_for_the_next(url: str) -> None:
    writer = open_writer(url, "1-a")
    assert isinstance(writer, RemoteWriter)
    first = [writer.put(key, b"payload %d" % n) for n, key in enumerate(KEYS[:2])]
    assert len(WorkStore(url)) == 0  # not before the shard is done
    writer.sync()
    writer.put(KEYS[2], b"payload 2")
    writer.sync()
    writer.sync()  # nothing to store
    writer.put(KEYS[3], b"lost with the process")
    assert len(remote_segments(url)) == 2
    store = WorkStore(url)
    assert [store.get(key) for key in KEYS[:3]] == [b"payload 0", b"payload 1", b"payload 2"]
    assert KEYS[3] not in store
    assert [read_payload(place) for place in first] == [b"payload 0", b"payload 1"]


@pytest.mark.parametrize("what", ["no list", "half a list", "no records", "other records"])
def test_a_segment_that_is_not_whole_is_not_there_or_told(url: str, what: str) -> None:
    writer = open_writer(url, "1-a")
    writer.put(KEYS[0], b"payload 0")
    writer.sync()
    (segment,) = remote_segments(url)
    name = segment.rpartition("/")[2]
    files, root = fsspec.core.url_to_fs(url)
    if what == "no list":
        files.rm_file(f"{root}/{name}.list")
    elif what == "half a list":
        write_object(url, f"{name}.list", read_object(url, f"{name}.list")[:-1])
    elif what == "no records":
        files.rm_file(f"{root}/{name}")
    else:
        write_object(url, name, read_object(url, name)[:-1] + b"X")
    store = WorkStore(url)
    if what == "other records":
        with pytest.raises(StoreError, match="damaged"):
            store.get(KEYS[0])
    else:
        assert len(store) == 0


def test_a_run_gives_the_same_bytes_and_goes_on_from_the_store(tmp_path: Path, url: str) -> None:
    folder = inbox(tmp_path / "in")
    run(make_plan([folder], tmp_path / "whole", SETTINGS), SerialExecutor())
    assert build(tmp_path, url, shard_size=2).done == {
        "ingest": 5, "words": 5, "sign": 5, "align": 2,
    }  # fmt: skip
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
    assert not (tmp_path / "out.zhen" / "work").exists()
    assert build(tmp_path, url).done == {}
    (folder / "frog.txt").write_text(ALONE_EN + " It is green.", encoding="utf-8")
    plan = make_plan([folder], tmp_path / "out", SETTINGS, store_url=url)
    assert look_ahead(plan).work == {"ingest": 1, "words": 1, "sign": 1}
    assert build(tmp_path, url).done == {"ingest": 1, "words": 1, "sign": 1}
    run(make_plan([folder], tmp_path / "fresh", SETTINGS), SerialExecutor())
    assert tree(tmp_path / "out") == tree(tmp_path / "fresh")


def test_a_run_that_is_cut_off_loses_the_shard_at_work_only(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox(tmp_path / "in")

    class Killed(BaseException):
        pass

    process, calls = build_module.process_units, 0

    def killed(shard: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Killed
        return process(shard)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(build_module, "process_units", killed)
        with pytest.raises(Killed):
            build(tmp_path, url, shard_size=1)
    assert build(tmp_path, url).done == {"ingest": 3, "words": 3, "sign": 3, "align": 2}


def test_cleaning_drops_what_nobody_needs(tmp_path: Path, url: str) -> None:
    folder = inbox(tmp_path / "in")
    build(tmp_path, url, shard_size=2)
    (folder / "football.txt").unlink()
    (folder / "frog.txt").write_text(ALONE_EN + " It is green.", encoding="utf-8")
    build(tmp_path, url)
    before, size = len(WorkStore(url)), store_size(url)
    dropped = clean_work(tmp_path / "out", tmp_path / "out.zhen", 1, url)
    assert dropped.results == 6
    assert dropped.result_bytes == size - store_size(url) > 0
    assert len(WorkStore(url)) == before - 6
    assert len(remote_segments(url)) == 1
    assert build(tmp_path, url).done == {}


def test_processes_share_a_store(tmp_path: Path) -> None:
    url = f"file://{tmp_path}/store"
    folder = inbox(tmp_path / "in")
    executor = PoolExecutor("processes", 2)
    try:
        plan = make_plan([folder], tmp_path / "out", SETTINGS, shard_size=1, store_url=url)
        assert run(plan, executor).done["ingest"] == 5
    finally:
        executor.close()
    assert build(tmp_path, url).done == {}
    run(make_plan([folder], tmp_path / "whole", SETTINGS), SerialExecutor())
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_threads_share_a_store(tmp_path: Path, url: str) -> None:
    writers = [open_writer(url, f"1-{n}") for n in range(4)]

    def write(number: int) -> None:
        for turn in range(20):
            writers[number].put(stage_key("test", f"{number} {turn}"), b"x" * 100)
            writers[number].sync()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(WorkStore(url)) == 80


@pytest.mark.parametrize(
    ("url", "words"),
    [("nowhere://bucket/x", "Protocol not known"), ("file:///proc/nothing", "cannot be used")],
)
def test_a_store_that_cannot_be_used_is_one_line(tmp_path: Path, url: str, words: str) -> None:
    inbox(tmp_path / "in")
    with pytest.raises(StoreError, match=words):
        build(tmp_path, url)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@needs_s3
def test_a_bucket_that_is_not_there_is_told_and_not_made(tmp_path: Path, bucket: str) -> None:
    """The file system of S3 makes buckets on the way; a slip of the pen would cost money."""
    inbox(tmp_path / "in")
    with pytest.raises(
        StoreError, match=r"s3://corpra/x cannot be used: there is no bucket corpra"
    ):
        build(tmp_path, "s3://corpra/x")
    with pytest.raises(StoreError, match="s3://corpra/x cannot be used"):
        write_object("s3://corpra/x", "name", b"content")
    assert not fsspec.filesystem("s3").exists("corpra")


@pytest.mark.slow
@needs_s3
def test_a_service_that_does_not_answer_is_one_line(
    tmp_path: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its library's error is none of the system's, and once was a traceback."""
    inbox(tmp_path / "in")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    fsspec.filesystem("s3").clear_instance_cache()
    with pytest.raises(StoreError, match=r"s3://corpora/x cannot be used: Could not connect"):
        build(tmp_path, f"{bucket}/x")
    fsspec.filesystem("s3").clear_instance_cache()


def test_what_a_library_loses_on_the_way_prints_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A writer of aiohttp whose service went away has an error of its own, which nobody waits for;
    asyncio printed it with a traceback above zhen's one line.
    """
    asyn = pytest.importorskip("fsspec.asyn")

    class Losing(asyn.AsyncFileSystem):  # type: ignore[misc, name-defined]
        protocol = "losing"

        async def _cat_file(self, path: str, **_: object) -> bytes:
            async def write() -> None:
                raise ConnectionResetError("Cannot write to closing transport")

            asyncio.create_task(write())  # noqa: RUF006 - what the test is about
            await asyncio.sleep(0.01)
            raise ConnectionError(f"could not connect: {path}")

    fsspec.register_implementation("losing", Losing, clobber=True)
    with pytest.raises(StoreError, match="losing://x cannot be used: could not connect: x/name"):
        read_object("losing://x", "name")
    gc.collect()
    assert caplog.text == ""


def test_the_setting_is_a_url() -> None:
    with pytest.raises(ValueError, match="store is a URL"):
        RunSettings(store="/somewhere")


@pytest.mark.integration
@pytest.mark.timeout(240)
def test_a_cluster_shares_no_folder_but_the_store(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    url = f"file://{tmp_path}/store"
    folder = inbox(tmp_path / "in")
    run(make_plan([folder], tmp_path / "whole", SETTINGS), SerialExecutor())
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0", memory_limit=0
    ) as cluster:
        settings = RunSettings(runner="dask", address=cluster.scheduler_address)
        plan = make_plan([folder], tmp_path / "out", SETTINGS, shard_size=1, store_url=url)
        with make_executor(settings, plan) as executor:
            assert run(plan, executor).done["ingest"] == 5
        assert tree(tmp_path / "out") == tree(tmp_path / "whole")
        with make_executor(settings, plan) as executor:
            fsspec.filesystem("file").rm_file(f"{tmp_path}/store/site")
            (folder / "frog.txt").unlink()
            (folder / "toad.txt").write_text(ALONE_EN + " It is green.", encoding="utf-8")
            plan = make_plan([folder], tmp_path / "out", SETTINGS, store_url=url)
            with pytest.raises(SiteError, match=r"cannot see or write the work store file://"):
                run(plan, executor)
