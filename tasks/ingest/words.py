"""The words of an article: a stage of its own, since it alone reads the dictionaries."""

from dataclasses import replace

from models.records import Article, Lang
from tasks.words import WordSettings, segmenter


def with_words(article: Article, settings: WordSettings, terms: tuple[str, ...] = ()) -> Article:
    """The article with the tokens of its sentences, if it is Chinese; ``terms`` are known words."""
    if article.lang is not Lang.ZH:
        return article
    cut = segmenter(settings, terms)
    sentences = tuple(replace(s, tokens=tuple(cut(s.text))) for s in article.sentences)
    return replace(article, sentences=sentences)
