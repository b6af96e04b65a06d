from __future__ import annotations

import json
from pathlib import Path

from tests.bot.cli.conftest import BRIDGE, Run


def test_articles_go_in_once_however_often_they_are_given(marsad: Run, articles: Path) -> None:
    first, again = marsad("ingest", articles), marsad("ingest", articles)
    assert (first.code, again.code) == (0, 0)
    assert first.out.startswith("2 new in ")
    assert again.out.startswith("0 new, 2 unchanged in ")
    assert first.err == again.err == ""


def test_a_changed_article_is_a_new_version(marsad: Run, articles: Path) -> None:
    marsad("ingest", articles)
    articles.write_text(articles.read_text().replace("12 آخرون", "14 آخرون"))
    assert marsad("ingest", articles).out.startswith("0 new, 1 changed, 1 unchanged in ")


def test_one_id_twice_in_a_file_is_an_article_and_its_new_version(marsad: Run, articles: Path) -> None:
    articles.write_text(articles.read_text() + articles.read_text().replace("12 آخرون", "14 آخرون"))
    assert marsad("ingest", articles).out.startswith("2 new, 1 changed, 1 unchanged in ")


def test_what_cannot_be_used_is_named_and_the_rest_goes_in(marsad: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    articles.rename(tmp_path / "in" / "good.jsonl")
    (tmp_path / "in" / "broken.jsonl").write_text(
        '{"id": 1\n' + json.dumps({"body": BRIDGE, "published": "غدا"}) + "\n"
    )
    (tmp_path / "in" / "binary.txt").write_bytes(bytes(5000))
    (tmp_path / "in" / "empty.html").touch()
    (tmp_path / "in" / "page.pdf").write_bytes(b"%PDF")
    ran = marsad("ingest", tmp_path / "in")
    assert ran.code == 0
    assert ran.out.startswith("3 new, 4 left out in ")
    named = [line.split(":")[0].rpartition("/")[2] for line in ran.err.splitlines()]
    assert named == ["binary.txt", "broken.jsonl line 1", "broken.jsonl line 2", "empty.html", "page.pdf"]
    assert marsad("ingest", "--strict", tmp_path / "in").code == 1


def test_only_files_without_an_article_is_a_failure(marsad: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert marsad("ingest", tmp_path / "empty.txt").code == 1
    (tmp_path / "nothing").mkdir()
    assert marsad("ingest", tmp_path / "nothing").code == 0


def test_json_is_all_there_is_on_stdout(marsad: Run, articles: Path) -> None:
    articles.write_text(articles.read_text() + "{broken\n")
    ran = marsad("ingest", "--json", articles)
    (said,) = ran.lines
    assert (said["new"], said["changed"], said["unchanged"], said["failed"]) == (2, 0, 0, 0)
    assert [one["where"] for one in said["left_out"]] == [f"{articles} line 3"]
    assert ran.err == ""


def test_quiet_says_only_what_went_wrong(marsad: Run, articles: Path) -> None:
    assert marsad("ingest", "--quiet", articles) == (0, "", "")
    articles.write_text("{broken\n")
    ran = marsad("ingest", "--quiet", articles)
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1


def test_defaults_are_for_files_that_say_nothing_themselves(marsad: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(BRIDGE)
    given = ("--outlet", "موقع السهل", "--published", "2024-05-01T14:30", "--url", "https://e.org/1")
    assert marsad("ingest", tmp_path / "page.txt", *given).code == 0
    (found,) = marsad("search", "--json", "جسر الموصل").lines
    citation = found["passages"][0]["citation"]
    assert citation["outlet"] == "موقع السهل"
    assert citation["published"] == "2024-05-01T14:30:00"
    assert citation["url"] == "https://e.org/1"


def test_wrong_usage_is_said_before_anything_is_stored(marsad: Run, articles: Path, tmp_path: Path) -> None:
    for arguments in (("ingest",), ("ingest", tmp_path / "none"), ("ingest", articles, "--published", "أمس")):
        ran = marsad(*arguments)
        assert ran.code == 2
        assert ran.err
    assert not (tmp_path / "data").exists()
