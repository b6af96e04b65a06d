from __future__ import annotations

import importlib
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from bot.cli.commands import _COMMANDS, _FORESEEN
from bot.cli.commands import marsad as group
from bot.cli.opening import JsonFormatter
from bot.store import Store
from tests.bot.cli.conftest import Run


@pytest.mark.parametrize("command", _COMMANDS)
def test_every_command_has_help(command: str) -> None:
    said = CliRunner().invoke(group, [command, "--help"])
    assert said.exit_code == 0
    assert said.output.startswith(f"Usage: marsad {command}")


def test_wrong_commands_and_options_exit_with_2(marsad: Run) -> None:
    for arguments in (("steal",), ("ask", "--loud", "x"), ("search", "x", "--k", "many")):
        ran = marsad(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "Traceback" not in ran.err


def one_line(ran: tuple[int, str, str], code: int = 1) -> str:
    assert ran[0] == code
    assert ran[1] == ""
    (line,) = ran[2].splitlines()
    assert line.startswith("marsad: ")
    return line


def test_a_wrong_setting_is_one_line(marsad: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_TIMEZONE", "Mars")
    assert "MARSAD_TIMEZONE 'Mars'" in one_line(marsad("facts"))


def test_a_folder_that_cannot_be_made_is_one_line(marsad: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MARSAD_DATA", str(tmp_path / "file" / "data"))
    assert "MARSAD_DATA" in one_line(marsad("facts"))
    monkeypatch.setenv("MARSAD_DATA", "/proc/marsad")
    assert "MARSAD_DATA" in one_line(marsad("facts"))


def test_a_file_that_is_no_store_is_one_line(marsad: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "marsad.sqlite").write_bytes(b"not a database at all" * 100)
    assert "is not a Marsad store" in one_line(marsad("facts"))


def test_a_damaged_store_is_one_line_and_doctor_says_so(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "data" / "marsad.sqlite"
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)
    assert "is damaged" in one_line(filled("facts", "--format", "jsonl"))
    ran = filled("doctor")
    assert ran.code == 1
    assert "WRONG store" in ran.out


def test_a_locked_store_is_one_line(filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.engine.BUSY_SECONDS", 0.1)
    holder = Store.open(f"sqlite:///{tmp_path}/data/marsad.sqlite")
    with holder.writing() as connection:
        connection.execute(sa.text("UPDATE corpus SET revision = revision"))
        assert "another process" in one_line(filled("ingest", tmp_path / "articles.jsonl", "--outlet", "x"))
    holder.close()


def test_a_server_that_is_not_there_is_one_line(marsad: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DATABASE", "postgresql://me:SECRET@127.0.0.1:9/marsad")
    said = one_line(marsad("facts"))
    assert "does not answer" in said
    assert "SECRET" not in said


def test_an_unexpected_error_is_one_line_that_asks_to_be_reported(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr("bot.store.store.Store.all_facts", fail)
    assert "unexpected ZeroDivisionError: two lines (MARSAD_DEBUG=1" in one_line(filled("facts"))


def run(*arguments: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_a_reader_that_has_seen_enough_is_no_failure(filled: Run, articles: Path, tmp_path: Path) -> None:
    bodies = "".join(
        articles.read_text().replace('"bridge"', f'"b{n}"').replace('"visit"', f'"v{n}"') for n in range(50)
    )
    articles.write_text(bodies)
    filled("ingest", articles)
    with run("facts", "--format", "jsonl", MARSAD_DATA=str(tmp_path / "data")) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


@pytest.mark.usefixtures("filled")
def test_arabic_comes_out_whatever_the_locale(tmp_path: Path) -> None:
    with run("facts", MARSAD_DATA=str(tmp_path / "data"), LC_ALL="POSIX", PYTHONIOENCODING="ascii") as process:
        out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert "الموصل" in out


def test_doctor_finds_everything_in_order(filled: Run) -> None:
    ran = filled("doctor")
    assert ran.code == 0, ran.out
    assert [line.split()[1].rstrip(":") for line in ran.out.splitlines()] == [
        "settings", "language", "store", "index", "token"
    ]  # fmt: skip
    assert "2 articles" in ran.out
    (findings,) = filled("doctor", "--json").lines
    assert {one["state"] for one in findings} == {"ok", "note"}


def test_doctor_says_what_is_wrong_and_what_helps(marsad: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_TELGRAM_TOKEN", "x")
    monkeypatch.setenv("MARSAD_TELEGRAM_TOKEN", "123:SECRET")
    monkeypatch.setenv("MARSAD_TELEGRAM_API", "http://127.0.0.1:9")
    ran = marsad("doctor")
    assert ran.code == 1
    assert "WRONG settings: MARSAD_TELGRAM_TOKEN is no setting of Marsad -> " in ran.out
    assert "note  store: " in ran.out
    assert "marsad ingest" in ran.out
    assert "WRONG token: http://127.0.0.1:9 does not answer" in ran.out
    assert "SECRET" not in ran.out + ran.err
    monkeypatch.setenv("MARSAD_INDEX", "lucene")
    assert "WRONG settings: MARSAD_INDEX" in marsad("doctor").out


def test_doctor_shows_what_is_read_from_a_sentence(marsad: Run) -> None:
    assert "قتلى 3" in marsad("doctor", "--words", "قتل ثلاثة جنود في الموصل").out
    (facts,) = marsad("doctor", "--words", "قتل ثلاثة جنود في الموصل", "--json").lines
    assert facts[0]["harm"] == "killed"
    assert [(row["words"], row["says"]) for row in facts[0]["rows"]] == [("قتل", "casualty killed")]
    assert facts[0]["rows"][0]["row"].startswith("triggers.csv ")
    assert marsad("doctor", "--words", "السماء صافية").out.strip()


def test_doctor_shows_the_rows_that_gave_no_fact(marsad: Run) -> None:
    said = marsad("doctor", "--words", "وصلت الطرود أمس").out
    assert "«وصلت»: triggers.csv " in said


def test_a_backup_restored_elsewhere_answers_the_same(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "كم قتيلا سقط؟"
    answered = filled("ask", "--json", question)
    assert filled("backup", str(tmp_path / "b.sqlite")).out.endswith("b.sqlite\n")
    assert filled("backup", str(tmp_path / "b.sqlite")).code == 1
    monkeypatch.setenv("MARSAD_DATA", str(tmp_path / "elsewhere"))
    assert filled("restore", "--quiet", str(tmp_path / "b.sqlite")) == (0, "", "")
    assert filled("ask", "--json", question) == answered
    assert "into an empty one" in filled("restore", str(tmp_path / "b.sqlite")).err


def test_reindex_and_reread_say_what_they_did(filled: Run) -> None:
    assert re.search(r"^\d+ passages and facts of 2 articles are in the ", filled("reindex").out)
    assert filled("reread").out == "0 of 2 articles now say something else\n"
    assert filled("reread", "--all").out == "0 of 2 articles now say something else\n"
    assert filled("reread", "--quiet") == filled("reindex", "--quiet") == (0, "", "")


def test_every_foreseen_error_is_there_under_its_name() -> None:
    for name in _FORESEEN:
        module, _, kind = name.rpartition(".")
        assert issubclass(getattr(importlib.import_module(module), kind), Exception)


def test_a_log_in_json_has_one_object_a_line() -> None:
    record = logging.LogRecord("bot.x", logging.ERROR, "x.py", 1, "خبر %s", ("واحد",), None)
    assert json.loads(JsonFormatter().format(record)).items() >= {
        "level": "error", "logger": "bot.x", "message": "خبر واحد"
    }.items()  # fmt: skip
    broken = logging.makeLogRecord({"msg": "it broke", "exc_info": (ValueError, ValueError("x\ny"), None)})
    line = JsonFormatter().format(broken)
    assert "\n" not in line
    assert json.loads(line)["error"] == "ValueError"
