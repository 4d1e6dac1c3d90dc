"""What belongs to a site and not to its article, known by names and phrases.

The lists are general: names as page authors choose them (``data/names.toml``), and the forms of
the stock phrases of Chinese and English sites.
"""

import re
import tomllib
from importlib import resources

from lxml import html

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"[^a-z0-9]+")
#: A word with a count or size behind it. Letters among figures are a checksum, and say nothing.
_WORD = re.compile(r"[a-z]+(?=\d*$|\d+x\d+$)")
_JOINTS = re.compile(r"[-_]+")

_LISTS = tomllib.loads(
    resources.files(__package__).joinpath("data", "names.toml").read_text(encoding="utf-8")
)
_SITE, _MAYBE, _ARTICLE, _LEAD, _LOCKED, TITLE_NAMES, HIDDEN_NAMES, BODY_NAMES = (
    frozenset(_LISTS[name].split())
    for name in ("site", "maybe", "article", "lead", "locked", "title", "hidden", "body")
)
AUTHOR_NAMES, OTHERS, BESIDE_NAMES = (
    frozenset(_LISTS[name].split()) for name in ("author", "others", "beside")
)
_BUTTONS = frozenset(line for line in _LISTS["buttons"].split("\n") if line)
_LONGEST_BUTTON = max(map(len, _BUTTONS)) + 4
_TAGS = frozenset(("nav", "aside", "footer", "menu", "dialog"))
_ROLES = frozenset(("navigation", "complementary", "contentinfo", "banner", "search", "dialog"))

