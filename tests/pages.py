"""Small invented documents that tests share: a pair, a bilingual page, articles that stand alone."""

from pathlib import Path

ZH = (
    "云海市新建的跨江大桥周一正式通车，全长3.2公里，总投资18亿元。\n\n"
    "市长林国栋在通车仪式上表示，大桥将使两岸之间的行车时间从40分钟缩短到8分钟。\n\n"
    "大桥于2021年5月开工，共有约2600名工人参与建设。工程师陈雨晴说，最困难的是在急流中建造主桥墩。\n\n"
    "当地商户希望大桥能带来更多游客。"
)
EN = (
    "A new bridge across the river in Yunhai opened to traffic on Monday. It is 3.2 kilometers long "
    "and cost 1.8 billion yuan.\n\n"
    "Mayor Lin Guodong said at the opening ceremony that the bridge would cut the drive between the "
    "two banks from 40 minutes to 8 minutes.\n\n"
    "Construction began in May 2021, and about 2,600 workers took part. Engineer Chen Yuqing said the "
    "hardest part was building the main pier in the rapid current.\n\n"
    "Local shop owners hope the bridge will bring more tourists."
)
ALONE_EN = (
    "Researchers at the University of Northfield have found a frog that sings at night.\n\n"
    'The team recorded 240 calls in three valleys over two years. "Nobody had listened at that '
    'hour," said Dr. Amelia Hart, who led the study.\n\n'
    "The frog is about 2.5 centimeters long."
)
ALONE_ZH = (
    "中国女足昨晚在友谊赛中以2比1战胜澳大利亚队。\n\n"
    "比赛第15分钟，前锋王霜率先破门。下半场对手扳平比分。第88分钟，替补出场的张琳艳打入制胜一球。\n\n"
    "主教练赛后说，球队还需要改进防守。"
)
PAGE = f"{ZH}\n\n{EN}"


def inbox(folder: Path) -> Path:
    """A folder with one document of each kind: two pairs (by name and by page), three alone."""
    folder.mkdir(parents=True)
    (folder / "bridge.zh.txt").write_text(ZH, encoding="utf-8")
    (folder / "bridge.en.txt").write_text(EN, encoding="utf-8")
    (folder / "page.txt").write_text(
        PAGE.replace("云海", "青城").replace("Yunhai", "Qingcheng"), encoding="utf-8"
    )
    (folder / "frog.txt").write_text(ALONE_EN, encoding="utf-8")
    (folder / "football.txt").write_text(ALONE_ZH, encoding="utf-8")
    return folder


def crowd(folder: Path, pairs: int) -> Path:
    """A folder with many pairs of the same story about other places and other figures."""
    folder.mkdir(parents=True)
    for number in range(pairs):
        zh, en = (text.replace("40", str(40 + number)) for text in (ZH, EN))
        (folder / f"{number:04d}.zh.txt").write_text(f"第{number}号桥。{zh}", encoding="utf-8")
        (folder / f"{number:04d}.en.txt").write_text(f"Bridge {number}. {en}", encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
