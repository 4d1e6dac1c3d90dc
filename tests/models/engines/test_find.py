import json
import shutil
import struct
import time
from pathlib import Path

import pytest

from models.engines import EN_ZH, ZH_EN, EngineError, EngineSettings, find_engine
from models.engines import find as find_module
from models.engines.codes import Family
from models.engines.files import Layout, check_folder, folder_digest
from models.records import Lang
from tests.models.engines.random_model import train_spm, write_random_model


def transformers_folder(folder: Path, **config: str) -> Path:
    """All the files of an opus-mt folder, with weights of no use but whole."""
    folder.mkdir(parents=True)
    spm = train_spm(folder)
    (folder / "target.spm").write_bytes(spm.read_bytes())
    (folder / "vocab.json").write_text(json.dumps({"</s>": 0, "<unk>": 1, "<pad>": 2}))
    (folder / "config.json").write_text(json.dumps({"model_type": "marian", **config}))
    header = json.dumps({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(8))
    return folder


def hub_folder(tmp_path: Path, hub_id: str) -> Path:
    repository = tmp_path / "hub" / f"models--{hub_id.replace('/', '--')}"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("abc")
    return transformers_folder(repository / "snapshots" / "abc")


def test_none_is_none_and_auto_finds_nothing_on_an_empty_machine() -> None:
    assert find_engine("none") is None
    assert find_engine("auto") is None


def test_a_ctranslate2_folder_is_taken_as_it_is(random_model: Path) -> None:
    spec = find_engine(str(random_model))
    assert spec is not None
    assert spec.engine == "ctranslate2"
    assert spec.directions == {ZH_EN, EN_ZH}
    identity = spec.identity(Lang.ZH, Lang.EN)
    assert identity.model == "model"
    assert len(identity.revision) == 16
    assert identity.settings["compute_type"] == "int8"
    assert "threads" not in identity.settings


def test_the_revision_follows_the_files_and_not_the_place(
    random_model: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(random_model, copy)
    memory = tmp_path / "memory"
    assert folder_digest(copy) == folder_digest(random_model) == folder_digest(copy, memory)
    assert folder_digest(copy, memory) == folder_digest(copy)
    (copy / "zhen.json").write_text('{"directions": ["zh-en"]}')
    assert folder_digest(copy, memory) != folder_digest(random_model)
    assert check_folder(copy).directions == {ZH_EN}


def test_a_remembered_digest_is_not_taken_for_a_changed_file(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    weights = folder / "model.bin"
    weights.write_bytes(bytes(2 << 20))
    first = folder_digest(folder, tmp_path / "memory")
    assert list((tmp_path / "memory").iterdir())
    weights.write_bytes(bytes(2 << 20) + b"1")
    assert folder_digest(folder, tmp_path / "memory") != first


def test_the_model_that_ships_is_the_first_choice(
    random_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub_folder(tmp_path, "Helsinki-NLP/opus-mt-zh-en")
    monkeypatch.setattr(find_module, "SHIPPED", random_model)
    spec = find_engine("auto")
    assert spec is not None
    assert spec.name == "zhen"


def test_auto_takes_an_opus_pair_that_lies_on_disk(tmp_path: Path) -> None:
    hub_folder(tmp_path, "Helsinki-NLP/opus-mt-zh-en")
    one = find_engine("auto")
    assert one is not None
    assert one.directions == {ZH_EN}
    hub_folder(tmp_path, "Helsinki-NLP/opus-mt-en-zh")
    both = find_engine("auto")
    assert both is not None
    assert both.directions == {ZH_EN, EN_ZH}
    assert both.model_for(Lang.EN, Lang.ZH).name == "Helsinki-NLP/opus-mt-en-zh"


def test_auto_passes_over_a_broken_download_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (hub_folder(tmp_path, "Helsinki-NLP/opus-mt-zh-en") / "vocab.json").unlink()
    assert find_engine("auto") is None
    assert "vocab.json is missing" in caplog.text


def test_without_torch_a_model_that_needs_conversion_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = transformers_folder(tmp_path / "opus-mt-zh-en")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(
        EngineError, match=r"converting opus-mt-zh-en once needs torch.*zhen\[torch\]"
    ):
        find_engine(str(folder))
    hub_folder(tmp_path, "Helsinki-NLP/opus-mt-zh-en")
    assert find_engine("auto") is None
    assert "needs torch" in caplog.text


def test_a_hub_id_that_is_not_here_is_one_line_without_the_network() -> None:
    with pytest.raises(EngineError, match="zhen models pull someone/some-model") as error:
        find_engine("someone/some-model")
    assert "\n" not in str(error.value)


def test_a_pulled_model_is_found_by_its_id(random_model: Path, tmp_path: Path) -> None:
    shutil.copytree(random_model, tmp_path / "cache" / "models" / "someone--some-model")
    spec = find_engine("someone/some-model")
    assert spec is not None
    assert spec.identity(Lang.EN, Lang.ZH).model == "someone/some-model"


@pytest.mark.parametrize("spec", ["/nowhere/at/all", "./nothing", "nothing", "a,b,c"])
def test_what_is_no_model_is_said_in_one_line(spec: str) -> None:
    with pytest.raises(EngineError):
        find_engine(spec)


def test_two_models_must_have_different_directions(tmp_path: Path) -> None:
    first = transformers_folder(tmp_path / "opus-mt-zh-en")
    second = transformers_folder(tmp_path / "opus-mt-en-zh")
    spec = find_engine(f"{first},{second}")
    assert spec is not None
    assert spec.directions == {ZH_EN, EN_ZH}
    with pytest.raises(EngineError, match="same direction"):
        find_engine(f"{first},{first}")


def test_the_transformers_engine_refuses_a_converted_model(random_model: Path) -> None:
    with pytest.raises(EngineError, match="CTranslate2"):
        find_engine(str(random_model), engine="transformers")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("model.bin", "model.bin"),
        ("source.spm", "source.spm is missing"),
        ("shared_vocabulary.json", "vocabulary"),
        ("config.json", "config.json is missing"),
    ],
)
def test_a_missing_file_is_named(
    random_model: Path, tmp_path: Path, name: str, wanted: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(random_model, folder)
    (folder / name).unlink()
    with pytest.raises(EngineError, match=wanted) as error:
        find_engine(str(folder))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("keep", [0, 3, 100, -1])
def test_cut_off_weights_are_found_without_loading(
    random_model: Path, tmp_path: Path, keep: int
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(random_model, folder)
    (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:keep])
    with pytest.raises(EngineError, match=r"model\.bin"):
        find_engine(str(folder))


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("config.json", "{", "no JSON"),
        ("config.json", '{"model_type": "llama"}', "'llama' is not a model type"),
        ("config.json", "[]", "no JSON object"),
        ("model.safetensors", "", "is empty"),
        ("model.safetensors", "12345678901234567890", "broken or cut off"),
        ("source.spm", None, "source.spm is missing"),
        ("model.safetensors", None, "no weights"),
        ("vocab.json", None, "vocab.json is missing"),
    ],
)
def test_a_broken_transformers_folder_names_its_file(
    tmp_path: Path, name: str, content: str | None, wanted: str
) -> None:
    folder = transformers_folder(tmp_path / "opus-mt-zh-en")
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content)
    with pytest.raises(EngineError, match=wanted) as error:
        check_folder(folder)
    assert "\n" not in str(error.value)


