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

_DATA = "camel_tools.data"
_SHORT = frozenset("\u064e\u064f\u0650")
_TANWIN = frozenset("\u064b\u064c\u064d")
_SHADDA = "\u0651"
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
        from camel_tools.utils.charmap import CharMapper  # noqa: PLC0415 - likewise
    finally:
        if catalogue is None:
            del sys.modules[_DATA]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lexicon.db"
        path.write_text(database(entries()), encoding="utf-8")
        return Analyzer(MorphologyDB(str(path), "a"), backoff="NOAN_PROP", norm_map=CharMapper({}), strict_digit=True)


@cache
def _analyzer() -> Any:  # noqa: ANN401 - camel-tools has no types
    return load_analyzer()


@lru_cache(maxsize=200_000)
def analyse(word: str) -> tuple[Analysis, ...]:
    """Every reading of a word, the likeliest first; a word that the lexicon does not know is read as a name.

    Spellings that normalise alike are read alike, except that vowel signs, where written, exclude readings.
    """
    readings = _readings(normalise(word))
    marks = [] if word.isascii() or len(readings) < 2 else _marks(word)
    if any(marks):
        readings = tuple(reading for reading in readings if _fits(marks, *reading)) or readings
    return tuple(dict.fromkeys(analysis for _, analysis in _guarded(readings, normalise(word))))


def _guarded(readings: tuple[tuple[str, Analysis], ...], norm: str) -> tuple[tuple[str, Analysis], ...]:
    """The readings without those that take a listed name for another word with an ending (a country in -ya)."""
    if not any(analysis.pos == "name" and normalise(analysis.lemma) == norm for _, analysis in readings):
        return readings
    return tuple(
        (diac, analysis)
        for diac, analysis in readings
        if analysis.pos == "name" or (normalise(analysis.lemma) == norm and not analysis.pronoun)
    )


def _marks(word: str) -> list[str]:
    """The vowel signs on each letter of a word, one string a letter."""
    marks: list[str] = []
    for letter in word:
        if letter in _SHORT or letter in _TANWIN or letter == _SHADDA:
            if marks:
                marks[-1] += letter
        elif normalise(letter):
            marks.append("")
    return marks


def _fits(marks: list[str], diac: str, analysis: Analysis) -> bool:
    """Whether the vowels written in a word allow a reading whose own vowels are known in part."""
    own = _marks(diac)
    if len(own) != len(marks):
        return True
    tanwin = any(mark in _TANWIN for letter in marks for mark in letter)
    bare = not (analysis.definite or analysis.pronoun or analysis.construct or analysis.number == "d")
    if tanwin and (analysis.pos in {"verb", "name"} or not bare):
        return False
    for written, expected in zip(marks, own, strict=True):
        if _SHADDA in written and analysis.pos == "verb" and _SHADDA not in expected and _SHADDA in diac:
            return False
        short = _SHORT.intersection(written)
        if short and _SHORT.intersection(expected) and short.isdisjoint(expected):
            return False
    return True


@lru_cache(maxsize=200_000)
def _readings(norm: str) -> tuple[tuple[str, Analysis], ...]:
    """The readings of a normalised word with their vowels, best first."""
    if not norm or not unicodedata.category(norm[0]).startswith("L"):
        return ((norm, Analysis(norm, "digit" if norm[:1].isdigit() else "punc", "", known=False)),) if norm else ()
    found = {(raw["diac"], analysis) for raw in _analyzer().analyze(norm) if (analysis := _analysis(raw, norm))}
    if not found:
        return ((norm, Analysis(norm, "name", "", known=False)),)
    return tuple(sorted(found, key=lambda reading: _rank(reading[1])))


def _rank(analysis: Analysis) -> tuple[object, ...]:
    clitics = sum(map(bool, (analysis.conjunction, analysis.preposition, analysis.pronoun)))
    if analysis.known:
        place = _ORDER.index(analysis.pos) if analysis.pos in _ORDER else len(_ORDER)
        voice_last = (analysis.person not in {"3", ""}, analysis.voice)
        return (clitics, place, *voice_last, not analysis.construct, "spd".index(analysis.number), analysis)
    # an unknown word: the article is nearly always one, a single letter nearly never a clitic
    return (not analysis.definite, clitics, analysis)


def _analysis(raw: dict[str, str], norm: str) -> Analysis | None:
    """An analysis of camel-tools in our own terms; None for one that cannot be meant."""
    known = raw.get("source") != "backoff"
    lemma = raw["lex"]
    if raw["pos"] == "foreign":
        return Analysis(norm, "name", "", known=False)
    if not known and len(lemma) < 3 and lemma != norm:
        return None
    return Analysis(
        lemma=lemma,
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