#: A line that opens a list of other stories; all that follows up to the next real paragraph goes.
RELATED_HEADING = re.compile(
    r"[【\[（(■●◆▼★>》|\s]{0,3}(?:"
    r"(?:相关|推荐|热门|热点|精彩|更多|最新|延伸|拓展|扩展|猜你|大家|今日|本周|编辑|热文|往期|为[您你]|点击)"
    r"(?:的|相关|精彩|热门|推荐|最新)?(?:\s?[·•・]\s?)?"
    r"(?:新闻|阅读|文章|推荐|资讯|报道|报导|专题|链接|内容|回顾|排行|排行榜|话题|事件|喜欢|都在看|都在搜|"
    r"爱看|关注|视频|图片|图集|评论|跟贴|留言)"
    r"|(?:新闻|点击|阅读|文章|热度|人气)?排行榜?|网友评论|网友跟贴|最新评论|热门评论|全部评论|发表评论|我要评论"
    r"|related(?:\s+(?:articles?|stories|news|posts|content|topics|coverage|links|reading))?"
    r"|read\s+(?:more|next|also)|more\s+(?:from|on|in|stories|news)\b.{0,40}|most\s+(?:read|popular|viewed)"
    r"|(?:you\s+)?(?:may|might)\s+(?:also\s+)?like|recommended(?:\s+(?:for\s+you|stories|articles))?"
    r"|trending(?:\s+(?:now|stories))?|popular(?:\s+(?:now|posts|stories))?|(?:top|latest)\s+(?:stories|news)"
    r"|what\s+to\s+read\s+next|(?:\d+\s+)?comments?|leave\s+a\s+(?:comment|reply)|share\s+this(?:\s+\w+)?"
    r"|about\s+the\s+authors?|sign\s+up\s+for\b.{0,60}|topics?|tags?"
    r")[】\]）)■●◆▼★>》|：:\s]{0,3}(?:more|更多|>>)?[>》]{0,2}",
    re.IGNORECASE,
)
#: How a notice of the site begins.
SITE_NOTICE = re.compile(
    r"[（(【\[*※]{0,2}\s{0,3}(?:[^，。：:]{0,10}(?:免责声明|免責聲明|郑重声明|特别声明|版权声明|版權聲明|风险提示|"
    r"声明|版权与免责声明)\s*[:：】\])）]"
    r"|(?:未经|未經)[^。]{0,20}(?:授权|授權|许可|許可|允许|同意)"
    r"|版权所有|版權所有|copyright\s*(?:©|\(c\)|(?:19|20)\d\d)|©\s*(?:19|20)\d\d|all\s+rights\s+reserved"
    r"|(?:返回|回到)(?:首页|顶部|列表)|(?:打印|打印本页|关闭窗口|关闭|收藏|字号|字体|纠错|举报)\b"
    r"|(?:上一[篇页条]|下一[篇页条])\s*[:：]|当前位置|您(?:现在)?(?:的|所在的?)位置|你的位置"
    r"|网友评论仅供)",
    re.IGNORECASE,
)
#: Notices that look like a line of metadata: on reprints ("source:", without one), on cookies
#: ("by").
SURE_NOTICE = re.compile(
    r"(?:[^，。：:]{0,12}声明\s?[:：]\s{0,3})?凡(?:是)?(?:本[网站报刊台]|注明|来源)"
    r"[^。]{0,20}[“”\"：:]"
    r"|(?:we use|this (?:web)?site uses) cookies"
    r"|(?:on this (?:web)?site,?\s)?we (?:and (?:our|\d+) (?:\d+ )?partners )?(?:use|store)\b"
    r"[^.]{0,60}\bcookies"
    r"|by (?:continuing|using|clicking|closing)\b[^.]{0,80}\b(?:cookies|cookie policy)",
    re.IGNORECASE,
)
#: Something is quoted or reported: a sentence of the text, whatever it is about.
_TOLD = r"[“”\"].{0,400}\b(?:said|says|told|wrote|asked|added|according to)\b"
#: Phrases of short lines that are the site's.
SITE_PHRASE = re.compile(
    r"(?:未经|未經)[^。]{0,20}(?:授权|授權|许可|許可)[^。]{0,20}(?:转载|轉載|复制|使用|镜像)"
    r"|版权所有|版權所有|copyright\s*(?:©|\(c\))|©\s*(?:19|20)\d\d|all\s+rights\s+reserved"
    r"|[京沪粤浙苏津渝川闽鲁豫鄂湘皖赣晋冀辽吉黑蒙陕甘宁青新藏琼桂云贵]\s?ICP\s?[备证]|公网安备|增值电信业务|新闻信息服务许可"
    r"|违法和不良信息|举报(?:电话|邮箱)|(?:扫一扫|扫描|长按)[^。]{0,12}二维码|分享(?:到|至)\s?(?:微信|朋友圈|好友|：|:)"
    r"|(?:仅供参考|不构成)[^。]{0,12}(?:投资)?建议|网友评论|(?:下载|打开)[^。]{0,10}(?:APP|客户端)"
    r"|^(?:share|tweet|print|email|advertisement|skip to|sign in|log in|subscribe)\b.{0,30}$"
    rf"|^(?!.*{_TOLD}).*\b(?:newsletter|sign up|subscribe now|your email address|privacy policy"
    r"|terms of (?:use|service))\b",
    re.IGNORECASE | re.DOTALL,
)
#: Longest text of such a line, in mass.
SITE_PHRASE_MASS = 45.0
#: A line that carries metadata; it is left to the stages that read it.
INFO_LINE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|\d{1,2}月\d{1,2}日|(?<![\d:])\d{1,2}:\d{2}(?!\d)"
    r"|(?:来源|來源|作者|记者|記者|编辑|編輯|责编|責編|编译|編譯|撰文|采写|審校|校对|审核|监制|摄影|原标题|原標題|原创|(?:发布|发表|更新)(?:时间|日期))"
    r"\s?[:：/|丨]|(?:来源|來源)[于於自]\s?[:：]"
    r"|^(?:文|图|圖|译|譯|撰文|翻译|编译|采访|整理)[ \u3000]{1,2}"
    r"[\u3400-\u9fff·]{2,12}(?:[ \u3000]|$)"
    r"|^\S{0,10}(?:记者|記者|通讯员|通訊員|撰稿人|评论员)\s+\S{2,}"
    r"|[（(【\[](?:责任编辑|責任編輯|责编|编辑|記者|记者|作者|来源|文/|图/)"
    r"|^(?:by|source|(?:(?:first|originally)\s+)?(?:published|posted)|(?:last\s+)?(?:updated|modified)|editor)\b"
    r"|^(?:story|words|text|report(?:ing|ed)?|written|edited|compiled|translated|photo(?:s|graph(?:s|y))?|pictures?"
    r"|images?|illustrations?|graphics?|video)\s+by\b"
    r"|\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(?:19|20)\d\d",
    re.IGNORECASE,
)
#: A line that names who edited; it often stands among the buttons below an article.
EDITOR_LINE = re.compile(
    r"[（(【\[]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|审核|(?:本文)?来源|作者|编审|值班主任|监制)\s?[:：|/]"
)
#: How long ago something was posted: comments and lists of stories say so.
AGO = re.compile(
    r"\d+\s?(?:秒|分钟|分鐘|小时|小時|天|周|个?月|年)前|刚刚|\b\d+\s?(?:s|m|h|d|sec|min|hour|day|week|month|year)"
    r"[a-z]*\.?\s+ago\b|\d+楼",
    re.IGNORECASE,
)
#: A date that counts from today.
WHEN = re.compile(
    r"昨天|今天|前天|\d+\s?(?:秒|分钟|分鐘|小时|小時|天|周|个?月|年)前"
    r"|yesterday\b|today\b|\d+ \w+ ago\b",
    re.IGNORECASE,
)
#: A line with which a page says that it is one of several.
PAGES_LINE = re.compile(
    r"下一?页|下一頁|末页|尾页|第\s?\d+\s?[页頁]|共\s?\d+\s?[页頁]|\bnext page\b|\bpage \d+ of \d+",
    re.IGNORECASE,
)


