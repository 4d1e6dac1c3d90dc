"""Pages put together from parts, with invented text, for the tests of the extraction."""

from tests.tasks.read.texts import ENGLISH, SIMPLIFIED

TITLE = "东江新铁路明年三月通车"
BODY = [SIMPLIFIED[2], SIMPLIFIED[1] + SIMPLIFIED[0], SIMPLIFIED[3] + SIMPLIFIED[6], SIMPLIFIED[5]]
ENGLISH_TITLE = "New railway to open in March"
ENGLISH_BODY = [ENGLISH[2] + " " + ENGLISH[0], ENGLISH[1], ENGLISH[3] + " " + ENGLISH[4]]


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def links(*texts: str, tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/x.html">{text}</a></{tag}>' for text in texts)


NAVIGATION = f"<ul>{links('首页', '国内', '国际', '财经', '体育', '娱乐')}</ul>"
RANKING = (
    f"<div><h3>排行榜</h3><ul>{links('另一条新闻标题', '第三条新闻', '某地举行比赛')}</ul></div>"
)
FOOTER = (
    f"<div>{links('关于我们', '联系我们', '广告服务', tag='span')}"
    "<p>版权所有 © 2024 东江网 本站刊登的各种新闻、信息和专题，均为本网版权所有，未经协议授权禁止下载使用。</p>"
    "<p>违法和不良信息举报电话：010-12345678，网上有害信息举报专区，欢迎广大网友监督。</p></div>"
)


def page(
    article: str,
    *,
    title: str = f"{TITLE}_东江网",
    head: str = "",
    before: str = NAVIGATION,
    after: str = RANKING + FOOTER,
) -> str:
    """A page with the usual furniture around ``article``."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body>{before}{article}{after}</body></html>"
    )


def article(
    texts: list[str], *, title: str = TITLE, info: str = "", inside: str = "", name: str = ""
) -> str:
    """Headline, metadata line and body, each in an element of its own."""
    names = f' class="{name}"' if name else ""
    return f"<div><h1>{title}</h1>{info}<div{names}>{paragraphs(texts)}{inside}</div></div>"
