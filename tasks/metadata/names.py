"""Names in bylines: where each stands, and what is no person."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tasks.blocks.wordlists import read_list
from tasks.metadata.words import position_pattern

_HERE = Path(__file__).parent
_HAN_NAME = r"(?:[\u3400-\u9fff]{2,4}|[\u3400-\u9fff](?=[·•]))(?:[·•][\u3400-\u9fff]{1,6}){0,3}"
INITIALS = r"[A-Z\u00c0-\u00de]\.(?:[A-Z]\.){0,2}"
_CAPITALISED = r"[A-Z\u00c0-\u00de][\w'’\-]{0,24}"
_LATIN_WORD = rf"(?:{INITIALS}|(?:St|Dr|Ste)\.(?= [A-Z])|{_CAPITALISED})"
_PARTICLE = (
    r"(?:de|del|della|da|dos|das|di|do|du|la|le|van|von|vom|zu|zur|der|den|ter|ten|bin"
    r"|ibn|bint|al|el|e|y|af|av)\b"
)
MONTH = (
    "(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.? \d"
)
_SUFFIX = r"(?:,? (?:Jr|Sr)\b\.?|,? (?:II|III|IV)\b)?"
_SEPARATOR = re.compile(
    r"\s{0,3}(?:[、,，;；&＆/／|｜+]|\band\b|\bwith\b|\bAND\b|和|与|及|與)\s{0,3}(?:and\s)?|\s{1,3}"
)
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁"
    "葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋"
    "植甘景薄单包司柏宁柯阮桂闵欧阳解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈"
    "姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应巫鞠僧桑荆谌银扬明沙薄伏岑"
    "习胥保和蔺刘張陳楊趙黃吳孫鄭謝韓馮蕭許鄧呂蘇盧蔣賈葉閻鍾譚鄒陸顧邵孟龍萬錢湯賴龔龐蘭顏倪嚴"
    "簡莊羅遊連馬藍紀歐鐘寧繆單蒼閔齊曉湛駱鮑關饒竇聶鈕鄔鄺酈閆項須齡時車賀費端粟銀"
    "水云昌凤酆皮元禹狄贝茅麻危骆支昝裘缪宣贲杭诸钮嵇滑荣荀羊於惠芮羿储汲邴松富乌巴弓牧隗山宓蓬郗班仰秋伊暴钭厉戎祖束幸韶蓟印"
    "宿怀蒲邰鄂索咸籍阴苍双闻莘贡劳逄扶堵宰郦雍郤璩濮寿扈郏浦尚农慕茹宦鱼容慎戈庾暨居衡步弘寇禄阙殳沃蔚越夔隆厍晁勾融訾阚毋乜"
    "须丰巢蒯红权逯桓佘仝亓仉占揭麦麥漆蒿郄缑佴矫展迮萨薩撒洪佟"
    "佔來儲劉勞厙厲叢喬塗壽婁宮嶽強應懷揚晉暢榮樂權欒溫烏畢矯祿範紅緱練習聞荊華蓋薊藺蘆衛計談諶諸豐貝貢賁農遲邊郟鈄闕闞陰陽雙雲鞏韋餘鬱魚魯鳳鹹黨"
)


#: A name of two characters, set to the width of three (``葛　青``).
_SPACED = re.compile(
    rf"[{SURNAMES}][ \u3000]{{1,2}}(?![文图圖摄攝编譯译校])[\u3400-\u9fff](?![\u3400-\u9fff])"
)


class Name(NamedTuple):
    """A name at ``text[start:end]``."""

    start: int
    end: int
    name: str


#: What somebody is, not who.
_POSITION = re.compile(
    r".(?:研究员|研究院|研究所|作家|评论员|评论家|教授|博士|院长|所长|主任|会长|分析师|经济学家|专家|学者|律师)\Z"
    r"|(?:大学|学院|公司|集团|协会|出版社)|(?:提供|供图|供圖|供稿)\Z"
)
#: What a platform says of an account in a line of its own (``优质三农领域创作者``).
ACCOUNT_KIND = re.compile(
    r"(?:官方(?:账号|帐号|微博|微信)|领域(?:创作者|爱好者|作者)|优质创作者|创作者|自媒体人?|博主|达人|認證|认证)\Z"
)
#: A domain, an address, a number, the page of a paper.
_NO_NAME = re.compile(r"\.(?:com|cn|net|org)\b|https?:|©|@|\d{3}|\A第?\s?[A-Z]?\d{1,3}\s?版\Z")
_STAFF_NUMBER = re.compile(
    r"[_\-]?[A-Z]{1,4}\d{2,8}|\s?[(（][A-Z]{1,4}\d{2,8}[)）]|\s?[(（](?:实习(?:生|编辑|记者)?|見習|见习(?:编辑|记者)?|實習|兼|特约|整理|执行)[)）]"
)
_KIND_OF_WRITER = re.compile(
    r"[\u3400-\u9fff]{2,8}(?:实习生|实习记者|记者|特约撰稿人?|通讯员|摄影师)\s{1,2}(?=[\u3400-\u9fff]{2,4}(?![\u3400-\u9fff]))"
)
_NOT_AT_START = re.compile(
    r"(?:发自|發自|摄于|攝於|来自|來自|来源|综合|綜合|图片|圖片|照片|本文|文章)"
)
_NOT_AT_END = re.compile(r"(?:报道|報導|報道|电|電|讯|訊|摄|攝|编辑|记者|摄影|供图|制图)\Z")
_TAKEN_BY = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:摄影报道|摄影|攝影|摄|攝)\Z")
_HAN = re.compile(_HAN_NAME + r"(?![\u3400-\u9fff])")


@cache
def _latin() -> re.Pattern[str]:
    """A name in Latin letters; it ends before a word that labels and headlines have."""
    stop = "|".join(map(re.escape, sorted(_title_words())))
    word = rf"(?!(?:Jr|Sr|II|III|IV)\b)(?!(?i:{stop})(?![\w\-]))(?!{MONTH}){_LATIN_WORD}"
    return re.compile(rf"{_LATIN_WORD}(?: (?:{word}|{_PARTICLE}(?: {_PARTICLE})?)){{0,5}}{_SUFFIX}")


#: Initials in front of a foreign name in Chinese (``J. R. 史密斯``).
_FOREIGN = re.compile(r"(?:[A-Z]\.\s?){1,3}[\u3400-\u9fff]{2,6}(?![\u3400-\u9fff])")
ORIGIN = re.compile(r"[（(\[【〔][\u3400-\u9fff]{1,3}[)）\]】〕]\s?(?=[\u3400-\u9fffA-Z])")
_NOT_IN_NAME = r"[^\s、,，;；&|｜()（）\[\]【】]"
_ANY_VALUE = re.compile(
    rf"(?=[\w@“\"‘]){_NOT_IN_NAME}{{1,40}}(?: (?![\u3400-\u9fff]){_NOT_IN_NAME}{{1,40}}){{0,4}}"
)


def names_at(text: str, at: int, end: int, *, strict: bool) -> tuple[list[Name], int]:
    """The names from ``at`` on and where they stop, not behind ``end``.

    ``strict`` takes only what has the form of a name (two to four Chinese characters with a
    surname in front, two capitalised words or more); behind a role and a colon anything short is
    one.

    >>> [n.name for n in names_at("王强 李小明", 0, 6, strict=True)[0]]
    ['王强', '李小明']
    """
    found: list[Name] = []
    stop = at
    while at < end:
        if found and position_pattern().match(text, at, end):
            break
        if found:  # what the next one is (``某报实习生 王强``)
            kind = _KIND_OF_WRITER.match(text, at, end)
            at = kind.end() if kind else at
        origin = ORIGIN.match(text, at, end)  # ``[美]约翰·格林``
        at = origin.end() if origin else at
        match = (
            _SPACED.match(text, at, end)
            or _HAN.match(text, at, end)
            or _FOREIGN.match(text, at, end)
            or _latin().match(text, at, end)
        )
        if match is None and not strict:
            match = _ANY_VALUE.match(text, at, end)
        if match is None or _NOT_AT_START.match(match[0]) is not None:
            break
        if (strict or (found and _after_comma(text, stop))) and not is_name(match[0]):
            break
        if found and text[match.end() : match.end() + 1] in tuple(":：|｜丨"):
            break  # the label of the next field
        taken = _TAKEN_BY.search(match[0])
        name = match[0][: taken.start()] if taken else match[0]
        size = len(name)
        if match.re is _SPACED:
            name = "".join(name.split())
        name = name.rstrip(".。") if not match[0].endswith((" Jr.", " Sr.")) else name
        size = len(name) if match.re is not _SPACED else size
        found.append(Name(match.start(), match.start() + size, name))
        number = _STAFF_NUMBER.match(text, match.end(), end)
        stop = number.end() if number else match.end()
        separator = _SEPARATOR.match(text, stop, end)
        if separator is None or separator.end() == separator.start():
            break
        at = separator.end()
    return found, stop


def _after_comma(text: str, at: int) -> bool:
    """Whether a comma separates: behind it something else than a name may stand."""
    return text[at : at + 2].strip()[:1] in tuple(",，;；")


def is_name(text: str) -> bool:
    """Whether a text has the form of a name."""
    if "\u3400" <= text[0] <= "\u9fff":
        if _NOT_AT_END.search(text):
            return False
        dotted = "·" in text or "•" in text
        known = text[0] in SURNAMES or text[:2] in compound_surnames()
        return known or dotted or _is_given(text)
    if _FOREIGN.fullmatch(text):
        return True
    words = text.split()
    return (
        2 <= len(words) <= 6
        and not any(word.lower() in _title_words() for word in words)
        and not any(text.endswith(ending) for ending in (" de", " van", " von", " der", " al"))
    )


def is_person(name: str) -> bool:
    """Whether a byline's value may be somebody's name: no site, no domain, no placeholder.

    >>> is_person("王强"), is_person("网络"), is_person("example.com"), is_person("© 2025")
    (True, False, False, False)
    """
    if _POSITION.search(name) is not None or ACCOUNT_KIND.search(name) is not None:
        return False
    if name.casefold() in no_persons() or not re.search(r"[^\W\d_]", name):
        return False
    return _NO_NAME.search(name) is None


def _is_given(name: str) -> bool:
    """Whether a name without a surname starts or ends with a word of Tibetan or Mongol names."""
    parts = _other_names()
    return len(name) > 2 and any(name[:size] in parts or name[-size:] in parts for size in (2, 3))


@cache
def _other_names() -> frozenset[str]:
    return frozenset(read_list(_HERE / "other_names.txt"))


@cache
def compound_surnames() -> frozenset[str]:
    """Surnames of two characters."""
    return frozenset(read_list(_HERE / "compound_surnames.txt"))


@cache
def no_persons() -> frozenset[str]:
    """Values of bylines that are nobody's name, case folded."""
    return frozenset(entry.casefold() for entry in read_list(_HERE / "no_persons.txt"))


@cache
def _title_words() -> frozenset[str]:
    return frozenset(read_list(_HERE / "title_words.txt"))
