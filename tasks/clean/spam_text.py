"""Lines and sentences of advertisements, and the keyword lists hidden for search engines.

Something is spam only on two independent signs: words of the vocabulary; a way to get in touch
(an account, a number, an address); letters that only look like the letters they stand for.
"""

import re
from collections.abc import Sequence
from unicodedata import normalize

from models.records import BlockKind, DraftBlock, Removal, RemovalReason
from models.revise import trim
from tasks.blocks.prose import BODY_WEIGHT, weight
from tasks.blocks.signs import any_part
from tasks.blocks.surgery import Excision, excise
from tasks.clean.verdict import Verdict, Verdicts
from tasks.clean.vocabulary import chinese_spam, spam_words

_SHORT = 160  # characters of a line that is judged as a whole
_KEYWORDS = 12  # words of a list without sentence that is one of keywords
_MANY_KEYWORDS = 25
_MANY_SPAM_WORDS = 4
_JOINING = frozenset(
    "the a an of in on at to is are was were and or but with by from that it".split()  # noqa: SIM905
)

_HANDLE = re.compile(
    r"(?:加|添加|联系|咨询|客服|搜)?"
    r"(?:微信?|薇信?|维信|威信|VX|V信|vx|扣扣|QQ|qq|电报|TG|[Tt]elegram|[Ww]hats[Aa]pp|飞机|蝙蝠)"
    r"(?:号|群|账号|ID|id)?\s?[:：@＠]?\s?\+?[A-Za-z0-9_\-]{5,20}"
    r"|[+＋➕加](?:微|薇|威|维|V|v)(?:信|号|[❤♥]\ufe0f?){0,2}\s?[:：]\s?[A-Za-z0-9_\-]{5,20}"
    r"|加(?:薇|微|V|v|VX|vx)(?:信|[❤♥]\ufe0f?){0,3}(?:信|号)?"
    r"|(?:电话|热线|手机)\s?[:：]?\s?1[3-9]\d[\d\-* ]{8,10}"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)?[A-Za-z0-9\-]{2,30}(?:\.[A-Za-z0-9\-]{2,30}){0,2}\.(?:com|net|cc|vip|top|xyz|club|bet|casino|win|live|fun|shop|site|info|app|me|tv|in|ru|co)(?![A-Za-z0-9])(?:/\S{0,60})?",
    re.IGNORECASE,
)
_STRONG_TOP = re.compile(
    r"\.(?:cc|vip|top|xyz|club|bet|casino|win|fun)(?![A-Za-z0-9])", re.IGNORECASE
)
_LOOK_ALIKE = re.compile(
    "[\U0001d400-\U0001d7ff]{2}|[Ａ-Ｚａ-ｚ]{3}|[\u0400-\u04ff][a-z]|[a-z][\u0400-\u04ff]"
    "|[加➕+＋]\\s?[薇微威维Vv][❤♥️\ufe0f]{1,2}|[薇微][❤♥★☆\ufe0f]{1,3}[信心号]"
    r"|\b[A-Za-z]{1,6}[013457@$!][A-Za-z]{2,10}\b"
)
_MAIL = re.compile(r"[\w.+\-]{1,40}@[\w\-]{2,40}\.[\w.]{2,40}")  # its @ is none of a look-alike
#: A way to get in touch that hides what it is: nobody but spammers writes so.
_DISGUISED = re.compile(
    r"[+＋➕加]\s?[微薇威维Vv][❤♥]\ufe0f?(?:信|号)?\s?[:：]?\s?[A-Za-z0-9_\-]{5,20}"
)
_CALL = re.compile(
    r"加[薇微]|点击(?:进入|注册|领取|下载|咨询)|立即(?:注册|咨询|加入)|注册(?:送|即送|就送)"
    r"|免费(?:领取|咨询|试玩)|扫码(?:进群|加|领取)|领取(?:资料|福利|彩金|牛股)"
    r"|(?:click|tap|sign up|join|buy|order|play|visit|bet|call|get)\b.{0,20}"
    r"\b(?:here|now|today|online|us|free)\b",
    re.IGNORECASE,
)
_CALL_SIGNS = ("点击", "立即", "注册", "免费", "扫码", "领取", "加薇", "加微")
_LEET = str.maketrans("013457@$!", "oleastasi")
_LOOSE = str.maketrans(
    {"薇": "微", "➕": "加", "❤": "", "♥": "", "\ufe0f": "", "★": "", "☆": "", "丨": "", "_": ""}
)
_WORD = re.compile(r"[a-z]+")
_ITEM = re.compile(r"[^\s,，、;；|｜/·•]+")
_SENTENCE = re.compile(r"[^。！？!?]*?(?:[。！？!?]+[”\"’」』]?|\.(?=\s)|\Z)")
_SENTENCE_END = re.compile(r"[。！？]|[.!?]\s")
_BRACKETED = re.compile(r"[【\[（(《][^【】\[\]（）()《》]{4,80}[】\]）)》]")
#: Without one of these a paragraph holds no way to get in touch and no look-alike letters.
_SIGNS = (
    "QQ",
    "qq",
    "elegram",
    "TG",
    "VX",
    "WhatsApp",
    "www.",
    "http",
    ".c",
    ".net",
    ".vip",
    ".top",
)
_MORE_SIGNS = (".xyz", ".bet", ".win")
_CHINESE_SIGNS = ("加微", "加V", "加v", "微信", "客服", "薇", "❤", "♥", "➕")
_SIGN, _ASCII_SIGN = any_part(_SIGNS), any_part((*_SIGNS, *_MORE_SIGNS))
_CHINESE_SIGN = re.compile("|".join(_CHINESE_SIGNS))
_LOOK_ALIKE_LETTERS = re.compile("[\U0001d400-\U0001d7ffＡ-Ｚａ-ｚ]")


