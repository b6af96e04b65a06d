from __future__ import annotations

import json
from pathlib import Path

from tests.bot.cli.conftest import BRIDGE, Ran, Run


def test_passages_come_best_first_with_their_citation(filled: Run) -> None:
    (found,) = filled("search", "انهيار الجسر", "--json").lines
    best = found["passages"][0]
    assert set(best) == {"article_id", "text", "start", "end", "score", "citation"}
    assert best["article_id"] == "bridge"
    assert BRIDGE[best["start"] : best["end"]] == best["text"] == best["citation"]["quote"]
    scores = [one["score"] for one in found["passages"]]
    assert scores == sorted(scores, reverse=True)


def test_k_is_the_most_that_come(filled: Run) -> None:
    (found,) = filled("search", "الموصل بغداد", "--json", "--k", "1").lines
    assert len(found["passages"]) == 1
    assert filled("search", "x", "--k", "0").code == 2


def test_a_batch_gives_a_line_for_each_line(filled: Run, tmp_path: Path) -> None:
    batch = tmp_path / "q.jsonl"
    batch.write_text('{"id": "a", "q": "جسر الموصل", "relevant": ["bridge"]}\n{"id": "b"}\n{"id": 3, "q": "بغداد"}\n')
    ran = filled("search", "--batch", batch, "--k", "20", "--json")
    assert ran.code == 0
    assert [one["id"] for one in ran.lines] == ["a", "b", 3]
    assert ran.lines[0]["passages"][0]["article_id"] == "bridge"
    assert ran.lines[1]["error"].startswith("line 2: ")
    assert ran.lines[2]["passages"][0]["article_id"] == "visit"


def test_text_for_people_names_the_article(filled: Run) -> None:
    ran = filled("search", "انهيار", "الجسر")
    assert ran.out.startswith("[1] صحيفة الميناء (عينة)، 1 ")
    assert "انهيار جسر في الموصل" in ran.out


def test_nothing_found_is_no_failure(filled: Run) -> None:
    ran = filled("search", "زرافة")
    assert ran.code == 0
    assert ran.out.strip()
    assert json.loads(filled("search", "زرافة", "--json").out)["passages"] == []


def test_an_empty_store_says_how_to_fill_it(marsad: Run) -> None:
    ran = marsad("search", "جسر")
    assert (ran.code, ran.out) == (1, "")
    assert "marsad ingest" in ran.err


def test_a_new_article_is_found_by_the_next_search(filled: Run, tmp_path: Path) -> None:
    filled("search", "جسر")
    (tmp_path / "new.txt").write_text("هبت عاصفة رملية على مدينة البصرة وأغلقت المدارس فيها.")
    filled("ingest", tmp_path / "new.txt")
    (found,) = filled("search", "عاصفة رملية", "--json").lines
    assert "البصرة" in found["passages"][0]["text"]


def found_in(ran: Ran) -> list[str]:
    return [one["article_id"] for one in ran.lines[0]["passages"]]


def test_days_outlets_and_places_narrow_the_search(filled: Run) -> None:
    def narrowed(*options: str) -> list[str]:
        return sorted(found_in(filled("search", "الموصل بغداد", "--json", *options)))

    assert narrowed() == ["bridge", "visit"]
    assert narrowed("--from", "2024-05-02") == ["visit"]
    assert narrowed("--to", "2024-05-01") == ["bridge"]
    assert narrowed("--outlet", "صحيفة الرابية") == []
    assert narrowed("--outlet", "صحيفة الرابية", "--outlet", "صحيفه الميناء (عينه)") == ["bridge", "visit"]
    assert narrowed("--place", "مدينة الموصل") == ["bridge"]
    assert narrowed("--place", "العراق", "--to", "2024-05-01") == ["bridge"]
    assert filled("search", "بغداد", "--from", "May").code == 2


def test_kinds_give_the_quotes_of_such_facts(filled: Run) -> None:
    ran = filled("search", "الجسر", "--json", "--kind", "casualty")
    best = ran.lines[0]["passages"][0]
    assert found_in(ran)[0] == "bridge"
    assert BRIDGE[best["start"] : best["end"]] == best["text"] == best["citation"]["quote"]
    assert any("قتلوا" in one["text"] for one in ran.lines[0]["passages"])
    assert found_in(filled("search", "الجسر", "--json", "--kind", "visit")) == []
    assert filled("search", "الجسر", "--kind", "theft").code == 2