def test_gigabytes_of_weights_are_judged_in_no_time(tmp_path: Path) -> None:
    # A download that stopped at 4 of 8 GB: the header says so, the weights are not read.
    folder = transformers_folder(tmp_path / "opus-mt-zh-en")
    header = json.dumps({"w": {"dtype": "F32", "shape": [1 << 31], "data_offsets": [0, 1 << 33]}})
    with (folder / "model.safetensors").open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header.encode())
        file.truncate(1 << 32)
    started = time.process_time()
    with pytest.raises(EngineError, match=r"model\.safetensors is broken or cut off"):
        find_engine(str(folder))
    assert time.process_time() - started < 0.5


def test_missing_shards_and_broken_archives_are_named(tmp_path: Path) -> None:
    folder = transformers_folder(tmp_path / "opus-mt-zh-en")
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"PK\3\4 but no end")
    with pytest.raises(EngineError, match=r"pytorch_model\.bin is broken"):
        check_folder(folder)
    index = {"weight_map": {"a": "model-00001-of-00002.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(EngineError, match=r"model-00001-of-00002\.safetensors is missing"):
        check_folder(folder)


def test_directions_come_from_card_tags_tokenizer_or_name(tmp_path: Path) -> None:
    assert check_folder(transformers_folder(tmp_path / "opus-mt-en-zh")).directions == {EN_ZH}
    assert check_folder(transformers_folder(tmp_path / "a" / "zho-eng")).directions == {ZH_EN}
    plain = transformers_folder(tmp_path / "mine")
    with pytest.raises(EngineError, match="source_lang and target_lang"):
        check_folder(plain)
    (plain / "tokenizer_config.json").write_text('{"source_lang": "zho", "target_lang": "eng"}')
    assert check_folder(plain).directions == {ZH_EN}
    (plain / "vocab.json").write_text(json.dumps({">>zh<<": 0, ">>en<<": 1}))
    assert check_folder(plain).directions == {ZH_EN, EN_ZH}
    (plain / "zhen.json").write_text('{"directions": ["en-zh"]}')
    assert check_folder(plain).directions == {EN_ZH}


@pytest.mark.parametrize(
    ("specials", "family"),
    [
        (("zho_Hans", "eng_Latn"), Family.NLLB),
        (("__zh__", "__en__"), Family.M2M100),
        (("zh_CN", "en_XX"), Family.MBART),
        (("zh_CN", "en_XX", "af_ZA"), Family.MBART50),
    ],
)
def test_the_family_of_a_converted_model_shows_in_its_vocabulary(
    tmp_path: Path, specials: tuple[str, ...], family: Family
) -> None:
    folder = write_random_model(
        tmp_path / "m", specials=specials, spm_name="sentencepiece.bpe.model"
    )
    found = check_folder(folder)
    assert (found.family, found.layout) == (family, Layout.CTRANSLATE2)
    assert found.directions == {ZH_EN, EN_ZH}


@pytest.mark.parametrize(
    ("kind", "tokenizer", "family"),
    [
        ("m2m_100", "NllbTokenizer", Family.NLLB),
        ("m2m_100", "M2M100Tokenizer", Family.M2M100),
        ("mbart", "MBart50Tokenizer", Family.MBART50),
        ("mbart", "MBartTokenizer", Family.MBART),
    ],
)
def test_the_family_of_a_transformers_model(
    tmp_path: Path, kind: str, tokenizer: str, family: Family
) -> None:
    folder = transformers_folder(tmp_path / "model", model_type=kind)
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": tokenizer}))
    assert check_folder(folder).family is family


def test_settings_that_change_a_result_are_in_the_identity(random_model: Path) -> None:
    identities = set()
    for settings in (
        EngineSettings(),
        EngineSettings(compute_type="float32"),
        EngineSettings(window=100),
        EngineSettings(threads=3),
    ):
        spec = find_engine(str(random_model), settings=settings)
        assert spec is not None
        identities.add(tuple(sorted(spec.identity(Lang.ZH, Lang.EN).settings.items())))
    assert len(identities) == 3
