"""How the model families name languages, and how their input and output is framed.

A family says which pieces stand around the source and which one starts the target:

======== ==================================== =================
family   source                               target starts with
======== ==================================== =================
marian   [``>>tag<<``] pieces ``</s>``         nothing
nllb     ``zho_Hans`` pieces ``</s>``          ``eng_Latn``
m2m100   ``__zh__`` pieces ``</s>``            ``__en__``
mbart50  ``zh_CN`` pieces ``</s>``             ``en_XX``
mbart    pieces ``</s>`` ``zh_CN``             ``en_XX``
======== ==================================== =================

Sources: the tokenizers of transformers 5 and the guide of CTranslate2
(https://opennmt.net/CTranslate2/guides/transformers.html).
"""

import re
from collections.abc import Collection
from enum import StrEnum

from models.engines.base import Direction, EngineError
from models.records import Lang

END = "</s>"
UNKNOWN = "<unk>"


class Family(StrEnum):
    """A family of sequence-to-sequence models that differ in how they are told the languages."""

    MARIAN = "marian"
    NLLB = "nllb"
    M2M100 = "m2m100"
    MBART50 = "mbart50"
    MBART = "mbart"


_CODES: dict[Family, dict[Lang, str]] = {
    Family.NLLB: {Lang.ZH: "zho_Hans", Lang.EN: "eng_Latn"},
    Family.M2M100: {Lang.ZH: "__zh__", Lang.EN: "__en__"},
    Family.MBART50: {Lang.ZH: "zh_CN", Lang.EN: "en_XX"},
    Family.MBART: {Lang.ZH: "zh_CN", Lang.EN: "en_XX"},
}

#: Target tags of Marian models, best first: our own, then those of the opus-mt collection.
_TAGS: dict[Lang, tuple[str, ...]] = {
    Lang.ZH: (">>zh<<", ">>cmn_Hans<<", ">>zho_Hans<<", ">>zho<<", ">>cmn<<", ">>chi<<"),
    Lang.EN: (">>en<<", ">>eng<<"),
}

_LANGUAGE_TOKEN = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}|__[a-z]{2,3}__|[a-z]{2}_[A-Z]{2}")

#: Names of the two languages in configuration files and model names.
LANGUAGE_NAMES: dict[str, Lang] = {
    **dict.fromkeys(("zh", "zho", "chi", "cmn", "zh_cn", "zho_hans", "cmn_hans"), Lang.ZH),
    **dict.fromkeys(("en", "eng", "en_xx", "eng_latn"), Lang.EN),
}


def language_code(family: Family, lang: Lang) -> str | None:
    """The code of a language as a token of the vocabulary; None for Marian models.

    >>> language_code(Family.NLLB, Lang.ZH)
    'zho_Hans'
    """
    return _CODES.get(family, {}).get(lang)


def transformers_code(family: Family, lang: Lang) -> str | None:
    """The code as the tokenizers of transformers want it (``zh`` for M2M100's ``__zh__``)."""
    code = language_code(family, lang)
    return code.strip("_") if code and family is Family.M2M100 else code


def is_language_token(piece: str) -> bool:
    """Whether a piece names a language in a multilingual vocabulary, and is no text.

    >>> [is_language_token(piece) for piece in ("eng_Latn", "__en__", "en_XX", "▁en")]
    [True, True, True, False]
    """
    return bool(_LANGUAGE_TOKEN.fullmatch(piece))


def target_tag(vocabulary: Collection[str], target: Lang) -> str | None:
    """The tag that a Marian source must start with, or None when the model wants none.

    >>> target_tag({">>cmn_Hans<<", "a"}, Lang.ZH)
    '>>cmn_Hans<<'
    """
    return next((tag for tag in _TAGS[target] if tag in vocabulary), None)


def family_of_vocabulary(vocabulary: Collection[str]) -> Family:
    """Tell the family of a converted model by its language tokens.

    mBART-25 and mBART-50 share their codes; only the second knows ``af_ZA``.

    >>> family_of_vocabulary({"zho_Hans", "eng_Latn"})
    <Family.NLLB: 'nllb'>
    """
    if "zho_Hans" in vocabulary:
        return Family.NLLB
    if "__zh__" in vocabulary:
        return Family.M2M100
    if "zh_CN" in vocabulary:
        return Family.MBART50 if "af_ZA" in vocabulary else Family.MBART
    return Family.MARIAN


def frame_source(
    family: Family, pieces: list[str], direction: Direction, tag: str | None
) -> list[str]:
    """The pieces with what the model wants around them."""
    code = language_code(family, direction[0])
    match family:
        case Family.MARIAN:
            return [*([tag] if tag else []), *pieces, END]
        case Family.MBART:
            return [*pieces, END, str(code)]
        case _:
            return [str(code), *pieces, END]


def target_prefix(family: Family, target: Lang) -> list[str] | None:
    """The token that starts the target, as a prefix for the decoder; None when there is none."""
    code = language_code(family, target)
    return [code] if code else None


def require(directions: Collection[Direction], source: Lang, target: Lang, model: str) -> None:
    """Raise :class:`EngineError` when the direction is not among ``directions``."""
    if (source, target) not in directions:
        raise EngineError(f"model {model} does not translate {source} to {target}")
