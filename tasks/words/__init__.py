"""Chinese words: jieba, with terms of our own, on top of rules for everything that is not Han.

Numbers, URLs, e-mail addresses and terms such as COVID-19 stay whole; the tokens of a sentence
always concatenate to it.

>>> from tasks.words import WordSettings, segmenter
>>> segmenter(WordSettings())("英伟达2024年营收609亿美元，COVID-19之后增长3.5%。")
['英伟达', '2024', '年', '营收', '609', '亿美元', '，', 'COVID-19', '之后', '增长', '3.5%', '。']
"""

from tasks.words.segment import batch_segmenter, dictionary_digest, segmenter
from tasks.words.settings import WordSettings

__all__ = ["WordSettings", "batch_segmenter", "dictionary_digest", "segmenter"]
