"""Names that surely are somebody's, with nothing beside them or little."""

import re
from functools import cache
from pathlib import Path

from tasks.blocks.english import is_common
from tasks.blocks.wordlists import read_list
from tasks.metadata.names import (
    INITIALS,
    SURNAMES,
    compound_surnames,
    is_name,
    is_person,
    names_at,
    no_persons,
)
from tasks.metadata.places import is_place
from tasks.metadata.words import is_outlet, is_position, masthead_pattern


def surely_person(name: str) -> bool:
    """Whether a name is somebody's with no label beside it to say so.

    Chinese: a surname in front of one or two characters that end no word for a thing. Others: a
    known given name in front, or initials.

    >>> surely_person("周小渔"), surely_person("高铁网"), surely_person("Hattie Moss")
    (True, False, True)
    >>> surely_person("Harbour News"), surely_person("J. R. Moss")
    (False, True)
    """
    if name.casefold() in no_persons() or not is_name(name):
        return False
    if "\u3400" <= name[0] <= "\u9fff":
        if "·" in name:
            return True
        if name[:2] in compound_surnames():
            return 3 <= len(name) <= 4 and name[-1] not in _ENDS_A_THING
        return len(name) == 3 and name[0] in SURNAMES and name[-1] not in _ENDS_A_THING
    first, *rest = name.split()
    if len(rest) == 1 and first.casefold() in _PINYIN_SURNAMES and _PINYIN.fullmatch(rest[0]):
        return True
    initials = re.fullmatch(INITIALS, first) is not None
    if not rest or not all(word[0].isupper() or word in _LOWER for word in rest):
        return False
    given = first.casefold().replace("’", "'")
    syllables = _SYLLABLES.fullmatch(first) is not None
    return initials or syllables or given in _given_names() or given.split("-")[0] in _given_names()


def likely_person(name: str) -> bool:
    """Whether a name in Latin letters is somebody's, when it stands where names stand.

    It is put together of capitalised words that are no English words, so no place that says what
    it is (``Port Ember``), no paper, no section.

    >>> likely_person("Odalys Fenwick"), likely_person("Port Ember"), likely_person("Local News")
    (True, False, False)
    """
    if surely_person(name):
        return True
    if not name[:1].isascii() and not "\u00c0" <= name[:1] <= "\u024f":
        return False
    if not is_name(name) or not is_person(name) or is_position(name) or is_place(name):
        return False
    if is_outlet(name) or masthead_pattern().fullmatch(name) is not None:
        return False
    words = [word for word in name.split() if word not in _LOWER and not _INITIAL.fullmatch(word)]
    if not 2 <= len(words) <= 4 or any(is_place(word) for word in words):
        return False
    capitals = [word.isupper() for word in words]
    if any(capitals) and not (all(capitals) and min(map(len, words)) > 2):
        return False
    return not any(is_common(part.lower()) for word in words for part in word.split("-"))


def surely_named(name: str) -> bool:
    """Whether a name has the form of a Chinese one: with something beside it that says so.

    >>> surely_named("吴江"), surely_named("大学")
    (True, False)
    """
    found, stop = names_at(name, 0, len(name), strict=True)
    return len(found) == 1 and stop == len(name) and is_person(name)


_INITIAL = re.compile(INITIALS)
#: A given name of two syllables, as East Asian ones are written (``Jun-ho``).
_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,5}")
_SYLLABLE = r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?[aeiouü]{1,3}(?:ng|n|r)?"
_PINYIN = re.compile(rf"{_SYLLABLE}(?:['’\-]?{_SYLLABLE})?", re.IGNORECASE)
_LOWER = frozenset(
    [
        "de",
        "del",
        "della",
        "da",
        "dos",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "bin",
        "ibn",
        "al",
        "el",
        "e",
        "y",
    ]
)
#: Characters that end words for things, places and papers, hardly ever a given name.
_ENDS_A_THING = frozenset(
    "网網报報社台臺站版界季市县縣区區省部局院厅廳组組队隊会會线線圈说說谈談观觀评評论論闻聞讯訊刊号號家店厂廠港湾灣岛島桥橋路街"
    "年月日时時分秒号元度量率价價额額人们們者员員的了在是有与和及中上下内外前后大小高低车車机機船票房股债券权法案战争赛奖节庆"
)


_PINYIN_SURNAMES = frozenset(
    [
        "wang",
        "li",
        "zhang",
        "liu",
        "chen",
        "yang",
        "huang",
        "zhao",
        "wu",
        "zhou",
        "xu",
        "sun",
        "ma",
        "zhu",
        "hu",
        "guo",
        "he",
        "lin",
        "gao",
        "luo",
        "zheng",
        "liang",
        "xie",
        "song",
        "tang",
        "feng",
        "deng",
        "cao",
        "peng",
        "zeng",
        "xiao",
        "tian",
        "dong",
        "pan",
        "yuan",
        "cai",
        "jiang",
        "yu",
        "du",
        "ye",
        "cheng",
        "wei",
        "su",
        "lyu",
        "lu",
        "ding",
        "ren",
        "yao",
        "shen",
        "zhong",
        "tan",
        "lei",
        "hong",
        "jin",
        "qiu",
        "fan",
        "fang",
        "shi",
        "xiong",
        "meng",
        "qin",
        "bai",
        "yan",
        "xue",
        "hou",
        "long",
        "duan",
        "qian",
        "kong",
        "mao",
    ]
)


@cache
def _given_names() -> frozenset[str]:
    return frozenset(read_list(Path(__file__).parent / "given_names.txt"))
