"""The word lists of front matter, compiled to expressions that match a word at a place."""

import re
from functools import cache
from pathlib import Path

from tasks.blocks.wordlists import read_list, read_table

_HERE = Path(__file__).parent


def _alternation(words: list[str]) -> str:
    """The words, longest first; Latin ones end at a word boundary."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w) + (r"\b" if w[-1].isascii() else "") for w in ordered)


@cache
def _table(name: str) -> dict[str, str]:
    """The kind of each word of a table, by its case-folded form."""
    return {
        word.casefold(): kind
        for kind, words in read_table(_HERE / name)
        for word in words.split("|")
    }


_STATIONED = r"(?:驻|駐)[\u3400-\u9fff]{1,6}?"
_BY_WORDS = re.compile(
    r"(?:with |additional |original |lead ){0,2}(?P<done>[a-z\- ]{3,20}?)"
    r"(?: and [a-z]{4,14}| from (?:the )?[a-z]{3,14})? by"
)


def _parts(kind: str) -> dict[str, str]:
    """The words of one kind of part, with the role each names (``how``: the language)."""
    return {
        word: name.split()[1]
        for name, words in read_table(_HERE / "role_parts.tsv")
        if name.split()[0] == kind
        for word in words.split("|")
    }


@cache
def _how(lang: str) -> str:
    return _alternation([word for word, name in _parts("how").items() if name == lang])


@cache
def _modified() -> re.Pattern[str]:
    """A head with what stands in front of it (``本报首席记者``, ``Senior Web Editor``)."""
    return re.compile(
        rf"(?:{_how('zh')}|{_STATIONED}){{1,3}}(?:摄影|攝影)?"
        rf"(?P<zh>{_alternation([head for head in _heads() if not head.isascii()])})"
        rf"|(?:(?:{_how('en')}) ){{1,2}}(?P<en>[a-z]{{5,14}})"
    )


@cache
def _heads() -> dict[str, str]:
    return _parts("head")


@cache
def _done() -> dict[str, str]:
    return _parts("done")


def role_of(word: str) -> str | None:
    """The normalised role that a word of a byline names.

    >>> role_of("责任编辑"), role_of("Proofreader"), role_of("Price")
    ('editor', 'proofreader', None)
    >>> role_of("本报首席记者"), role_of("Senior Web Editor"), role_of("Additional reporting by")
    ('reporter', 'editor', 'reporter')
    """
    folded = " ".join(word.casefold().split())
    known = _table("roles.tsv").get(folded)
    if known is not None:
        return known
    by = _BY_WORDS.fullmatch(folded)
    if by is not None:
        return _done().get(by["done"])
    modified = _modified().fullmatch(folded)
    if modified is None:
        return _heads().get(folded)
    return _heads().get(modified["zh"] or modified["en"])


def counter_of(word: str) -> str | None:
    """The name of the count that a word stands for.

    >>> counter_of("阅读量"), counter_of("Total Words")
    ('views', 'words')
    """
    return _table("counters.tsv").get(word.casefold())


@cache
def role_words() -> str:
    """An alternation of all words of roles, and of those that are put together of parts."""
    done, heads = _alternation(list(_done())), list(_heads())
    zh = _alternation([head for head in heads if not head.isascii()])
    en = _alternation([head for head in heads if head.isascii()])
    return (
        rf"(?:{_how('zh')}|{_STATIONED}){{1,3}}(?:摄影|攝影)?(?:{zh})"
        rf"|(?:(?:{_how('en')}) ){{1,2}}(?:{en})"
        rf"|(?:with |additional |original |lead ){{0,2}}(?:{done})(?: and (?:{done})"
        rf"| from (?:the )?\w{{3,14}})? by\b"
        rf"|{_alternation([*_table('roles.tsv'), *heads])}"
    )


@cache
def role_starts() -> frozenset[str]:
    """The first characters of the words of roles, case folded."""
    parts = (*_table("roles.tsv"), *_heads(), *_done(), *_parts("how"), "驻", "駐", "with")
    return frozenset(word[0].casefold() for word in parts)


@cache
def counter_words() -> str:
    """An alternation of all words of counters."""
    return _alternation(list(_table("counters.tsv")))


@cache
def label_words(kind: str) -> str:
    """An alternation of the labels of one kind (``labels.tsv``)."""
    words = next(words for name, words in read_table(_HERE / "labels.tsv") if name == kind)
    return _alternation(words.split("|"))


@cache
def outlets() -> frozenset[str]:
    """The known outlets, case folded."""
    return frozenset(name.casefold() for name in read_list(_HERE / "outlets.txt"))


@cache
def outlet_starts() -> frozenset[str]:
    """The first characters of the known outlets, case folded."""
    return frozenset(name[0] for name in outlets())


@cache
def outlet_pattern() -> re.Pattern[str]:
    """Matches a known outlet; Latin names between word boundaries."""
    names = sorted(read_list(_HERE / "outlets.txt"), key=lambda n: (-len(n), n))
    return re.compile(
        "|".join(
            rf"(?<!\w){re.escape(name)}(?!\w)" if name.isascii() else re.escape(name)
            for name in names
        ),
        re.IGNORECASE,
    )


def is_outlet(text: str) -> bool:
    """Whether a text is the name of a known outlet.

    >>> is_outlet("Reuters"), is_outlet("新华网"), is_outlet("Routers")
    (True, True, False)
    """
    return text.strip().casefold() in outlets()


#: First words of sections and labels, not of papers.
_GENERIC = (
    "By|Courtesy|Auto|Car|Community|Regional|Celebrity|Crime|Weather|Education|Music|Movie|Travel|Food|Money|Arts?|Lifestyle|State|County|Campus|School|Student|Headline|Events?|Published|Updated|Source|Local|World|Breaking|Latest|National|Business|Sports?|Top|More|Related|Other"
    "|Tech|Technology|Science|Staff|Our|Weekend|Political|Health|Video|Photo|Featured|All|Posted|Good|Bad|Fake"
    "|Real|Big|International|Entertainment|Recent|Popular|General|Company|Industry|Market|Markets|Read|Follow"
    "|Play|Listen|Watch|Live|Next|Now|Download|Get|Join|Subscribe|Support|About|Contact|Visit|Continue|View|See"
    "|Search|Open|Add|Save|Donate|Sign|Send|Share|Print|Email|My|Your|This|Today|Yesterday"
)
#: What may stand behind the last word of an outlet's name (``Halden Daily News``).
_LAST_WORD = (
    "News|Times|Post|Herald|Tribune|Journal|Press|Mail|Express|Review|Magazine|Radio|TV|Television"
    "|Network|Digest|Chronicle|Record|Gazette|Media"
)


#: The first half of a paper's name that two papers became (``Courier-Press``).
_COMPOUND = (
    "Courier|Post|Times|News|Star|Herald|Journal|Press|Sun|Daily|Record|Tribune|Mail|Register|Union|Gazette"
    "|Democrat|Republican|Reporter|Express|World|Leader|Sentinel|Advocate|Standard|Citizen|Examiner"
)


@cache
def masthead_pattern() -> re.Pattern[str]:
    """The form of an outlet's name that no list knows: what papers, sites and stations are called.

    >>> masthead_pattern().fullmatch("The Kestrel Courier") is not None
    True
    >>> masthead_pattern().fullmatch("海报") is None
    True
    """
    english = (
        "Daily|Weekly|Monthly|Quarterly|Times|Post|Herald|Tribune|Gazette|Journal|Observer|Chronicle|Courier|Echo"
        "|Review|News|Newswire|Wire|Press|Digest|Magazine|Mail|Bulletin|Express|Dispatch|Standard"
        "|Advertiser|Reporter|Online|Today|Insider|Broadcasting|Telegraph|Guardian|Examiner|Inquirer|Sentinel"
        "|Ledger|Argus|Messenger|Radio|TV|Television|Media|News Agency|News Network|Newsroom"
        "|Newsletter"
    )
    with_article = (
        "Sun|Star|Mirror|Record|Leader|Citizen|Voice|Signal|Globe|Register|Beacon|Banner|Letters|Notebook"
        "|Independent|Mercury|Spectator|Monitor|Enterprise|Pilot|Eagle|Conversation|Recorder|Transcript"
    )
    chinese = (
        "日报|晚报|早报|晨报|商报|时报|周报|都市报|社区报|周刊|月刊|杂志|日報|晚報|早報|時報|週刊|雜誌|新闻网"
        "|新聞網|财经网|在线|新闻|新聞|财经|財經|财讯|資訊|资讯|快讯|广播电视台|电视台|電視台|电台|通讯社|报社"
        "|快报|快報|导报|導報|青年报|观察报|信息报|法制报|工人报|画报|学报|新报|週報|周末|双周刊|新闻社|融媒体中心|融媒体"
        "|融媒|传媒|頭條|头条|联播|播报|新闻客户端|客户端|广播网|之声|网络电视|政府网|教育网|信息网|文明网|共青团"
    )
    word = r"[A-Z][\w'’&\-]{1,20}"
    return re.compile(
        rf"(?!(?i:{_GENERIC}) )(?:The )?{word}(?: (?:of|the|and|&|{word})){{0,4}}?"
        rf" (?:(?:{_COMPOUND})[-–])?(?:{english})(?: (?:{_LAST_WORD}))?(?![\w'’])"
        rf"|(?!(?i:{_GENERIC}) )(?:The )?{word}(?: {word}){{0,2}}? [A-Z][a-z]{{2,10}}(?:wire"
        rf"|press|cast)(?![\w'’])"
        rf"|The {word}(?: {word}){{0,2}}? (?:{with_article})(?![\w'’])"
        rf"|(?!(?:本报|本報|本網|本网|今日|最新|即时|国内|国际|國際|媒体|据|來源|来源|更多))"
        rf"[\u3400-\u9fff]{{2,8}}?(?:{chinese})"
        r"(?![\u3400-\u9fff])|[\u3400-\u9fff]{1,6}(?:报|報|網|网|社|台|刊)"
        r"(?=\s?[/／]\s?(?:记者|記者|编译|編譯|综合|綜合|文|作者)|\s(?:记者|記者)\s?[\u3400-\u9fff]{2,4})"
    )


@cache
def paper_words_pattern() -> re.Pattern[str]:
    """A name with a word of papers in it; only beside a date or behind an author it is one.

    >>> paper_words_pattern().fullmatch("Inland News Group") is not None
    True
    >>> paper_words_pattern().fullmatch("Theatre Royal") is None
    True
    """
    papers = (
        "News|Newswires?|Press|Media|Wire|Times|Post|Herald|Tribune|Gazette|Journal|Observer"
        "|Chronicle|Courier|Echo|Review|Digest|Magazine|Mail|Bulletin|Express|Dispatch|Standard|Advertiser"
        "|Online|Insider|Telegraph|Guardian|Examiner|Inquirer|Sentinel|Ledger|Argus|Messenger|Radio|TV"
        "|Television|Newsbeat|Star|Mirror|Globe|Register|Beacon|Sun|Broadcasting|Newspapers?"
    )
    word = r"[A-Z][\w'’&\-]{1,20}"
    return re.compile(
        rf"(?!(?i:{_GENERIC}) )(?:The )?{word}(?: (?:of|the|and|&|{word})){{0,3}}? (?:{papers})"
        rf"(?: {word}){{0,2}}(?![\w'’])"
    )


@cache
def short_paper_pattern() -> re.Pattern[str]:
    """A short name that ends like a paper's or site's; only beside a date it is one.

    >>> bool(short_paper_pattern().fullmatch("海曲网")), short_paper_pattern().fullmatch("互联网")
    (True, None)
    """
    no_paper = "(?<!互联)(?<!互聯)(?<!物联)(?<![电管路官渔全球])[网網]"
    no_news = "(?<![海情预預汇匯简簡公警电電举舉申回播填上通战戰捷喜])[报報]"
    return re.compile(
        rf"(?!今日|最新|深度|独家|本)[\u3400-\u9fff]{{2,5}}(?:{no_paper}|{no_news}|(?<!行)(?<!作)(?<!公)社)"
        r"(?![\u3400-\u9fff])"
    )


@cache
def account_pattern() -> re.Pattern[str]:
    """The form of the name of an account or column that writes; only beside a date it is one.

    >>> account_pattern().fullmatch("快鲸科技") is not None
    True
    """
    short = "志|派|社|圈|君|报|報|网|網|台|刊|号"
    start = "(?!(?:今日|最新|热门|原创|本文|深度|独家|国际|国内|更多))[\\u3400-\\u9fffA-Za-z0-9]"
    return re.compile(
        rf"{start}{{2,8}}?(?:{_COLUMNS})|{_NO_SECTION}{start}{{2,6}}?(?:{_SUBJECTS})(?![\u3400-\u9fff])"
        rf"|{start}{{2,5}}?(?:{short})"
    )


#: What accounts write about, at the end of their names; but ``传统文化`` is a section.
_SUBJECTS = (
    "人文|文化|历史|歷史|军事|軍事|体育|體育|娱乐|娛樂|影视|美食|旅行|摄影|攝影|育儿"
    "|科普|数码|數碼|读书|讀書|杂谈"
)
_NO_SECTION = (
    "(?!中国|中華|中华|世界|全球|国家|社会|传统|古代|近代|现代|当代"
    "|民间|大众|地方|校园|企业|综合|时尚|明星|中外)"
)


_COLUMNS = (
    "科技|研究|观察|觀察|笔记|筆記|评论|評論|视点|視點|论坛|纪事|紀事|见闻|参考|人物|智库|地理|汽车|商业|资本|投资"
    "|时尚|教育|健康|故事|视界|頻道|研究所|研究院|工作室|编辑部|編輯部|实验室|商学院|在线|财经|财讯|官方|发布|融媒"
)


@cache
def column_pattern() -> re.Pattern[str]:
    """The form of the name of a column or account, sure enough to stand in a line of its own.

    >>> column_pattern().fullmatch("港湾笔记") is not None
    True
    >>> column_pattern().fullmatch("三十七个人的戏台") is None
    True
    """
    return re.compile(rf"(?!今日|最新|深度|独家)[\u3400-\u9fffA-Za-z0-9]{{2,5}}?(?:{_COLUMNS})")


@cache
def position_pattern() -> re.Pattern[str]:
    """What somebody is at a paper (``Chief Political Correspondent``)."""
    word = (
        r"(?:[A-Z][\w&'’\-]{1,15}|of|and|the|staff|senior|chief|special|freelance|political"
        r"|science|business)"
    )
    return re.compile(
        rf"(?:{word} ){{0,5}}(?:writers?|reporters?|correspondents?|editors?|contributors?"
        rf"|columnists?|director|professor|lecturer|scientist|researcher|economist|historian"
        rf"|novelist|author|host|manager|president|founder|student|intern|blogger|essayist|poet"
        rf"|lawyer|attorney|engineer|chair|consultant"
        r"|producers?|journalists?|fellow|anchor|staff|bureau chief|analyst|critic|news"
        r"|photographer)\b",
        re.IGNORECASE,
    )


def is_position(text: str) -> bool:
    """Whether a text says what somebody is at a paper, not who.

    >>> is_position("Chief Political Correspondent"), is_position("Staff"), is_position("Ann Lee")
    (True, True, False)
    """
    return position_pattern().fullmatch(text) is not None
