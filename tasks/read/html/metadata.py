"""What a page says about itself in its head: JSON-LD, Open Graph, meta tags, microdata."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from models.records import Hints
from tasks.read.html.bylines import (
    MOST_AUTHORS,
    authors_in_markup,
    day_in_markup,
    microdata,
    tidy,
)

_ARTICLE_TYPES = re.compile(
    r"(?:.*Article|BlogPosting|.*Posting|Report|LiveBlogPosting|Review|Story)$"
)
#: Names of meta tags by what they hold, best first (Open Graph, Dublin Core, the names that
#: Chinese government and news sites have agreed on, and common habits).
_META = {
    "title": ("og:title", "articletitle", "twitter:title", "dc.title", "sailthru.title"),
    "published": (
        "article:published_time",
        "og:published_time",
        "pubdate",
        "publishdate",
        "publish_date",
        "publish-date",
        "publication_date",
        "weibo:article:create_at",
        "og:release_date",
        "article:published",
        "article.published",
        "og:article:published_time",
        "og:pubdate",
        "publish_time",
        "publishtime",
        "publicationdate",
        "published_time",
        "published-date",
        "date.release",
        "rnews:datepublished",
        "bt:pubdate",
        "citation_publication_date",
        "dc.date.created",
        "dcterms.issued",
        "dcterms.date",
        "iso-8601-publish-date",
        "datepublished",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "cxenseparse:recs:publishtime",
    ),
    "updated": (
        "article:modified_time",
        "og:updated_time",
        "article:updated_time",
        "article:modified",
        "og:article:modified_time",
        "last-modified-date",
        "dc.date.modified",
        "rnews:datemodified",
        "bt:moddate",
        "datemodified",
        "weibo:article:update_at",
        "lastmod",
        "dcterms.modified",
    ),
    "outlet": (
        "contentsource",
        "source",
        "mediaid",
        "og:site_name",
        "dc.publisher",
        "application-name",
    ),
    "author": (
        "author",
        "article:author",
        "article:author_name",
        "article.author",
        "og:author",
        "og:article:author",
        "weibo:article:author",
        "citation_author",
        "dcterms.creator",
        "rnews:author",
        "dc.creator",
        "byl",
        "parsely-author",
        "sailthru.author",
    ),
    "summary": ("og:description", "description", "twitter:description", "dc.description"),
    "url": ("og:url", "twitter:url"),
    "lang": ("og:locale", "content-language", "dc.language"),
    "site": ("og:site_name", "application-name", "sitename", "apple-mobile-web-app-title"),
}
_MAX_DEPTH = 20
#: A label in front of the value of a tag (``content="来源：东江日报"``).
_LABEL = re.compile(
    r"\A\s*(?:(?:文章|稿件|信息)?(?:来源|來源|稿源)\s?[:：]|source\s?:)\s*", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[。！？!?…]|\.(?!\w)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class PageHead:
    """The head of a page, read once; every value is a raw string, or None."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._meta: dict[str, list[str]] = {}
        for element in root.iter("meta"):
            content = tidy(element.get("content"))
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                name = (element.get(attribute) or "").strip().lower().replace(" ", "")
                if name and content:
                    self._meta.setdefault(name, []).append(content)
        self._linked = next(_linked_articles(root), {})
        self._root = root
        self.page_title = tidy(root.findtext(".//title"))

    def meta(self, kind: str) -> str | None:
        """The first meta tag of a kind that has a value."""
        for name in _META[kind]:
            for value in self._meta.get(name, ()):
                return value
        return None

    @property
    def headlines(self) -> list[str]:
        """What the head calls the article, best first; a site's name may still hang on it."""
        found = [_text(self._linked.get("headline")), self.meta("title")]
        return [title for title in found if title]

    @property
    def stated(self) -> tuple[str, str] | None:
        """Headline and text of the article as its data state them; None when one is missing."""
        headline, text = _text(self._linked.get("headline")), self._linked.get("articleBody")
        return (headline, text) if headline and isinstance(text, str) else None

    @property
    def site_names(self) -> list[str]:
        """Names of the site."""
        found = [self.meta("site"), _name(self._linked.get("publisher"))]
        return [name for name in found if name]

    def hints(
        self, title: str | None, dated: str | None = None, author: str | None = None
    ) -> Hints:
        """The hints of the page, with the title that was found for it.

        ``dated`` is a date of publication that the article itself shows, ``author`` a name above it
        that the markup calls so; the head's come first.
        """
        linked = self._linked
        outlet = self.meta("outlet") or _name(linked.get("publisher"))
        outlet = _LABEL.sub("", outlet) or None if outlet is not None else None
        return Hints(
            how="html",
            title=title,
            url=self._url(),
            published=_text(linked.get("datePublished"))
            or self.meta("published")
            or microdata(self._root, "datePublished")
            or dated
            or day_in_markup(self._root),
            updated=_text(linked.get("dateModified"))
            or self.meta("updated")
            or microdata(self._root, "dateModified"),
            outlet=outlet,
            authors=self._authors(outlet) or ((author,) if author is not None else ()),
            lang=_text(linked.get("inLanguage")) or self._lang(),
            summary=_summary(_text(linked.get("description")) or self.meta("summary"), title),
        )

    def _url(self) -> str | None:
        """The address of the page, if one is given in full."""
        canonical = [
            element.get("href")
            for element in self._root.iter("link")
            if "canonical" in (element.get("rel") or "").lower().split()
        ]
        page = self._linked.get("mainEntityOfPage")
        entity = page.get("@id") if isinstance(page, dict) else page
        for value in (*canonical, self.meta("url"), entity, self._linked.get("url")):
            if isinstance(value, str) and _is_web_address(value.strip()):
                return value.strip()
        return None

    def _lang(self) -> str | None:
        return tidy(self._root.get("lang")) or self.meta("lang")

    def _authors(self, outlet: str | None) -> tuple[str, ...]:
        """Names of the authors; an address or the name of the site is none."""
        given = self._linked.get("author")
        names: list[str | None] = [
            _name(entry) for entry in (given if isinstance(given, list) else [given])
        ]
        if not any(names):
            given_names = [self._meta.get(name, []) for name in _META["author"]]
            # One name a tag, where a kind of tag comes several times.
            names = []
            names += next((values for values in given_names if values), [])[:MOST_AUTHORS]
        if not any(names):
            names += authors_in_markup(self._root)
        strange = {outlet, *self.site_names}
        kept = [n for n in names if n and n not in strange and "://" not in n and n != "null"]
        return tuple(dict.fromkeys(kept))


def _summary(value: str | None, title: str | None) -> str | None:
    """A description; None where it is the title with keywords or the site's name behind it."""
    if value is None or title is None:
        return value
    said, told = "".join(value.split()), "".join(title.split())
    if said.startswith(told) and _SENTENCE_END.search(said, len(told)) is None:
        return None
    return value


def _linked_articles(root: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles in the JSON-LD of a page (schema.org), in order."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads(_CONTROL.sub(" ", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(data, 0)


def _articles(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _articles(entry, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and _ARTICLE_TYPES.match(name) for name in names):
            yield data
        for key in ("@graph", "mainEntity", "itemListElement"):
            yield from _articles(data.get(key), depth + 1)


def _text(value: object) -> str | None:
    """A value of JSON-LD that should be a text."""
    first = value[0] if isinstance(value, list) and value else value
    return tidy(first) if isinstance(first, str) else None


def _name(value: object) -> str | None:
    """The name of a person or organisation of JSON-LD."""
    first = value[0] if isinstance(value, list) and value else value
    return _text(first.get("name")) if isinstance(first, dict) else _text(first)


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in value
