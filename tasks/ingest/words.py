"""The words of an article: a stage of its own, since it alone reads the dictionaries."""

from dataclasses import replace

from models.records import Article, Lang, Sentence
from tasks.words import WordSettings, batch_segmenter


def with_words(article: Article, settings: WordSettings, terms: tuple[str, ...] = ()) -> Article:
    """The article with the tokens of its sentences, if it is Chinese; ``terms`` are known words."""
    if article.lang is not Lang.ZH:
        return article
    cut = batch_segmenter(settings, terms)
    tokens = cut([sentence.text for sentence in article.sentences])
    sentences = tuple(
        Sentence(s.id, s.block, s.text, s.at, s.span, s.pieces, tuple(words))
        for s, words in zip(article.sentences, tokens, strict=True)
    )
    return replace(article, sentences=sentences)
