"""Pairs of sentences from a small grammar, for models that a test trains itself."""

from itertools import product
from pathlib import Path

SUBJECTS = (
    ("这家公司", "The company"),
    ("这家银行", "The bank"),
    ("这位工程师", "The engineer"),
    ("市政府", "The city government"),
    ("新工厂", "The new factory"),
    ("研究人员", "Researchers"),
)
TIMES = (("昨天", "yesterday"), ("今年", "this year"), ("上个月", "last month"))
ACTIONS = (
    ("发布了", "released"),
    ("购买了", "bought"),
    ("测试了", "tested"),
    ("展示了", "showed"),
)
OBJECTS = (
    ("新型电池", "a new battery"),
    ("电动汽车", "electric cars"),
    ("机器人", "robots"),
    ("软件更新", "a software update"),
    ("三架无人机", "three drones"),
)


def pairs(count: int) -> list[tuple[str, str]]:
    """``count`` different (zh, en) sentences of the grammar, well mixed."""
    combined = list(product(SUBJECTS, TIMES, ACTIONS, OBJECTS))
    step = 7  # has no factor in common with the 360 sentences
    chosen = [combined[index * step % len(combined)] for index in range(count)]
    return [
        (f"{s[0]}{t[0]}{a[0]}{o[0]}。", f"{s[1]} {a[1]} {o[1]} {t[1]}.") for s, t, a, o in chosen
    ]


def write_pairs(folder: Path, count: int) -> tuple[Path, Path]:
    """Two files of sentences, zh and en."""
    zh, en = folder / "train.zh", folder / "train.en"
    chosen = pairs(count)
    zh.write_text("".join(f"{pair[0]}\n" for pair in chosen), encoding="utf-8")
    en.write_text("".join(f"{pair[1]}\n" for pair in chosen), encoding="utf-8")
    return zh, en
