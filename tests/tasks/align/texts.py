"""Small made-up bilingual texts."""

import random

#: Words that translate each other.
WORDS = [
    ("苹果", "apple"), ("河流", "river"), ("医生", "doctor"), ("学校", "school"), ("火车", "train"),
    ("市场", "market"), ("天气", "weather"), ("电影", "film"), ("音乐", "music"), ("森林", "forest"),
    ("老师", "teacher"), ("窗户", "window"), ("花园", "garden"), ("城市", "city"), ("朋友", "friend"),
    ("故事", "story"), ("海洋", "ocean"), ("桥梁", "bridge"), ("厨房", "kitchen"), ("机器", "machine"),
    ("农民", "farmer"), ("警察", "police"), ("银行", "bank"), ("山脉", "mountain"), ("图书馆", "library"),
    ("士兵", "soldier"), ("夏天", "summer"), ("冬天", "winter"), ("早晨", "morning"), ("晚上", "evening"),
]  # fmt: skip


def sentences(count: int, seed: int = 0, words: int = 4) -> tuple[list[str], list[str]]:
    """``count`` sentence pairs that translate each other word by word."""
    rng = random.Random(seed)
    zh, en = [], []
    for _ in range(count):
        chosen = rng.sample(WORDS, words)
        zh.append("我们看见" + "和".join(z for z, _ in chosen) + "。")
        en.append("We saw the " + " and the ".join(e for _, e in chosen) + ".")
    return zh, en
