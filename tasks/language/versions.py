"""Lines that say in which language the text below them is: ``The English version follows:``."""

import re

_LONGEST = 70
#: What names a language, or a text and its translation.
_NAMED = (
    "english|chinese|mandarin|bilingual|translated|translation|"
    "中英文?|英中|中文|英文|汉语|漢語|英语|英語|华文|華文|双语|雙語|汉英|漢英|英汉|英漢|"
    "译文|譯文|中译文?|英译文?|中譯文?|英譯文?|原文|中|英|en|eng|zh|cn|chn"
)
#: What else such a line is made of.
_OTHER = (
    "version|edition|text|original|transcript|full|reference|reference only|"
    "this article|this story|this page|"
    "the|is available|is below|is attached|is as follows|for|an|in|of|to|at|"
    "please|see|scroll|down|read|view|go|click|here|bottom|end|"
    "below|above|follows|following|as|attached|available|can|be|found|continues|starts|begins|part|"
    "side by side|no|\\d{1,2}|simplified|traditional|"
    "版本?|翻译|翻譯|对照|對照|全文|正文|文本|稿|新闻稿|新聞稿|参考|參考|如下|以下|下面|下文|上文|下方|后文|文末|文后|"
    "为|為|是|附|后附|另附|附后|见下|見下|见上|見上|见|見|请|請|往下|向下|下拉|滑动|拉|看|读|阅读|閱讀|查看|浏览|瀏覽|点击|點擊|这里|此处|"
    "滚动|滾動|至|到|的|本文|文章|部分|版块|简体|簡體|繁体|繁體|仅供参考|在"
)
_NAME = re.compile(_NAMED, re.IGNORECASE)
_WORDS = re.compile(
    "|".join(
        sorted(
            (rf"{word}(?![a-z])" for word in f"{_NAMED}|{_OTHER}".split("|")), key=len, reverse=True
        )
    ),
    re.IGNORECASE,
)
#: Too little to announce anything: a language alone, a button.
_LITTLE = re.compile(
    r"\W*(?:the |in )?(?:english|chinese|translated|中|英|en|eng|zh|cn|chn)"
    r"(?:\W+(?:中|英|en|eng|zh|cn|chn))?\W*",
    re.IGNORECASE,
)


def is_version_line(text: str) -> bool:
    """Whether a line has no other words than those that announce a version of the text.

    >>> is_version_line("(English version below)"), is_version_line("▼ 中文版见下 ▼")
    (True, True)
    >>> is_version_line("English as she is spoken"), is_version_line("The original story")
    (False, False)
    """
    if len(text) > _LONGEST or _NAME.search(text) is None or _LITTLE.fullmatch(text) is not None:
        return False
    rest = _WORDS.sub(" ", text)
    return not any(map(str.isalnum, rest))
