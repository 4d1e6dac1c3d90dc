"""The report in a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tasks.emit.sample import make_sample

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver")
    service = pytest.importorskip("selenium.webdriver.chrome.service")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    assert chromium, "this test needs Chromium (apt-get install chromium)"
    assert driver, "this test needs chromedriver (apt-get install chromium-driver)"
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1400,1600",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    found = webdriver.Chrome(options=options, service=service.Service(driver))
    yield found
    found.quit()


@pytest.fixture
def report(browser: Any, whole_folder: Path) -> Any:
    browser.get((whole_folder / "report.html").as_uri())
    browser.execute_script("localStorage.clear()")
    browser.get((whole_folder / "report.html").as_uri())
    return browser


def rows(browser: Any) -> list[str]:
    """The ids of the bead rows that can be seen."""
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll('.row')]"
        ".filter(row => row.checkVisibility()).map(row => row.id.slice(2))"
    )
    return found


def search(browser: Any, text: str) -> None:
    """Type into the search box and wait for the answer (typing is followed after a moment)."""
    from selenium.webdriver.support.wait import WebDriverWait

    field = browser.find_element("id", "search")
    field.clear()
    browser.execute_script("document.getElementById('found').value = 'waiting'")
    field.send_keys(text)
    WebDriverWait(browser, 10).until(
        lambda d: d.find_element("id", "found").text not in ("waiting", "")
    )


def click(browser: Any, selector: str) -> None:
    browser.execute_script(f"document.querySelector({selector!r}).click()")


def test_no_script_of_a_document_runs(report: Any) -> None:
    assert report.title == "3 pairs (1 machine translated), 2 unpaired – zhen"
    text = report.find_element("tag name", "main").text
    assert "<img src=x onerror=\"document.title='taken'\">" in text
    assert "<script>document.title = 'taken'</script>" in text


def test_the_policy_lets_our_own_run_and_nothing_else(report: Any) -> None:
    refused = [e for e in report.get_log("browser") if "Content Security" in e["message"]]
    assert refused == []
    report.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.taken = 1';"
        "document.body.append(s);"
        "const i = document.createElement('img'); i.src = 'http://127.0.0.1:9/x'; document.body.append(i);"
    )
    assert report.execute_script("return window.taken") is None
    refused = [e for e in report.get_log("browser") if "Content Security" in e["message"]]
    assert len(refused) == 2


def test_search_filters_rows(report: Any) -> None:
    beads = make_sample().beads
    everything = len(beads) + sum(len(article.sentences) for article in make_sample().unpaired)
    assert len(rows(report)) == everything
    search(report, "supply CHAIN")
    assert rows(report) == [bead.id for bead in beads if "supply chain" in bead.en_text]
    search(report, "守灯人")
    assert rows(report) == [bead.id for bead in beads if "守灯人" in bead.zh_text]
    assert (
        report.find_element("id", "found").text == f"2 of {everything + 3 + 2 + 2} rows"
    )  # with the lists
    report.find_element("id", "search").send_keys("\ue00c")  # Escape
    assert len(rows(report)) == everything


def test_removed_text_is_not_searched(report: Any) -> None:
    search(report, "mahjongwin88")
    assert rows(report) == []
    assert report.find_element("id", "found").text.startswith("0 of ")


def test_flagged_only(report: Any) -> None:
    click(report, "#flagged")
    assert rows(report) == [bead.id for bead in make_sample().beads if bead.checks.flags]


def visible(browser: Any, selector: str) -> bool:
    found: bool = browser.execute_script(
        f"return [...document.querySelectorAll({selector!r})].some(e => e.checkVisibility())"
    )
    return found


def test_one_language_view_hides_the_other_side(report: Any) -> None:
    zh, en = ".pair .cell[lang|=zh]", ".pair .cell[lang=en]"
    assert visible(report, zh)
    assert visible(report, en)
    click(report, "input[value=zh]")
    assert visible(report, zh)
    assert not visible(report, en)
    assert not visible(report, ".alone-en")
    click(report, "input[value=en]")
    assert visible(report, en)
    assert not visible(report, zh)
    null = next(bead for bead in make_sample().beads if not bead.en)
    assert null.id not in rows(report)  # nothing to read in it
    click(report, "input[value=both]")
    assert visible(report, zh)
    assert visible(report, en)


def test_the_view_is_kept_for_the_next_page(report: Any) -> None:
    click(report, "input[value=zh]")
    click(report, "#removed")
    report.refresh()
    assert not visible(report, ".pair .cell[lang=en]")
    assert visible(report, ".pair del.gone")


def test_removed_text_toggles_and_is_struck_through(report: Any) -> None:
    assert not visible(report, "del.gone")
    click(report, "#removed")
    assert visible(report, "del.gone")
    spam = report.find_element("css selector", "del[data-reason=spam]")
    struck = spam.find_element("tag name", "s")
    assert "line-through" in struck.value_of_css_property("text-decoration")
    assert "澳门mahjongwin88" in spam.text
    assert spam.find_element("class name", "why").text == "spam"
    click(report, "#removed")
    assert not visible(report, "del.gone")


def test_machine_text_looks_different(report: Any) -> None:
    machine = report.find_element("css selector", ".cell[data-origin=machine]")
    source = report.find_element("css selector", ".cell[data-origin=source]")
    name = "background-color"
    assert machine.value_of_css_property(name) != source.value_of_css_property(name)


def test_keys(report: Any) -> None:
    body = report.find_element("tag name", "body")
    body.send_keys("/")
    assert report.switch_to.active_element.get_attribute("id") == "search"
    report.switch_to.active_element.send_keys("r12")  # letters, while one is typing
    assert not visible(report, "del.gone")
    report.switch_to.active_element.send_keys("\ue00c")
    body.send_keys("2")
    assert not visible(report, ".pair .cell[lang=en]")
    body.send_keys("1r")
    assert visible(report, "del.gone")
    assert visible(report, ".pair .cell[lang=en]")
    body.send_keys("j")
    first = report.switch_to.active_element.get_attribute("id")
    report.switch_to.active_element.send_keys("j")
    second = report.switch_to.active_element.get_attribute("id")
    pairs = make_sample().pairs
    assert [first, second] == [f"a-{pairs[0].id}", f"a-{pairs[1].id}"]


def test_nothing_is_wider_than_a_small_screen(report: Any) -> None:
    size = report.get_window_size()
    report.set_window_size(420, 900)
    try:
        wide = report.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0
    finally:
        report.set_window_size(size["width"], size["height"])


def test_links_of_the_list_lead_to_the_article(report: Any) -> None:
    """Sections that were not yet laid out have an estimated height only."""
    last = make_sample().unpaired[0].id
    click(report, f"a[href='#a-{last}']")
    top = report.execute_script(
        f"return document.getElementById('a-{last}').getBoundingClientRect().top"
    )
    height = report.execute_script("return window.innerHeight")
    assert -5 <= top < height