def _has_sign(text: str) -> bool:
    """Whether a text may hold a contact or look-alike letters; a fast first look."""
    if text.isascii():
        return _ASCII_SIGN.search(text) is not None
    return (
        _SIGN.search(text) is not None
        or _CHINESE_SIGN.search(text) is not None
        or _LOOK_ALIKE_LETTERS.search(text) is not None
    )


def spam_blocks(blocks: Sequence[DraftBlock], gone: Verdicts) -> Verdicts:
    """The blocks that are spam as a whole: advertising lines and lists of keywords."""
    found: Verdicts = {}
    last = max((i for i in range(len(blocks)) if i not in gone), default=-1)
    for index, block in enumerate(blocks):
        if index in gone:
            continue
        text = block.text.text
        folded = _had_look_alikes(block)
        signed = folded or _has_sign(text) or _calls(text)
        if signed and _is_short(text) and _is_spam_line(text, folded=folded):
            if text[-1] in "。！？.!?" and _injected(text) is not None:
                continue  # a sentence with spam in it
            found[index] = Verdict(RemovalReason.SPAM, "spam_line")
        elif block.kind is not BlockKind.TABLE_ROW and _is_keyword_list(
            text, at_end=index >= last - 1
        ):
            found[index] = Verdict(RemovalReason.SPAM, "keyword_list")
    return found


def cut_spam_sentences(source: str, block: DraftBlock) -> tuple[DraftBlock, list[Removal]]:
    """``block`` without sentences and bracketed insertions that are spam, and the records."""
    text = block.text.text
    if len(text) <= 12 or not _has_sign(text):
        return block, []
    cuts: list[Excision] = []
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        if len(sentence.strip()) < 6 or not _has_sign(sentence):
            continue
        inner = [m for m in _BRACKETED.finditer(sentence) if _is_spam_bracket(m[0])]
        if inner:
            cuts += [
                _cut(match.start() + m.start(), match.start() + m.end(), "spam_insertion")
                for m in inner
            ]
        elif len(sentence) <= _SHORT and _is_spam_sentence(sentence):
            start, end = _injected(sentence) or (0, len(sentence))
            rule = "spam_sentence" if end - start == len(sentence) else "spam_insertion"
            cuts.append(_cut(match.start() + start, match.start() + end, rule))
    if not cuts:
        return block, []
    cleaned, removals = excise(source, block.text, cuts)
    return DraftBlock(block.kind, trim(cleaned), block.label), removals


def _injected(sentence: str) -> tuple[int, int] | None:
    """Where spam stands in a sentence that says much beside it; None: it is spam as a whole."""
    found = [m.span() for sign in (_HANDLE, _LOOK_ALIKE, _CALL) for m in sign.finditer(sentence)]
    found += [m.span() for m in chinese_spam().finditer(sentence)]
    if not found:
        return None
    start, end = min(span[0] for span in found), max(span[1] for span in found)
    while end < len(sentence) and sentence[end].isascii() and sentence[end].isalnum():
        end += 1
    if weight(sentence) - weight(sentence[start:end]) < BODY_WEIGHT:
        return None
    return start, end


