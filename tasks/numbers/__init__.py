"""Numbers, dates and times of Chinese and English text as values that can be compared.

``1.2万亿`` and ``1.2 trillion`` have the same key, and so have ``三月五日`` and ``March 5``. The
rules prefer precision: vague words (数十, dozens of) and a bare 一 or "one" are no numbers.
"""

from models.records import Lang
from tasks.numbers import chinese, english
from tasks.numbers.values import Kind, Number

__all__ = ["Kind", "Number", "keys", "numbers"]


def numbers(text: str, lang: Lang) -> tuple[Number, ...]:
    """The numbers of ``text``, sorted by span (code points of ``text``), not overlapping.

    >>> [number.key for number in numbers("3月5日,净利润增长百分之五至1.2万亿元", Lang.ZH)]
    ['--03-05', '5%', '1.2e12']
    >>> [number.key for number in numbers("Up five percent to 1.2 trillion on 5 March", Lang.EN)]
    ['5%', '1.2e12', '--03-05']
    """
    found = chinese.find(text) if lang is Lang.ZH else english.find(text)
    return tuple(found)


def keys(text: str, lang: Lang) -> tuple[str, ...]:
    """The keys of the numbers of ``text`` in sorted order, repeated ones repeated: a multiset.

    >>> keys("两期工程共6座厂房,第二期2座", Lang.ZH)
    ('2', '2', '2', '6')
    """
    return tuple(sorted(number.key for number in numbers(text, lang)))
