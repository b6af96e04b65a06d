"""What a written word can be: its lemma, sense, number, gender, clitics, and for a verb its aspect and voice."""

from __future__ import annotations

import sys
import tempfile
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, NamedTuple

from retrieval.arabic.almor import database
from retrieval.arabic.lexicon import entries
from retrieval.arabic.normalise import normalise
from retrieval.arabic.spelling import FEMININE, Letter, contradicts, distance, has_signs, has_tanwin, letters_of

_DATA = "camel_tools.data"
# The readings of a word take a kilobyte or two, and a long run meets new words without end.
_REMEMBERED = 50_000
_FUNCTION = frozenset({"part", "conj", "prep", "pron"})
_ORDER = ("part", "conj", "prep", "pron", "adv", "num", "name", "noun", "adj", "verb")


class Analysis(NamedTuple):
    """One reading of a word.

    `number` is s, d or p; `gender` m or f; `definite` says that the article is written. `conjunction`, `preposition`
    and `pronoun` hold the clitics as written or nothing; before a verb in the present, `preposition` holds the letter
    of the future or of purpose. `aspect` is p (past), i (present) or nothing, `voice` a, p or nothing, `person` 1, 2,
    3 or nothing. `construct` says that the ending shows a noun with something after it. `known` is false for a word
    that the lexicon does not have.
    """

    lemma: str
    pos: str
    sense: str
    number: Literal["s", "d", "p"] = "s"
    gender: Literal["m", "f"] = "m"
    definite: bool = False
    conjunction: str = ""
    preposition: str = ""
    pronoun: str = ""
    aspect: Literal["p", "i", ""] = ""
    voice: Literal["a", "p", ""] = ""
    person: Literal["1", "2", "3", ""] = ""
    construct: bool = False
    known: bool = True


def load_analyzer() -> Any:  # noqa: ANN401 - camel-tools has no types
    """A camel-tools analyzer over the database that is generated from our own tables.

    Importing camel-tools' morphology imports its catalogue of downloads, which asks the network and writes into the
    home folder. That module is needed for none of this, so an empty one stands in for it during the import; whoever
    imports `camel_tools.data` afterwards gets the real one, with their own CAMELTOOLS_DATA.
    """
    catalogue = sys.modules.get(_DATA)
    if catalogue is None:
        stand_in = ModuleType(_DATA)
        stand_in.CATALOGUE = None  # type: ignore[attr-defined]  # what the importing module asks for
        sys.modules[_DATA] = stand_in
    try:
        from camel_tools.morphology.analyzer import Analyzer  # noqa: PLC0415 - only once the stand-in is there
        from camel_tools.morphology.database import MorphologyDB  # noqa: PLC0415 - likewise
        from camel_tools.utils import charsets  # noqa: PLC0415 - likewise
        from camel_tools.utils.charmap import CharMapper  # noqa: PLC0415 - likewise
    finally:
        if catalogue is None:
            del sys.modules[_DATA]
    # Sets of every letter there is, in any script, take 30 MB, and nothing here asks for them.
    charsets.UNICODE_LETTER_CHARSET = charsets.UNICODE_LETTER_MARK_NUMBER_CHARSET = frozenset()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lexicon.db"
        path.write_text(database(entries()), encoding="utf-8")
        return Analyzer(MorphologyDB(str(path), "a"), backoff="NOAN_PROP", norm_map=CharMapper({}), strict_digit=True)


@cache
def _analyzer() -> Any:  # noqa: ANN401 - camel-tools has no types
    return load_analyzer()


class _Reading(NamedTuple):
    """An analysis with the word's full spelling in it and its rank among the readings of its letters."""

    rank: tuple[int, ...]
    full: tuple[Letter, ...]
    analysis: Analysis


@lru_cache(maxsize=_REMEMBERED)
def analyse(word: str) -> tuple[Analysis, ...]:
    """Every reading of a word, the likeliest first; a word that the lexicon does not know is read as a name.

    Spellings that normalise alike have the same readings, except that vowel signs, where written, exclude some; a
    hamza or the dots of a feminine ending, where written, put the readings that have them first. A word of invisible
    signs only has none.
    """
    norm = normalise(word)
    readings = _readings(norm)
    letters = letters_of(word)
    if readings and readings[0].analysis.known:
        readings = _allowed(readings, letters) or (_unknown(norm, "name"),)
    if len(readings) > 1:
        readings = tuple(sorted(_guarded(readings, norm), key=lambda reading: distance(letters, reading.full)))
    return tuple(dict.fromkeys(reading.analysis for reading in readings))


def _allowed(readings: tuple[_Reading, ...], letters: tuple[Letter, ...]) -> tuple[_Reading, ...]:
    """The readings that the vowel signs and the dots of a feminine ending, where written, do not exclude."""
    if letters[-1].letter == FEMININE:
        readings = tuple(reading for reading in readings if reading.full[-1].letter == FEMININE)
    if len(readings) < 2 or not has_signs(letters):
        return readings
    return tuple(reading for reading in readings if _fits(letters, reading)) or readings


