from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree as ET

import pytest
from pydantic import SecretStr

from bot.web.guard import Allowance
from tests.bot.web.conftest import BODY, Client

QUESTION = {"q": "كم جنديا قتل قرب بلدة الزيتون؟"}


async def test_it_lives_and_is_ready(client: Client) -> None:
    async with client() as http:
        assert (await http.get("/healthz")).text == "ok\n"
        assert (await http.get("/readyz")).status_code == 200


async def test_a_question_is_answered_as_the_contract_says(client: Client) -> None:
    async with client() as http:
        found = (await http.get("/api/ask", params=QUESTION)).json()
    assert found["value"]["min"] == 3
    assert {"kind", "asks", "from", "to"} <= set(found["understood"])
    [cited] = found["citations"]
    assert BODY[cited["start"] : cited["end"]] == cited["quote"]


async def test_facts_are_listed_by_kind_and_place_and_unknown_parameters_are_refused(client: Client) -> None:
    async with client() as http:
        found = (await http.get("/api/facts", params={"kind": "casualty", "place": "الزيتون"})).json()["facts"]
        assert {fact["harm"] for fact in found} == {"killed", "wounded"}
        assert (await http.get("/api/facts", params={"kind": "theft"})).status_code == 422
        assert (await http.get("/api/facts", params={"colour": "red"})).status_code == 422


async def test_an_article_comes_with_its_facts_and_another_is_not_found(client: Client) -> None:
    async with client() as http:
        found = (await http.get("/api/articles/a1")).json()
        assert (found["article"]["body"], found["versions"]) == (BODY, 1)
        assert (await http.get("/api/articles/none")).status_code == 404


async def test_an_event_is_told_once_with_all_who_report_it(client: Client) -> None:
    async with client() as http:
        found = (await http.get("/api/events", params={"harm": "killed", "place": "الزيتون"})).json()
        none = (await http.get("/api/events", params={"kind": "visit"})).json()
    assert found["complete"]
    [event] = found["events"]
    assert (event["what"], event["min"], event["max"], event["articles"]) == ("killed", 3, 3, ["a1"])
    assert event["citations"][0]["quote"] in BODY
    assert none == {"events": [], "complete": True}


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others(client: Client, day: str) -> None:
    async with client() as http:
        for path, params in (
            ("/api/ask", {"q": "كم قتل امس والاسبوع الماضي وغدا وبعد شهر؟", "as_of": day}),
            ("/api/facts", {"from": day, "to": day}),
            ("/api/events", {"to": day}),
            ("/facts", {"from": day, "to": day}),
        ):
            assert (await http.get(path, params=params)).status_code == 200


async def test_a_character_that_no_database_takes_is_refused_everywhere(client: Client) -> None:
    async with client() as http:
        for path in ("/api/ask?q=a%00", "/api/facts?place=%00", "/api/articles/a%00", "/?q=%00", "/facts?place=%00"):
            assert (await http.get(path)).status_code == 422


async def test_a_topic_is_an_rss_feed_too(client: Client) -> None:
    async with client() as http:
        response = await http.get("/api/topic.rss", params={"q": "قتلى الزيتون والميناء"})
    items = list(ET.fromstring(response.content).iterfind("channel/item"))
    assert [item.findtext("pubDate") for item in items] == ["Sun, 04 May 2031 00:00:00 +0000"] * len(items)
    assert {item.findtext("link") for item in items} <= {"https://example.org/a1", "https://example.org/a3", None}
    assert len({item.findtext("guid") for item in items}) == len(items) > 0
    assert response.headers["content-type"] == "application/rss+xml"


async def test_a_topic_is_an_atom_feed(client: Client) -> None:
    async with client() as http:
        response = await http.get("/api/topic.atom", params={"q": "قتلى الزيتون"})
    feed = ET.fromstring(response.content)
    titles = [entry.findtext("{*}title") for entry in feed.iterfind("{*}entry")]
    assert titles
    assert response.headers["content-type"] == "application/atom+xml"


