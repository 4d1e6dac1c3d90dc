"""How well articles are paired by content: precision and recall on documents with known partners.

Documents come from a TSV file (Chinese, English and document id in columns 1 to 3, a sentence a
line), or are made from stretches of a bitext. Every document gives a Chinese and an English
article without names; a share of them can be left without counterpart.
"""

import lzma
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from models.ids import make_id
from models.records import (
    Article,
    Block,
    BlockKind,
    Lang,
    Metadata,
    Origin,
    Sentence,
    SourceFile,
)
from models.training.weights import HELD_BLOCK, held_out
from tasks.language.hans import to_traditional
from tasks.pair import PairSettings, SignedArticle, pair, sign


@dataclass(frozen=True, slots=True)
class ParallelDocument:
    """Sentences of a document in both languages."""

    id: str
    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairingScore:
    """How many pairs there are, were found, and were found right; near-ties count as not found."""

    gold: int
    found: int
    right: int
    ties: int

    @property
    def precision(self) -> float:
        """Right pairs over found pairs; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Right pairs over pairs that there are."""
        return self.right / self.gold if self.gold else 1.0


def read_documents(path: str | Path) -> list[ParallelDocument]:
    """The documents of a TSV file, in the order of their first lines.

    Raises ValueError for a line that has not three columns.
    """
    sides: dict[str, tuple[list[str], list[str]]] = {}
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        columns = line.removesuffix("\r").split("\t")
        if len(columns) != 3:
            raise ValueError(f"{path}:{number}: expected Chinese, English and document id")
        zh, en = sides.setdefault(columns[2], ([], []))
        zh.append(columns[0])
        en.append(columns[1])
    return [ParallelDocument(name, tuple(zh), tuple(en)) for name, (zh, en) in sides.items()]


def bitext_documents(
    folder: str | Path, *, sizes: tuple[int, int] = (6, 40), lost: float = 0.2, held: bool = True
) -> list[ParallelDocument]:
    """Documents made of stretches of a bitext (``train.zh.xz``, ``train.en.xz``).

    Each is a stretch of ``sizes`` lines, of which each side loses a random share of up to
    ``lost``, as free translations do. ``held`` takes the lines that the shipped weights were not
    learned from, else all the others. Neighbouring lines are of one subject in most sources, so
    that the documents before and after are hard rivals.
    """
    dice = random.Random(0)
    out: list[ParallelDocument] = []
    for block in _blocks(Path(folder), held=held):
        at = 0
        while at < len(block):
            size = dice.randint(*sizes)
            stretch = block[at : at + size]
            at += size
            if len(stretch) >= sizes[0]:
                kept = [_thinned(len(stretch), dice.uniform(0, lost), dice) for _ in range(2)]
                zh = tuple(stretch[k][0] for k in kept[0])
                en = tuple(stretch[k][1] for k in kept[1])
                out.append(ParallelDocument(str(len(out)), zh, en))
    return out


def _blocks(folder: Path, *, held: bool) -> Iterator[list[tuple[str, str]]]:
    with (
        lzma.open(folder / "train.zh.xz", "rt", encoding="utf-8", newline="\n") as zh,
        lzma.open(folder / "train.en.xz", "rt", encoding="utf-8", newline="\n") as en,
    ):
        block: list[tuple[str, str]] = []
        for number, (left, right) in enumerate(zip(zh, en, strict=True)):
            if number % HELD_BLOCK == 0 and block:
                yield block
                block = []
            if held_out(number) == held:
                block.append((left.rstrip("\n"), right.rstrip("\n")))
        if block:
            yield block


def _thinned(count: int, share: float, dice: random.Random) -> list[int]:
    return sorted(dice.sample(range(count), max(1, round(count * (1 - share)))))


def evaluate_pairing(
    documents: Sequence[ParallelDocument],
    *,
    traditional: bool = False,
    alone: float = 0.0,
    settings: PairSettings | None = None,
) -> PairingScore:
    """Pair the articles of ``documents`` by content.

    ``traditional`` writes the Chinese side in Traditional characters (OpenCC s2t). ``alone`` is
    the share of documents of which one side only takes part, to see how often an article without
    counterpart is paired.
    """
    rewrite: Callable[[str], str] = to_traditional if traditional else str
    signed: list[SignedArticle] = []
    gold: set[tuple[str, str]] = set()
    for document in documents:
        zh = signed_article(tuple(map(rewrite, document.zh)), Lang.ZH, document.id)
        en = signed_article(document.en, Lang.EN, document.id)
        lot = int.from_bytes(blake2b(document.id.encode(), digest_size=4).digest(), "big") / 2**32
        if lot >= alone:
            gold.add((zh.id, en.id))
            signed += (zh, en)
        else:
            signed.append(zh if lot < alone / 2 else en)
    result = pair(signed, settings=settings)
    right = sum((match.zh, match.en) in gold for match in result.pairs)
    ties = sum(reason.reason == "near_tie" for reason in result.unpaired.values())
    return PairingScore(len(gold), len(result.pairs), right, ties)


def signed_article(sentences: Sequence[str], lang: Lang, name: str) -> SignedArticle:
    """An article with the given sentences, signed; its path tells nothing."""
    article = article_of(sentences, lang, name)
    return SignedArticle(article.id, lang, article.id, None, None, sign(article))


def article_of(sentences: Sequence[str], lang: Lang, name: str) -> Article:
    """An article of one block with the given sentences; ``name`` goes into its id alone."""
    article_id = make_id(lang, name, *sentences)
    block_id = make_id(article_id, "block")
    records: list[Sentence] = []
    start = 0
    for sentence in sentences:
        at = (start, start + len(sentence))
        records.append(
            Sentence(make_id(article_id, str(len(records))), block_id, sentence, at, None, ())
        )
        start = at[1] + 1
    text = "\n".join(sentences)
    return Article(
        id=article_id,
        lang=lang,
        script=None,
        title=None,
        title_derived=False,
        metadata=Metadata(),
        language=None,
        blocks=(Block(block_id, BlockKind.PARAGRAPH, None, text, None, ()),),
        sentences=tuple(records),
        source=SourceFile(article_id, "", 0, "text"),
        origin=Origin(),
    )
