"""Sentences as bags of tokens that can be matched across the two languages.

Chinese: jieba words (cut by rjieba, the same algorithm in Rust) and, beside a word of several
characters, its characters. English: lower-cased, lightly stemmed words, and the pinyin syllables
of capitalised words that are made of them, as ``~qing``. Both: Latin words, digits, and the few
punctuation marks that say what kind of sentence it is. Traditional Chinese is folded to
Simplified before cutting.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

#: Marks that become tokens, and the sign they are folded to.
_MARKS = {
    "?": "?", "？": "?", "!": "!", "！": "!", ":": ":", "：": ":", ";": ";", "；": ";",
    '"': '"', "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "„": '"', "«": '"',
    "»": '"', "'": '"', "‘": '"', "(": "(", "（": "(", "…": "…", "...": "…", "—": "—", "--": "—",
}  # fmt: skip

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_OTHER = re.compile(
    r"(?<![^\W_])['‘](?=\w)|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|\.\.\.|--|[?？!！:：;；\"“”„«»「」『』(（…—]"
)

_SYLLABLES = (
    "a ai an ang ao e ei en er o ou ba pa ma fa da ta na la ga ka ha za ca sa zha cha sha "
    "bai pai mai dai tai nai lai gai kai hai zai cai sai zhai chai shai bei pei mei fei dei nei "
    "lei gei hei zei shei bao pao mao dao tao nao lao gao kao hao zao cao sao zhao chao shao rao "
    "pou mou fou dou tou lou gou kou hou zou cou sou zhou chou shou rou ban pan man fan dan tan "
    "nan lan gan kan han zan can san zhan chan shan ran ben pen men fen nen gen ken hen zen cen "
    "sen zhen chen shen ren bang pang mang fang dang tang nang lang gang kang hang zang cang sang "
    "zhang chang shang rang beng peng meng feng deng teng neng leng geng keng heng zeng ceng seng "
    "zheng cheng sheng reng dong tong nong long gong kong hong zong cong song zhong chong rong "
    "bi pi mi di ti ni li ji qi xi yi dia lia jia qia xia ya bie pie mie die tie nie lie jie qie "
    "xie ye biao piao miao diao tiao niao liao jiao qiao xiao yao miu diu niu liu jiu qiu xiu you "
    "bian pian mian dian tian nian lian jian qian xian yan bin pin min nin lin jin qin xin yin "
    "niang liang jiang qiang xiang yang bing ping ming ding ting ning ling jing qing xing ying "
    "jiong qiong xiong yong bu pu mu fu du tu nu lu gu ku hu zu cu su zhu chu shu ru wu gua kua "
    "hua zhua shua wa duo tuo nuo luo guo kuo huo zuo cuo suo zhuo chuo shuo ruo wo bo po mo fo "
    "guai kuai huai zhuai chuai shuai wai dui tui gui kui hui zui cui sui zhui chui shui rui wei "
    "duan tuan nuan luan guan kuan huan zuan cuan suan zhuan chuan shuan ruan wan dun tun lun gun "
    "kun hun zun cun sun zhun chun shun run wen guang kuang huang zhuang chuang shuang wang weng "
    "ju qu xu yu lv nv jue que xue yue lue nue juan quan xuan yuan jun qun xun yun de te ne le ge "
    "ke he ze ce se zhe che she re me zhi chi shi ri zi ci si"
)
#: English words that happen to be syllables.
_NO_NAME_WORDS = (
    "a an ban bang bin can chi come dang de den die ding e en er fan fen gang he hen hang "
    "huang hung ken lang lie long me men miao mine o pan pang pen pie pin ping ran rang run "
    "sang she shun song sun tan tang tie ting to wan wen you"
)
#: Irregular forms, as form:base.
_IRREGULAR_FORMS = (
    "is:be are:be was:be were:be been:be am:be being:be has:have had:have did:do does:do "
    "done:do went:go gone:go said:say saw:see seen:see came:come took:take taken:take "
    "gave:give given:give got:get gotten:get made:make knew:know known:know thought:think "
    "told:tell felt:feel left:leave kept:keep began:begin begun:begin brought:bring "
    "bought:buy stood:stand sat:sit ran:run heard:hear found:find held:hold wrote:write "
    "written:write spoke:speak spoken:speak fell:fall fallen:fall grew:grow grown:grow "
    "drew:draw drawn:draw threw:throw thrown:throw flew:fly sent:send spent:spend lost:lose "
    "met:meet paid:pay built:build sold:sell slept:sleep woke:wake ate:eat eaten:eat "
    "drank:drink drove:drive driven:drive rode:ride rose:rise risen:rise wore:wear worn:wear "
    "broke:break broken:break chose:choose chosen:choose forgot:forget forgotten:forget "
    "hid:hide hidden:hide led:lead meant:mean sang:sing sought:seek shot:shoot shook:shake "
    "caught:catch taught:teach fought:fight understood:understand became:become men:man "
    "women:woman children:child feet:foot teeth:tooth wives:wife lives:life people:person "
    "better:good best:good worse:bad worst:bad"
)
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_IRREGULAR = dict(pair.split(":") for pair in _IRREGULAR_FORMS.split())
_ES = ("shes", "ches", "xes", "sses", "zes")
_VOWEL = re.compile(r"[aeiouy]")
_SUFFIXES = ("'s", "’s", "'re", "’re", "'ll", "’ll", "'ve", "’ve", "'d", "’d", "'m", "’m")


#: What parts the sentences in a list of words.
BREAK = "\n"


def cut_zh(sentences: Sequence[str]) -> list[str]:
    r"""The words of Chinese sentences, with :data:`BREAK` between the sentences.

    >>> cut_zh(["他买了 Tesla！", "好"])
    ['他', '买', '了', ' ', 'Tesla', '！', '\n', '好']
    """
    import rjieba

    words: list[str] = rjieba.cut(_simplified(BREAK.join(_unbroken(sentences))))
    return words


def english_text(sentences: Sequence[str]) -> str:
    r"""English sentences with blanks around what parts them: the words are what stands between
    blanks.

    >>> english_text(["Don't, he said: 3,000!", "Why?"])
    "Don't, he said: 3,000! \n Why?"
    """
    return f" {BREAK} ".join(_unbroken(sentences))


def _unbroken(sentences: Sequence[str]) -> Sequence[str]:
    """The sentences without line ends."""
    if any(BREAK in s or "\r" in s for s in sentences):
        return [s.replace("\r", " ").replace(BREAK, " ") for s in sentences]
    return sentences


def tokenize_zh(sentences: Sequence[str]) -> list[list[str]]:
    """The tokens of Chinese sentences.

    >>> tokenize_zh(["他买了 Tesla！"])
    [['他', '买', '了', 'tesla', '!']]
    """
    rows: list[list[str]] = [[]]
    for word in cut_zh(sentences):
        if word == BREAK:
            rows.append([])
        else:
            rows[-1] += _ZH(word)
    return rows[: len(sentences)]


def tokenize_en(sentences: Sequence[str]) -> list[list[str]]:
    """The tokens of English sentences.

    >>> tokenize_en(["Qingyang wasn't making 3 cakes!"])
    [['qingyang', '~qing', '~yang', 'be', 'not', 'mak', '3', 'cak', '!']]
    """
    return [en_tokens(sentence) for sentence in sentences]


def _simplified(text: str) -> str:
    """The text in Simplified characters, of the same length.

    GB 2312 has no Traditional characters; a text that fits it needs no folding, and the tables for
    it need not be loaded.
    """
    if len(text.encode("gb2312", "ignore").decode("gb2312")) == len(text):
        return text
    from tasks.language.hans import to_simplified

    return to_simplified(text)


def zh_tokens(word: str) -> list[str]:
    """The tokens of a word of :func:`cut_zh`."""
    if _HAN.fullmatch(word):
        return [word, *word] if len(word) > 1 else [word]
    tokens: list[str] = []
    at = 0
    for match in _HAN.finditer(word):
        tokens += en_tokens(word[at : match.start()])
        tokens += zh_tokens(match.group())
        at = match.end()
    return tokens + en_tokens(word[at:])


def en_tokens(text: str) -> list[str]:
    """The tokens of an English text: of what stands between blanks, or of more."""
    return [token for word in _OTHER.findall(text) for token in _EN(word)]


def _en_word(word: str) -> tuple[str, ...]:
    if word in _MARKS:
        return (_MARKS[word],)
    if word[0].isdigit():
        return (word.replace(",", ""),)
    low = word.lower()
    if low.endswith(("n't", "n’t")):
        return (stem(low[:-3]) if low[:-3] not in ("ca", "wo") else low[:-3] + "n", "not")
    for suffix in _SUFFIXES:
        if low.endswith(suffix):
            low = low[: -len(suffix)]
            word = word[: -len(suffix)]
            break
    if not low:
        return ()
    names: tuple[str, ...] = ()
    if word[0].isupper() and low not in _NO_NAME:
        names = tuple(f"~{syllable}" for syllable in pinyin_syllables(low))
    return (stem(low), *names)


def stem(word: str) -> str:
    """A light stem of a lower-case English word: plural, -ed, -ing, -ly and the final -e go.

    >>> [stem(w) for w in "making makes stopped cities happily said".split()]
    ['mak', 'mak', 'stop', 'citi', 'happi', 'sai']
    """
    word = _IRREGULAR.get(word, word)
    size = len(word)
    if size > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        two = word.endswith(_ES) or (word.endswith("ies") and size > 4)
        word = word[:-2] if two else word[:-1]
    for ending in ("ing", "ed", "ly"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) > 2 and _VOWEL.search(rest):
            word = rest
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    if len(word) > 2 and word[-1] == "y":
        word = word[:-1] + "i"
    return word


@cache
def _syllables() -> frozenset[str]:
    return frozenset(_SYLLABLES.split())


def pinyin_syllables(word: str) -> tuple[str, ...]:
    """The pinyin syllables that a lower-case word is made of (longest first); () when it is not.

    >>> pinyin_syllables("qingyang"), pinyin_syllables("electron")
    (('qing', 'yang'), ())
    """
    known = _syllables()
    if len(word) > 18:
        return ()
    found: list[str] = []

    def split(at: int) -> bool:
        if at == len(word):
            return True
        for end in range(min(len(word), at + 6), at, -1):
            if word[at:end] in known and split(end):
                found.append(word[at:end])
                return True
        return False

    return tuple(reversed(found)) if split(0) else ()


_ZH = lru_cache(maxsize=1 << 17)(zh_tokens)
_EN = lru_cache(maxsize=1 << 15)(_en_word)
