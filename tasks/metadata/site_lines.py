"""Lines above a headline that are the site's, by their form: paths, menus, greetings, offices.

Where another line can be the title, none of these is.
"""

import re

from tasks.blocks.prose import weight

_CELL = 32  # weight of the longest cell of a path or menu
_PATH = re.compile(r"\s?[＞>»›≫┊|｜‖]{1,2}\s?|\s[/／·•]\s")
_SAYS = re.compile(
    r"(?:请|請)?\[?(?:登录|登錄|登入)|注册|註冊|欢迎(?:您|来|光临|访问|关注|使用)|歡迎|设为首页|加入收藏|加为收藏"
    r"|(?:点击|點擊|长按|扫码|上方|下方).{0,16}(?:订阅|訂閱|关注|關注|收听)|今天是|无障碍|無障礙|关怀版|长者|打开APP|客户端下载|您(?:现在|当前|所在)的位置|当前位置|所在位置"
    r"|\bskip to\b|\b(?:log|sign) ?(?:in|up|out)\b|\bsubscribe\b|\bmy account\b|\be-edition\b"
    r"|\bthis (?:article|story|post|page) is (?:more than|over) (?:\w+|\d+) (?:year|month|week)s?"
    r"(?: old)?|\bfree articles?\b.{0,30}\bmonth\b|\balready a (?:member|subscriber)\b"
    r"|\best(?:\.|ablished)? (?:in )?(?:1[6-9]|20)\d\d\b|创刊于"
    r"|\bfunded by readers\b|\bsearch the (?:web|site)\b|\bin this (?:article|story|section)\Z",
    re.IGNORECASE,
)
#: What runs above or beside a story: a player, a ticker.
_TICKER = re.compile(
    r"(?:NOW PLAYING|ON NOW|ON AIR|UP NEXT|LIVE NOW|TRENDING(?: NOW)?|MOST READ|JUST IN"
    r"|LIVE (?=[A-Z][a-z]))"
    r"|(?:正在播放|正在直播|直播中|滚动播报|滾動)[:：\s]"
)
_NEWSROOM = re.compile(
    r"(?:news ?room|press (?:room|office|releases?)|media (?:room|cent(?:re|er))|news(?: (?:&|and) "
    r"(?:events|media))?|home|blog|新闻中心|新聞中心|新闻室|新闻发布|新闻动态|媒体中心|首页|首頁|资讯中心)",
    re.IGNORECASE,
)
#: The head of a page of a paper: its number and what the page is about (``04 要闻``).
_PAGE_HEAD = re.compile(
    r"(?:第?\s?[A-Z]?\d{1,3}\s?版|[A-Z]?0?\d{1,2}(?=[\s|·：:]))\s?[|·：:]?\s?[\u3400-\u9fff]{2,4}"
    r"|[\u3400-\u9fff]{2,4}\s?[|·：:]?\s?(?:第\s?)?[A-Z]?\d{1,3}\s?版"
)
#: Names of offices: what they are stands at the end in Chinese, in front or behind in English.
_OFFICE_ZH = re.compile(
    r"[\u3400-\u9fff]{2,20}(?:人民政府|管理局|水利局|教育局|公安局|应急局|[务通育生境计利业法农税商运管]局|总领事馆|领事馆|大使馆|图书馆|博物馆"
    r"|委员会|委員會|办公室|检察院|法院|大学|大學|学院|中学|小学|医院|醫院|研究院|研究所|协会|協會|学会|基金会|商会|集团|公司|门户网站)"
    r"(?:官网|门户网站|网站)?"
)
_OFFICE_WORD = (
    r"(?:Consulate General|Consulate|Embassy|Ministry|Department|Bureau|Office|Commission|Council"
    r"|Authority|Agency|Administration|University|Institute|College|School|Museum|Library|Society"
    r"|Association|Federation|Foundation|Hospital|Trust|Court|Centre|Center|Board|Committee)"
)
_NAME_WORD = r"(?:[A-Z][\w.'’&\-]*|of|the|and|for|in|&)"
_OFFICE_EN = re.compile(
    rf"(?:The )?{_OFFICE_WORD}(?: (?:of|for|in)(?: {_NAME_WORD}){{1,9}})"
    rf"|(?:The )?(?!An? )[A-Z][\w.'’&\-]*(?: (?:[A-Z][\w.'’&\-]*|of|and|&)){{0,6}} {_OFFICE_WORD}"
)


def is_office(text: str) -> bool:
    """Whether a text has the form of the name of an office or institution.

    >>> is_office("University of Thornfield"), is_office("Local News")
    (True, False)
    """
    return _OFFICE_ZH.fullmatch(text) is not None or _OFFICE_EN.fullmatch(text) is not None


def is_site_line(text: str) -> bool:
    """Whether a line above the text has the form of one of the site's.

    >>> is_site_line("政务公开 ＞ 重点领域 ＞ 审计整改"), is_site_line("Skylark Labs | Newsroom")
    (True, True)
    >>> is_site_line("Ministry of Works in Halden"), is_site_line("Two dead | Council apologises")
    (True, False)
    """
    if _TICKER.match(text) is not None:
        return True
    if _SAYS.search(text) is not None or _PAGE_HEAD.fullmatch(text) is not None:
        return True
    cells = [cell for cell in _PATH.split(text) if cell.strip()]
    if len(cells) > 1 and all(weight(cell) <= _CELL for cell in cells):
        named = any(_NEWSROOM.fullmatch(cell.strip()) for cell in cells)
        if named or len(cells) > 2:
            return True
    return is_office(text)
