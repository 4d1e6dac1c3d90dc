"""Terms through a trained model: 200 sentences with names that it has never seen.

The model is taught a small grammar with a dozen company names, and with placeholders in their
place. The glossary then holds ten other names.
"""

from pathlib import Path

import pytest

from models.engines import (
    EN_ZH,
    ZH_EN,
    Direction,
    Engine,
    PrefixEngine,
    find_engine,
    open_engine,
)
from models.glossary import Glossary, Term
from models.training.data import DataSettings
from models.training.data_noise import NoiseSettings
from models.training.translator import train_translator
from models.training.translator_settings import TranslatorSettings
from tasks.evaluate.translate import evaluate_translation

pytestmark = pytest.mark.slow

TAUGHT = [
    ("华星", "Huaxing"),
    ("东海集团", "Donghai Group"),
    ("天宇", "Tianyu"),
    ("绿洲科技", "Oasis Tech"),
    ("北川", "Beichuan"),
    ("金桥", "Golden Bridge"),
    ("远航", "Yuanhang"),
    ("山河", "Shanhe"),
    ("未来能源", "Future Energy"),
    ("银杏", "Ginkgo"),
    ("长风", "Changfeng"),
    ("海图", "Haitu"),
]
UNKNOWN = [
    ("明月汽车", "Mingyue Auto"),
    ("星火", "Xinghuo"),
    ("白鹿", "White Deer"),
    ("云岭", "Yunling"),
    ("赤兔", "Chitu"),
    ("蓝鲸", "Blue Whale"),
    ("青松", "Qingsong"),
    ("飞鱼", "Flying Fish"),
    ("大漠", "Damo"),
    ("雪峰", "Xuefeng"),
]
TIMES = [
    ("昨天", "yesterday"),
    ("今年", "this year"),
    ("上个月", "last month"),
    ("周一", "on Monday"),
]
ACTIONS = [("发布了", "released"), ("购买了", "bought"), ("测试了", "tested"), ("展示了", "showed")]
OBJECTS = [
    ("新型电池", "a new battery"),
    ("机器人", "robots"),
    ("软件更新", "a software update"),
    ("两款手机", "two phones"),
    ("充电站", "charging stations"),
]


def sentences(names: list[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    every = [
        (f"{n[0]}{t[0]}{a[0]}{o[0]}。", f"{n[1]} {a[1]} {o[1]} {t[1]}.")
        for n in names
        for t in TIMES
        for a in ACTIONS
        for o in OBJECTS
    ]
    return [every[index * 7 % len(every)] for index in range(count)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("terms")
    taught = sentences(TAUGHT, 300)
    zh, en = folder / "zh", folder / "en"
    zh.write_text("".join(f"{pair[0]}\n" for pair in taught), encoding="utf-8")
    en.write_text("".join(f"{pair[1]}\n" for pair in taught), encoding="utf-8")
    trained = train_translator(
        folder / "out",
        zh=zh,
        en=en,
        terms=TAUGHT,
        settings=TranslatorSettings.tiny(
            steps=300, checkpoint_every=300, learning_rate=3e-3, warmup=30, d_model=96
        ),
        data_settings=DataSettings(
            vocabulary=520,
            valid_pairs=0,
            noise=NoiseSettings(
                lower=0, upper=0, title=0, no_stop=0, traditional=0, ascii_stops=0, terms=0.5
            ),
        ),
    )
    spec = find_engine(str(trained.converted))
    assert spec is not None
    return open_engine(spec)


def test_nineteen_of_twenty_terms_are_right_and_the_rest_is_no_worse(
    engine: Engine, tmp_path: Path
) -> None:
    path, glossary = _written(tmp_path, UNKNOWN)
    plain = evaluate_translation(path, engine, ZH_EN)
    with_terms = evaluate_translation(path, engine, ZH_EN, glossary=glossary)
    assert with_terms.terms == 200
    assert with_terms.terms_right >= 190
    assert with_terms.chrf >= plain.chrf - 0.5


@pytest.mark.parametrize(
    ("direction", "names"),
    [
        (ZH_EN, UNKNOWN),
        # The English names are strange, the Chinese ones known.
        (EN_ZH, [(known[0], new[1]) for known, new in zip(TAUGHT, UNKNOWN, strict=False)]),
    ],
)
def test_so_are_they_where_the_model_knows_no_placeholders(
    engine: Engine, tmp_path: Path, direction: Direction, names: list[tuple[str, str]]
) -> None:
    # Most models were taught none, and copy a strange name now and then: the rest is forced in.
    path, glossary = _written(tmp_path, names)
    plain = evaluate_translation(path, engine, direction)
    without = evaluate_translation(path, Bare(engine), direction, glossary=glossary)
    forced = evaluate_translation(path, Forcing(engine), direction, glossary=glossary)
    assert without.terms_right < 150
    assert forced.terms_right >= 190
    assert forced.chrf >= max(plain.chrf, without.chrf) - 0.5


class Bare:
    """The same engine without placeholders and without completions."""

    placeholders: tuple[str, ...] = ()

    def __init__(self, engine: Engine):
        self.directions = engine.directions
        self.identity = engine.identity
        self.translate = engine.translate


class Forcing(Bare):
    """The same engine without placeholders."""

    def __init__(self, engine: Engine):
        super().__init__(engine)
        assert isinstance(engine, PrefixEngine)
        self.complete = engine.complete


def _written(folder: Path, names: list[tuple[str, str]]) -> tuple[Path, Glossary]:
    """200 sentences with these names as a file, and the glossary of the names."""
    path = folder / "terms.tsv"
    lines = (f"{zh}\t{en}\n" for zh, en in sentences(names, 200))
    path.write_text("".join(lines), encoding="utf-8")
    return path, Glossary([Term((zh,), (en,)) for zh, en in names])


def test_a_glossary_costs_nothing_where_the_model_is_right_already(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "known.tsv"
    path.write_text("".join(f"{zh}\t{en}\n" for zh, en in sentences(TAUGHT, 100)), encoding="utf-8")
    glossary = Glossary([Term((zh,), (en,)) for zh, en in TAUGHT])
    plain = evaluate_translation(path, engine, ZH_EN)
    with_terms = evaluate_translation(path, engine, ZH_EN, glossary=glossary)
    assert with_terms.chrf >= plain.chrf - 0.5
    assert with_terms.terms_right >= 0.95 * with_terms.terms