def _guarded(readings: tuple[_Reading, ...], norm: str) -> tuple[_Reading, ...]:
    """The readings without those that take a listed name for another word with an ending (a country in -ya)."""
    whole = [normalise(reading.analysis.lemma) == norm for reading in readings]
    listed = (reading.analysis.pos == "name" and reading.analysis.known for reading in readings)
    if not any(is_whole and is_name for is_whole, is_name in zip(whole, listed, strict=True)):
        return readings
    return tuple(
        reading for is_whole, reading in zip(whole, readings, strict=True) if is_whole and not reading.analysis.pronoun
    )


def _fits(letters: tuple[Letter, ...], reading: _Reading) -> bool:
    """Whether the vowels written in a word allow a reading."""
    analysis = reading.analysis
    bare = not (analysis.definite or analysis.pronoun or analysis.construct or analysis.number == "d")
    if has_tanwin(letters) and (analysis.pos in {"verb", "name"} or not bare):
        return False
    return not contradicts(letters, reading.full)


@lru_cache(maxsize=_REMEMBERED // 3)
def _readings(norm: str) -> tuple[_Reading, ...]:
    """The readings of a normalised word, best first."""
    if not norm:
        return ()
    if not unicodedata.category(norm[0]).startswith("L"):
        return (_unknown(norm, "digit" if norm[0].isdigit() else "punc"),)
    if "\\" in norm:
        # The analyser makes a pattern's replacement of the word, in which this mark would mean something.
        return (_unknown(norm, "name"),)
    found = [reading for raw in _analyzer().analyze(norm) if (reading := _reading(raw, norm))]
    return tuple(sorted(found, key=lambda reading: reading.rank)) or (_unknown(norm, "name"),)


def _unknown(norm: str, pos: str) -> _Reading:
    return _Reading((), letters_of(norm), Analysis(norm, pos, "", known=False))


def _reading(raw: dict[str, str], norm: str) -> _Reading | None:
    """An analysis of camel-tools in our own terms; None for one that cannot be meant."""
    if raw["pos"] == "foreign":
        return _unknown(norm, "name")
    known = raw.get("source") != "backoff"
    if not known and len(raw["lex"]) < 3 and raw["lex"] != norm:
        return None
    analysis = Analysis(
        lemma=raw["lex"],
        pos=raw["pos"],
        sense=raw["sense"],
        number=raw["num"] or "s",  # type: ignore[arg-type]  # the affix table allows these values only
        gender=raw["gen"] or "m",  # type: ignore[arg-type]  # likewise
        definite=bool(raw["det"]),
        conjunction=raw["conj"],
        preposition=raw["prep"],
        pronoun=raw["pron"],
        aspect=raw["asp"],  # type: ignore[arg-type]  # written by conjugation, which knows two
        voice=raw["vox"],  # type: ignore[arg-type]  # likewise
        person=raw["per"],  # type: ignore[arg-type]  # the affix table allows these values only
        construct=raw["stt"] == "c" and not raw["pron"],
        known=known,
    )
    return _Reading(_rank(analysis, raw), letters_of(raw["diac"]), analysis)


def _rank(analysis: Analysis, raw: dict[str, str]) -> tuple[int, ...]:
    """The place of a reading among others of the same letters, by what the press writes more often."""
    clitics = sum(map(bool, (analysis.conjunction, analysis.preposition, analysis.pronoun)))
    if not analysis.known:
        # the article is nearly always one, a single letter nearly never a clitic
        return (not analysis.definite, clitics, len(analysis.lemma))
    if analysis.pos in _FUNCTION:
        # "that he", "in it" are the commonest of words
        clitics = int(bool(analysis.conjunction and analysis.pronoun))
    if analysis.voice == "p" and not analysis.conjunction and normalise(raw["diac"]).startswith("وو"):
        # "and arrived" and "and he sent" rather than "was continued" and "was faced"
        clitics += 2
    # the feminine of a noun for persons is rather the adjective, or a noun of its own
    borrowed = analysis.pos == "noun" and analysis.gender == "f" and analysis.lemma[-1] != "ة"
    participle = analysis.pos == "adj" and bool(raw["made"])
    return (
        clitics,
        bool(raw["short"]),
        analysis.construct and analysis.number == "d",
        participle or (borrowed and _has_feminine(raw["stemcat"])),
        # "and he killed" opens a clause more often than "and a killing"
        _ORDER.index(analysis.pos) - 3 * bool(analysis.conjunction and analysis.aspect == "p" and not analysis.pronoun),
        analysis.person not in {"3", ""},
        analysis.voice == "p",
        not analysis.construct,
        "spd".index(analysis.number),
        int(raw["row"]),
    )


def _has_feminine(category: str) -> bool:
    """Whether a stem takes the feminine ending, as its category in the database says."""
    return "feminine" in category.rpartition(":")[2].split("-")
