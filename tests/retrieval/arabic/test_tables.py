"""The loader of tables refuses what does not fit, and says where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest

from retrieval.arabic import affixes, bounds, date_words, lexicon, months, number_kinds, numerals, tables
from retrieval.arabic.morphology import analyse

FOLDER = Path(tables.__file__).parent


class Trigger(tables.Row):
    word: str
    kind: Literal["kill", "wound"]


def write(folder: Path, text: str) -> Path:
    (folder / "triggers.csv").write_text(text, encoding="utf-8")
    return folder


def test_rows_come_with_their_number_counted_from_the_header(tmp_path: Path) -> None:
    write(tmp_path, "word,kind,note\nقتل,kill,\nجرح,wound, بالضم \n")
    rows = list(tables.load("triggers", Trigger, tmp_path))
    assert [(number, row.word, row.kind, row.note) for number, row in rows] == [
        (2, "قتل", "kill", ""),
        (3, "جرح", "wound", "بالضم"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word,kind,note\nسرق,theft,\n", r"triggers.csv row 2: kind 'theft' is not one of: 'kill', 'wound'"),
        ("word,kind\nقتل,kill\n", r"triggers.csv row 1: the columns must be word,kind,note"),
        ("word,kind,note\nقتل,kill\n", r"triggers.csv row 2: needs 3 cells"),
        ("word,kind,note\nقتل,kill,,\n", r"triggers.csv row 2: needs 3 cells"),
        ("word,kind,note\nقتل,kill,\nجرح,,\n", r"triggers.csv row 3: kind ''"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_file_and_row(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(tables.TableError, match=message):
        list(tables.load("triggers", Trigger, write(tmp_path, text)))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_every_table_is_plain_words_without_patterns(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0].split(",")[-1] == "note"
    assert not any(mark in text for mark in ("(?", "\\b", "\\d", "\\w", ".*", "[^", "\r"))


def test_the_language_tables_load_and_agree_with_each_other() -> None:
    assert len(lexicon.entries()) > 5000
    assert affixes.affixes()["pronoun"]
    assert analyse("مدينة")[0].sense in lexicon.senses()
    for table in (bounds, date_words, months, number_kinds, numerals):
        assert table.__doc__


def lexicon_with(monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    """Load the lexicon with this one row in place of its table, the other tables as they are."""
    columns = dict(zip(("lemma", "pos", "paradigm", "plural", "stems", "sense"), row.split(","), strict=True))
    real = tables.load

    def load(name: str, kind: type[tables.Row], folder: Path | None = None) -> object:
        one_row = name == "lexicon"
        return iter([(2, lexicon.LexiconRow.model_validate(columns))]) if one_row else real(name, kind, folder)

    monkeypatch.setattr(lexicon, "load", load)
    lexicon.entries.__wrapped__()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("سرق,verb,فعل,,يسرق,theft", "sense 'theft' is not in senses.csv"),
        ("قتل,verb,فعل,,,kill", "'قتل' needs its present in the column stems"),
        ("قتل,verb,فعلن,,,kill", "paradigm 'فعلن' of a verb is not in paradigms.csv"),
        ("جندي,noun,m,ة,,security", "a plural or stem of 'جندي' is no whole word"),
        ("في,prep,m,,,preposition", "paradigm 'm' of a prep is not in paradigms.csv"),
    ],
)
def test_a_wrong_row_of_the_lexicon_is_refused(monkeypatch: pytest.MonkeyPatch, row: str, message: str) -> None:
    with pytest.raises(tables.TableError, match=f"lexicon.csv row 2: {message}"):
        lexicon_with(monkeypatch, row)


def test_the_guide_lists_every_table_with_its_columns() -> None:
    listed: dict[str, list[str]] = {}
    for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            assert len(cells) == 3, f"a line of the guide without columns: {line}"
            assert cells[0] not in listed, f"{cells[0]} stands twice in the guide"
            listed[cells[0].strip("`")] = re.findall(r"`(\w+)`", cells[2])
    headers = {path.name: path.read_text(encoding="utf-8").splitlines()[0].split(",") for path in FOLDER.glob("*.csv")}
    assert listed == {name: [column for column in header if column != "note"] for name, header in headers.items()}
