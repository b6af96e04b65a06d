from __future__ import annotations

import csv
import io
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
    assert "marsad_articles 2.0" in text
    assert 'path="/api/articles/{article_id:path}"' in text
