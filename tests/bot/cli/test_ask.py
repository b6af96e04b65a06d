from __future__ import annotations

import json
from pathlib import Path

from tests.bot.cli.conftest import BRIDGE, Run

KILLED = "كم عدد قتلى انهيار الجسر في الموصل؟"


def test_an_answer_has_the_keys_of_the_contract_and_a_citation_that_stands(filled: Run) -> None:
    (answer,) = filled("ask", KILLED, "--json", "--as-of", "2024-05-03").lines
    assert list(answer) == [
        "question", "as_of", "understood", "abstained", "answer", "value", "facts", "passages", "citations"
    ]  # fmt: skip
    assert set(answer["understood"]) == {"kind", "asks", "harm", "who", "whom", "place", "from", "to", "source"}
    assert answer["question"] == KILLED
    assert answer["as_of"] == "2024-05-03"
    assert answer["abstained"] is False
    assert (answer["value"]["min"], answer["value"]["max"]) == (5, 5)
    assert "[1]" in answer["answer"]
    cited = answer["citations"][0]
    assert cited["article_id"] == "bridge"
    assert BRIDGE[cited["start"] : cited["end"]] == cited["quote"]


def test_what_the_articles_do_not_tell_is_not_answered(filled: Run) -> None:
    (answer,) = filled("ask", "كم عدد قتلى الزلزال في تونس؟", "--json").lines
    assert answer["abstained"] is True
    assert answer["value"] is None
    assert answer["answer"]


def test_text_for_people_lists_the_sources(filled: Run) -> None:
    ran = filled("ask", *KILLED.split())
    assert ran.code == 0
    assert "[1]" in ran.out
    assert "صحيفة الميناء (عينة)" in ran.out
    assert "«" in ran.out


def test_a_batch_answers_in_order_and_names_broken_lines(filled: Run, tmp_path: Path) -> None:
    batch = tmp_path / "q.jsonl"
    long = json.dumps({"id": "long", "q": "ك" * 5000})
    broken = [
        "{broken", "[1]", '{"id": "e", "q": " "}', '{"id": "n", "q": 5}', long, "[" * 100_000, '"' + "x" * 2**20, ""
    ]  # fmt: skip
    good = json.dumps({"id": {"any": 1}, "q": KILLED})
    batch.write_bytes(("\ufeff" + "\n".join([good, *broken, good])).encode() + b'\n{"id": 9, "q": "\xff"}')
    ran = filled("ask", "--batch", batch, "--json")
    assert ran.code == 0
    assert len(ran.lines) == 10
    assert [one["error"].split(":")[0] for one in ran.lines[1:8]] == [f"line {n}" for n in range(2, 9)]
    assert [one["id"] for one in ran.lines] == [
        {"any": 1}, None, None, "e", "n", "long", None, None, {"any": 1}, None
    ]  # fmt: skip
    assert ran.lines[0]["value"] == ran.lines[8]["value"]
    assert "line 11: is not valid UTF-8" in ran.lines[9]["error"]
    assert all(len(one["error"]) < 200 for one in ran.lines if "error" in one)


def test_a_batch_without_json_is_json_too(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(json.dumps({"id": 1, "q": KILLED}))
    assert filled("ask", "--batch", tmp_path / "q.jsonl").lines[0]["id"] == 1


def test_no_character_of_an_answer_ends_its_line(marsad: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": f"سطر\u2028ثم\x85{BRIDGE}\u2029", "id": "x"}) + "\n")
    marsad("ingest", tmp_path / "a.jsonl")
    assert len(marsad("ask", KILLED, "--json").lines) == 1
    assert len(marsad("search", "جسر", "--json").lines) == 1
    assert all(fact["id"] for fact in marsad("facts", "--format", "jsonl").lines)


def test_an_empty_store_says_how_to_fill_it(marsad: Run) -> None:
    ran = marsad("ask", KILLED)
    assert (ran.code, ran.out) == (1, "")
    assert "marsad ingest" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_wrong_usage_exits_with_2(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").touch()
    for arguments in (
        (),
        (" ",),
        (KILLED, "--batch", tmp_path / "q.jsonl"),
        ("--batch", tmp_path / "none"),
        (KILLED, "--as-of", "أمس"),
        ("ك" * 5000,),
    ):
        assert filled("ask", *arguments).code == 2