def _cut(start: int, end: int, rule: str) -> Excision:
    return Excision(start, end, RemovalReason.SPAM, rule)


def _had_look_alikes(block: DraftBlock) -> bool:
    """Whether letters of the block were look-alikes (mathematical bold ones) in the source."""
    return any(
        edit.reason == "compatibility" and _LOOK_ALIKE.search(edit.before) is not None
        for edit in block.text.edits
    )


def _calls(text: str) -> bool:
    """Whether a line may call to act; a fast first look."""
    return any(sign in text for sign in _CALL_SIGNS) if not text.isascii() else "!" in text


def _is_short(text: str) -> bool:
    """Whether a line is judged as a whole: one sentence at most."""
    return len(text) <= _SHORT and len(_SENTENCE_END.findall(text)) <= 1


def _skeleton(text: str) -> str:
    """A text as a reader sees it: look-alike letters folded, decoration left out."""
    return normalize("NFKC", text).translate(_LOOSE).casefold()


def _has_look_alikes(text: str) -> bool:
    """Whether letters of a text only look like letters; the marks of its addresses are none."""
    return _LOOK_ALIKE.search(_MAIL.sub(" ", text) if "@" in text else text) is not None


def _words(text: str) -> set[str]:
    """The words of the vocabulary of spam in a text, also when digits stand for letters."""
    plain = _skeleton(text)
    found = set(_WORD.findall(plain)) & spam_words()
    if _has_look_alikes(text):
        found |= set(_WORD.findall(plain.translate(_LEET))) & spam_words()
    if not plain.isascii():
        found |= set(chinese_spam().findall(plain))
    return found


def _signs(text: str) -> tuple[int, bool, bool, bool]:
    """Words of spam, a way to get in touch, look-alike letters, a call to act."""
    plain = _skeleton(text)
    handle = _HANDLE.search(plain) or _HANDLE.search(text)
    address = _ADDRESS.search(plain)
    return (
        len(_words(text)),
        handle is not None or address is not None,
        _has_look_alikes(text),
        _CALL.search(plain) is not None,
    )


def _is_spam_line(text: str, *, folded: bool) -> bool:
    words, contact, look_alike, call = _signs(text)
    look_alike = look_alike or folded
    if text[-1] in "。." and len(text) > 60:
        return words > 0 and contact and (look_alike or call)
    if words and (contact or look_alike):
        return True
    if contact and look_alike:
        return True
    if contact and call and len(text) <= 60:
        return _HANDLE.search(_skeleton(text)) is not None
    return words >= 2 and call and text[-1] not in "。.！!？?" and len(text) <= 80


def _is_spam_sentence(text: str) -> bool:
    words, contact, look_alike, call = _signs(text)
    if words and contact:
        return look_alike or call or words >= 2 or _STRONG_TOP.search(_skeleton(text)) is not None
    return contact and look_alike and (call or _DISGUISED.search(text) is not None)


def _is_spam_bracket(text: str) -> bool:
    """Whether what stands in brackets is spam: they are a sign that it was set in."""
    words, contact, _, _ = _signs(text)
    return (words > 0 and contact) or _is_spam_sentence(text)


def _is_english_list(head: str) -> bool:
    """Small words in a row, none of which joins others, with several words of spam."""
    words = _WORD.findall(head)
    if head != head.lower() or not _JOINING.isdisjoint(words):
        return False
    return len(spam_words().intersection(words)) >= _MANY_SPAM_WORDS


def _is_keyword_list(text: str, *, at_end: bool) -> bool:
    """Many short words with nothing between them but blanks and commas, some of them of spam."""
    if len(text) < 30 or text[-1] in "。.！!？?：:":
        return False
    head = text[:2000]
    if not at_end and head.isascii():  # the English ones stand at the end
        return False
    items = _ITEM.findall(head)
    if len(items) < _KEYWORDS or len(head) > 14 * len(items):
        return False
    han = sum("\u3400" <= item[0] <= "\u9fff" for item in items)
    if han * 2 < len(items):
        return at_end and han == 0 and _is_english_list(head)
    if any(len(item) > 12 for item in items):
        return False
    spam = len(_words(head))
    return spam >= 2 or (at_end and (spam == 1 or len(items) >= _MANY_KEYWORDS))
