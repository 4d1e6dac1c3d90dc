"""The word lists of front matter, compiled to expressions that match a word at a place."""

import re
from functools import cache
from pathlib import Path

from tasks.blocks.wordlists import read_list, read_table

_HERE = Path(__file__).parent


def _alternation(words: list[str]) -> str:
    """The words, longest first; Latin ones end at a word boundary."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w) + (r"\b" if w[-1].isascii() else "") for w in ordered)


@cache
def _table(name: str) -> dict[str, str]:
    """The kind of each word of a table, by its case-folded form."""
    return {
        word.casefold(): kind
        for kind, words in read_table(_HERE / name)
        for word in words.split("|")
    }


def role_of(word: str) -> str | None:
    """The normalised role that a word of a byline names.

    >>> role_of("责任编辑"), role_of("Proofreader"), role_of("Price")
    ('editor', 'proofreader', None)
    """
    return _table("roles.tsv").get(word.casefold())


def counter_of(word: str) -> str | None:
    """The name of the count that a word stands for.

    >>> counter_of("阅读量"), counter_of("Total Words")
    ('views', 'words')
    """
    return _table("counters.tsv").get(word.casefold())


@cache
def role_words() -> str:
    """An alternation of all words of roles."""
    return _alternation(list(_table("roles.tsv")))


@cache
def counter_words() -> str:
    """An alternation of all words of counters."""
    return _alternation(list(_table("counters.tsv")))


@cache
def label_words(kind: str) -> str:
    """An alternation of the labels of one kind (``labels.tsv``)."""
    words = next(words for name, words in read_table(_HERE / "labels.tsv") if name == kind)
    return _alternation(words.split("|"))


@cache
def outlets() -> frozenset[str]:
    """The known outlets, case folded."""
    return frozenset(name.casefold() for name in read_list(_HERE / "outlets.txt"))


@cache
def outlet_pattern() -> re.Pattern[str]:
    """Matches a known outlet; Latin names between word boundaries."""
    names = sorted(read_list(_HERE / "outlets.txt"), key=lambda n: (-len(n), n))
    return re.compile(
        "|".join(
            rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name)
            for name in names
        ),
        re.IGNORECASE,
    )


def is_outlet(text: str) -> bool:
    """Whether a text is the name of a known outlet.

    >>> is_outlet("Reuters"), is_outlet("新华网"), is_outlet("Routers")
    (True, True, False)
    """
    return text.strip().casefold() in outlets()


@cache
def masthead_pattern() -> re.Pattern[str]:
    """The form of an outlet's name that no list knows: what papers, sites and stations are called.

    >>> masthead_pattern().fullmatch("The Kestrel Courier") is not None
    True
    >>> masthead_pattern().fullmatch("海报") is None
    True
    """
    english = (
        "Daily|Weekly|Monthly|Times|Post|Herald|Tribune|Gazette|Journal|Observer|Chronicle|Courier|Echo"
        "|Review|News|Newswire|Wire|Press|Digest|Magazine|Mail|Bulletin|Express|Dispatch|Standard"
        "|Advertiser|Reporter|Online|Today|Insider|Broadcasting"
    )
    chinese = (
        "日报|晚报|早报|晨报|商报|时报|周报|都市报|社区报|周刊|月刊|杂志|日報|晚報|早報|時報|週刊|雜誌|新闻网"
        "|新聞網|财经网|在线|新闻|新聞|财经|財經|财讯|資訊|资讯|快讯|广播电视台|电视台|電視台|电台|通讯社|报社"
    )
    word = r"[A-Z][\w'’&]{1,20}"
    return re.compile(
        rf"(?!By |Published |Updated |Source )(?:The )?{word}(?: (?:of|the|and|&|{word})){{0,4}}?"
        rf" (?:{english})(?![\w'’])"
        rf"|(?!(?:本报|本網|本网|今日|最新|即时|国内|国际))[\u3400-\u9fff]{{2,8}}?(?:{chinese})"
        r"(?![\u3400-\u9fff])|[\u3400-\u9fff]{1,6}(?:报|報|網|网|社|台|刊)"
        r"(?=\s?[/／]\s?(?:记者|記者|编译|編譯|综合|綜合|文|作者))"
    )