async def test_a_key_is_asked_for_where_keys_are_set(client: Client) -> None:
    async with client(api_keys=(SecretStr("right-key"),)) as http:
        assert (await http.get("/api/search", params=QUESTION)).status_code == 401
        for headers in ({"X-API-Key": "right-key"}, {"Authorization": "Bearer right-key"}):
            assert (await http.get("/api/search", params=QUESTION, headers=headers)).status_code == 200
        assert (await http.get("/healthz")).status_code == 200
        assert (await http.get("/")).status_code == 200


async def test_who_asks_too_often_is_told_when_to_come_back(client: Client) -> None:
    async with client(requests_per_minute=2) as http:
        codes = [(await http.get("/sources")).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        assert int((await http.get("/sources")).headers["Retry-After"]) >= 1


def test_an_allowance_comes_back_with_time() -> None:
    now = [0.0]
    allowance = Allowance(60, clock=lambda: now[0])
    assert [allowance.wait("a") for _ in range(61)][-1] == 1.0
    now[0] = 1.0
    assert (allowance.wait("a"), allowance.wait("b")) == (0.0, 0.0)


async def test_no_other_site_may_call_it_unless_it_is_allowed(client: Client) -> None:
    origin = {"Origin": "https://desk.example"}
    async with client() as http:
        assert "access-control-allow-origin" not in (await http.get("/api/facts", headers=origin)).headers
    async with client(cors=("https://desk.example",)) as http:
        allowed = (await http.get("/api/facts", headers=origin)).headers["access-control-allow-origin"]
        assert allowed == "https://desk.example"


@pytest.mark.parametrize(
    "path", ["/", "/?q=كم+قتل+قرب+الزيتون", "/facts", "/facts?kind=casualty", "/topic?q=الميناء", "/sources"]
)
async def test_every_page_is_arabic_and_right_to_left_and_safe(client: Client, path: str) -> None:
    async with client() as http:
        response = await http.get(path)
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl">' in response.text
    assert "<script" not in response.text
    assert "javascript:" not in response.text
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")


async def test_a_form_that_was_left_open_asks_for_everything(client: Client) -> None:
    async with client() as http:
        everything = (await http.get("/facts?kind=&harm=&place=&from=&to=")).text
        one = (await http.get("/facts?kind=&harm=wounded&place=&from=2031-05-01&to=")).text
        exported = (await http.get("/facts.csv?harm=wounded")).text
    assert everything.count('<tr role="row">') > one.count('<tr role="row">') == 2
    assert "/facts.csv?harm=wounded&amp;from=2031-05-01" in one
    assert exported.count("wounded") == 1


async def test_who_looks_at_a_page_is_told_in_arabic_what_is_wrong_and_a_program_in_json(client: Client) -> None:
    async with client(requests_per_minute=3) as http:
        browser = {"Accept": "text/html,*/*"}
        for path, status in (("/nowhere", 404), ("/?q=" + "ا" * 1001, 422), ("/facts?from=soon", 422)):
            response = await http.get(path, headers=browser)
            assert response.status_code == status
            assert 'dir="rtl"' in response.text
            assert 'role="alert"' in response.text
        assert (await http.get("/nowhere")).json() == {"detail": "Not Found"}
        for _ in range(2):
            await http.get("/sources")
        hurried = await http.get("/sources", headers=browser)
        assert (hurried.status_code, "Retry-After" in hurried.headers) == (429, True)


async def test_a_total_is_drawn_as_bars_with_their_numbers(client: Client) -> None:
    async with client() as http:
        text = (await http.get("/", params={"q": "كم عدد القتلى بحسب المكان؟"})).text
    assert text.count("<rect") == 4
    assert re.findall(r'<td class="number"><bdi>(\d+)</bdi>', text) == ["4", "3"]


async def test_a_quote_stands_in_its_context(client: Client) -> None:
    async with client() as http:
        text = (await http.get("/", params=QUESTION)).text
    assert "<mark>" in text
    assert "القوات طوقت المنطقة" in text


async def test_a_table_for_a_spreadsheet_holds_no_formula(client: Client) -> None:
    async with client() as http:
        text = (await http.get("/facts.csv")).text
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) >= 3
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


async def test_counts_are_given_to_prometheus_by_route(client: Client) -> None:
    async with client() as http:
        await http.get("/api/articles/a1")
        text = (await http.get("/metrics")).text
    assert "marsad_articles 3.0" in text
    assert 'path="/api/articles/{article_id:path}"' in text
