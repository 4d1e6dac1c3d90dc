"""The CTranslate2 engine on a model of random weights: all but the quality."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.engines import (
    Decoding,
    EngineError,
    EngineNote,
    EngineSettings,
    PrefixEngine,
    Translation,
    find_engine,
    open_engine,
)
from models.records import Lang, OriginKind
from tests.models.engines.random_model import write_random_model
from tests.models.training.grammar import pairs

ZH = [zh for zh, _ in pairs(24)] + ["机器人。", "市政府昨天，" * 6, "没见过的字：鑫淼焱🙂"]
EN = [en for _, en in pairs(12)]


def engine(folder: Path, **settings: object) -> PrefixEngine:
    spec = find_engine(str(folder), settings=EngineSettings(**settings))  # type: ignore[arg-type]
    assert spec is not None
    return open_engine(spec)


def test_order_is_kept_and_a_result_does_not_depend_on_its_batch(random_model: Path) -> None:
    whole = engine(random_model)
    together = whole.translate(ZH, Lang.ZH, Lang.EN)
    assert together == [whole.translate([text], Lang.ZH, Lang.EN)[0] for text in ZH]
    assert together[::-1] == whole.translate(ZH[::-1], Lang.ZH, Lang.EN)
    assert len({answer.text for answer in together}) > 5


def test_batch_size_and_threads_change_nothing(random_model: Path) -> None:
    expected = engine(random_model, threads=1).translate(EN, Lang.EN, Lang.ZH)
    for changes in ({"threads": 2}, {"batch_tokens": 1}, {"batch_tokens": 40, "threads": 2}):
        assert engine(random_model, **changes).translate(EN, Lang.EN, Lang.ZH) == expected


def test_directions_differ_by_the_tag(random_model: Path) -> None:
    both = engine(random_model)
    assert both.translate(ZH[:1], Lang.ZH, Lang.EN) != both.translate(ZH[:1], Lang.EN, Lang.ZH)


def test_a_sentence_beyond_the_window_goes_in_parts(random_model: Path) -> None:
    small = engine(random_model, window=20)
    (answer,) = small.translate(["市政府昨天测试了机器人，" * 30], Lang.ZH, Lang.EN)
    assert EngineNote.SPLIT in answer.flags
    (short,) = small.translate(["机器人"], Lang.ZH, Lang.EN)
    assert EngineNote.SPLIT not in short.flags


def test_an_output_without_end_is_noted(random_model: Path) -> None:
    answers = engine(random_model).translate(ZH, Lang.ZH, Lang.EN)
    assert any(EngineNote.TRUNCATED in answer.flags for answer in answers)


BEGUN = ["", "The", "The company showed", "Researchers"]


def test_a_completion_begins_as_told_and_does_not_depend_on_its_batch(random_model: Path) -> None:
    texts = [text for text in ZH[:8] for _ in BEGUN]
    begun = BEGUN * 8
    whole = engine(random_model)
    together = whole.complete(texts, begun, Lang.ZH, Lang.EN)
    assert all(a.text.startswith(p) for a, p in zip(together, begun, strict=True))
    assert len({answer.text for answer in together}) > 8
    assert together[::-1] == whole.complete(texts[::-1], begun[::-1], Lang.ZH, Lang.EN)
    for changes in ({"batch_tokens": 1}, {"batch_tokens": 40, "threads": 2}):
        assert engine(random_model, **changes).complete(texts, begun, Lang.ZH, Lang.EN) == together


def test_a_sentence_beyond_the_window_is_not_completed(random_model: Path) -> None:
    small = engine(random_model, window=20)
    long, short = small.complete(
        ["市政府昨天测试了机器人，" * 30, "机器人"], ["The city", "Robots"], Lang.ZH, Lang.EN
    )
    assert long == Translation("", None, (EngineNote.SPLIT,))
    assert short.text.startswith("Robots")


def test_the_search_can_be_changed_for_one_call(random_model: Path) -> None:
    whole = engine(random_model)
    free = whole.translate(ZH, Lang.ZH, Lang.EN)
    tight = whole.translate(ZH, Lang.ZH, Lang.EN, decoding=Decoding(beam=1, no_repeat_ngram=1))
    assert free != tight
    assert whole.translate(ZH, Lang.ZH, Lang.EN) == free


@pytest.mark.parametrize("texts", [[], [""], ["   "], ["\u2028"]])
def test_nothing_to_translate_breaks_nothing(random_model: Path, texts: list[str]) -> None:
    assert len(engine(random_model).translate(texts, Lang.ZH, Lang.EN)) == len(texts)


@pytest.mark.parametrize(
    "specials",
    [("zho_Hans", "eng_Latn"), ("__zh__", "__en__"), ("zh_CN", "en_XX", "af_ZA")],
)
def test_language_tokens_do_not_come_out_as_text(tmp_path: Path, specials: tuple[str, ...]) -> None:
    folder = write_random_model(tmp_path / "m", specials=specials, spm_name="spm.model")
    answers = engine(folder).translate(EN[:4], Lang.EN, Lang.ZH)
    assert not any(answer.text.startswith(specials) for answer in answers)
    assert answers != engine(folder).translate(EN[:4], Lang.ZH, Lang.EN)
    completed = engine(folder).complete(EN[:4], ["工厂"] * 4, Lang.EN, Lang.ZH)
    assert all(answer.text.startswith("工厂") for answer in completed)


def test_the_origin_names_engine_model_revision_and_settings(random_model: Path) -> None:
    origin = engine(random_model).identity(Lang.ZH, Lang.EN).origin()
    assert origin.kind is OriginKind.MACHINE
    assert (origin.engine, origin.model) == ("ctranslate2", "model")
    assert origin.revision
    assert origin.settings["beam"] == 4


def test_a_direction_that_is_not_there_is_refused(tmp_path: Path) -> None:
    folder = write_random_model(tmp_path / "m")
    (folder / "zhen.json").write_text('{"directions": ["zh-en"], "placeholders": ["<t1>"]}')
    one = engine(folder)
    assert one.placeholders == ("<t1>",)
    with pytest.raises(EngineError, match="does not translate en to zh"):
        one.translate(EN, Lang.EN, Lang.ZH)
    with pytest.raises(EngineError, match="does not translate en to zh"):
        one.complete(EN, EN, Lang.EN, Lang.ZH)


def test_two_models_work_as_one_engine(tmp_path: Path) -> None:
    folders = []
    for name, direction in (("first", "zh-en"), ("second", "en-zh")):
        folder = write_random_model(tmp_path / name, seed=len(folders))
        (folder / "zhen.json").write_text(f'{{"directions": ["{direction}"]}}')
        folders.append(folder)
    spec = find_engine(",".join(map(str, folders)))
    assert spec is not None
    pair = open_engine(spec)
    assert pair.identity(Lang.ZH, Lang.EN).model == "first"
    assert pair.identity(Lang.EN, Lang.ZH) == spec.identity(Lang.EN, Lang.ZH)
    expected = engine(folders[1]).translate(EN, Lang.EN, Lang.ZH)
    assert pair.translate(EN, Lang.EN, Lang.ZH) == expected
    assert isinstance(pair, PrefixEngine)
    begun = ["工厂"] * len(EN)
    expected = engine(folders[1]).complete(EN, begun, Lang.EN, Lang.ZH)
    assert pair.complete(EN, begun, Lang.EN, Lang.ZH) == expected


def test_a_sentencepiece_file_that_is_cut_off_is_named(random_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(random_model, folder)
    spm = folder / "target.spm"
    spm.write_bytes(spm.read_bytes()[:100])
    with pytest.raises(EngineError, match=r"target\.spm is no SentencePiece model"):
        engine(folder)


def test_neither_torch_nor_transformers_is_imported(random_model: Path) -> None:
    program = """if True:
        import sys
        from models.engines import find_engine, open_engine
        from models.records import Lang
        import tasks.translate
        light = set(sys.modules)
        assert not light & {"ctranslate2", "sentencepiece", "numpy", "torch"}, light
        spec = find_engine(sys.argv[1])
        open_engine(spec).translate(["机器人"], Lang.ZH, Lang.EN)
        assert not {"torch", "transformers"} & set(sys.modules)
    """
    subprocess.run([sys.executable, "-c", program, str(random_model)], check=True)


@pytest.mark.parametrize(
    ("device", "gpus", "wanted"), [("auto", 1, "cuda"), ("auto", 0, "cpu"), ("cpu", 1, "cpu")]
)
def test_a_gpu_is_used_where_there_is_one(
    random_model: Path, monkeypatch: pytest.MonkeyPatch, device: str, gpus: int, wanted: str
) -> None:
    import ctranslate2

    asked: dict[str, object] = {}

    def translator(path: str, **options: object) -> None:
        asked.update(options)

    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: gpus)
    monkeypatch.setattr(ctranslate2, "Translator", translator)
    engine(random_model, device=device, threads=3)
    assert asked["device"] == wanted
    assert asked["inter_threads"] == (1 if wanted == "cuda" else 3)


def test_a_gpu_that_is_not_there_is_one_line(random_model: Path) -> None:
    import ctranslate2

    if ctranslate2.get_cuda_device_count():
        pytest.skip("there is a GPU")
    with pytest.raises(EngineError) as error:
        engine(random_model, device="cuda")
    assert "\n" not in str(error.value)
