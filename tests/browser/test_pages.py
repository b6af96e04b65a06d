"""Every page as a browser shows it, on a phone and on a desk, in light and in dark; pictures go to .screenshots."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FloatRect, Page

pytestmark = pytest.mark.browser

PICTURES = Path(__file__).parents[2] / ".screenshots"
PATHS = {
    "empty": "/",
    "answer": f"/?q={quote('كم قتيلا في زلزال المدية؟')}",
    "total": f"/?q={quote('كم عدد القتلى بحسب المكان؟')}",
    "nothing": f"/?q={quote('كم قتيلا سقط على سطح القمر؟')}",
    "facts": "/facts?kind=casualty",
    "no-facts": f"/facts?place={quote('القمر')}",
    "topic": f"/topic?q={quote('زلزال المدية')}",
    "sources": "/sources",
    "fault": "/nowhere",
}
_REACHABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']"


class Screen(NamedTuple):
    name: str
    width: int
    height: int
    colours: Literal["light", "dark"]


SCREENS = (
    Screen("phone", 360, 740, "light"),
    Screen("phone-dark", 360, 740, "dark"),
    Screen("desk", 1280, 900, "light"),
)


@pytest.fixture(params=SCREENS, ids=lambda screen: screen.name)
def screen(request: pytest.FixtureRequest) -> Screen:
    found: Screen = request.param
    return found


@pytest.fixture
def page(browser: Browser, screen: Screen, site: str) -> Iterator[Page]:
    """A page that fails the test for whatever the browser complains of, or loads from elsewhere."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": screen.width, "height": screen.height},
        color_scheme=screen.colours,
        locale="ar",
        is_mobile=screen.width < 800,
    )
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda sent: None if sent.url.startswith(site) else faults.append(sent.url))
    yield opened
    context.close()
    assert [fault for fault in faults if "status of 404" not in fault] == []


@pytest.mark.parametrize("name", PATHS)
def test_a_page_is_accessible_right_to_left_and_no_wider_than_the_screen(page: Page, screen: Screen, name: str) -> None:
    page.goto(PATHS[name])
    PICTURES.mkdir(exist_ok=True)
    height = min(page.evaluate("document.scrollingElement.scrollHeight"), 3 * screen.height)
    clip: FloatRect = {"x": 0, "y": 0, "width": screen.width, "height": height}
    page.screenshot(path=PICTURES / f"{name}-{screen.name}.png", full_page=True, clip=clip)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate("document.scrollingElement.scrollWidth") <= screen.width


@pytest.mark.parametrize("name", PATHS)
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(page: Page, name: str) -> None:
    page.goto(PATHS[name])
    everything = page.evaluate(f"""() => {{
        document.querySelectorAll("details").forEach(one => one.open = true);
        const found = [...document.querySelectorAll("{_REACHABLE}")];
        found.forEach((one, number) => one.dataset.number = number);
        return found.length;
    }}""")
    seen = set()
    # Some fields, such as that of a date, take several presses.
    for _ in range(4 * everything + 20):
        page.keyboard.press("Tab")
        number, visible = page.evaluate("""() => {
            const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
            // The parts of a field of a date show by themselves which of them has the focus.
            const shown = style.outlineStyle != "none" || one.type == "date";
            return [one.dataset.number ?? "", shown && box.width > 0 && box.bottom > 0];
        }""")
        if number:
            assert visible, f"nothing shows that the focus is on element {number}"
            seen.add(int(number))
        if len(seen) == everything:
            break
    assert seen == set(range(everything))


def test_a_question_is_asked_and_its_quote_reached_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("كم قتيلا في زلزال المدية؟")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    marker = page.locator("a.marker").first
    marker.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#c1")
    assert page.locator("#c1 mark").is_visible()
    assert page.locator("#c1 mark").inner_text() in page.locator("#c1 blockquote").inner_text()


def test_facts_are_filtered_by_the_form_and_exported(page: Page) -> None:
    page.goto("/facts")
    before = page.locator("table.facts tbody tr").count()
    page.get_by_label("النوع").select_option("visit")
    page.get_by_role("button").click()
    page.wait_for_url("**/facts?kind=visit*")
    rows = page.locator("table.facts tbody tr").count()
    assert 0 < rows < before
    with page.expect_download() as download:
        page.locator("a[href^='/facts.csv']").click()
    assert download.value.path().read_text(encoding="utf-8-sig").count("\nvisit,") == rows