def names_of(value: str) -> set[str]:
    """The words of a class or id attribute, in lower case, and each name as a whole.

    >>> sorted(names_of("post-Share rightBar"))
    ['bar', 'post', 'post-share', 'postshare', 'right', 'rightbar', 'share']
    >>> sorted(names_of("ad300 deck--7ad4f"))
    ['ad', 'ad300', 'deck', 'deck--7ad4f', 'deck7ad4f']
    """
    names: set[str] = set()
    for token in value.split():
        for part in _PARTS.split(_CAMEL.sub(" ", token).lower()):
            if word := _WORD.match(part):
                names.add(word[0])
        names.add(token.lower())
        names.add(_JOINTS.sub("", token.lower()))
    return names


def classes(element: html.HtmlElement) -> list[str]:
    """The classes of an element, in lower case."""
    return (element.get("class") or "").lower().split()


def bare_names(element: html.HtmlElement) -> set[str]:
    """Classes and id of an element, in lower case, without hyphens and underscores."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return {_JOINTS.sub("", name) for name in names.split()}


def is_furniture(tag: str, role: str, names: set[str]) -> bool:
    """Whether an element is the site's by its tag, role and names."""
    if tag in _TAGS or role in _ROLES:
        return True
    return not names.isdisjoint(_SITE)


def may_be_furniture(names: set[str]) -> bool:
    """Whether the names of an element say so, but need a second sign."""
    return not names.isdisjoint(_MAYBE)


def names_the_article(names: set[str]) -> bool:
    """Whether the names of an element are those of an article's body."""
    return not names.isdisjoint(_ARTICLE)


def names_a_lead(names: set[str]) -> bool:
    """Whether the names of an element are those of a lead, apart from the body."""
    return not names.isdisjoint(_LEAD)


def names_the_locked_part(names: set[str]) -> bool:
    """Whether the names of an element are those of what stands behind a paywall."""
    return not names.isdisjoint(_LOCKED)


def is_button(text: str) -> bool:
    """Whether the text of a link is that of a button.

    >>> is_button(" 分享 "), is_button("Reply"), is_button("分享经济")
    (True, True, False)
    """
    return len(text) <= _LONGEST_BUTTON and text.strip().lower() in _BUTTONS
