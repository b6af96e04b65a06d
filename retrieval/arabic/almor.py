"""The lexicon written out as a morphology database in the ALMOR text format that camel-tools reads.

The format: prefixes, stems and suffixes, each with a category and features, and three tables that say which
categories go together (Habash, Large Scale Lexeme Based Arabic Morphological Generation, 2004).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from retrieval.arabic.affixes import Affix, affixes
from retrieval.arabic.conjugation import DAMMA, FATHA, conjugate
from retrieval.arabic.lexicon import Entry
from retrieval.arabic.normalise import normalise
from retrieval.arabic.spelling import without_signs

# Features of an analysis. conj, prep and pron hold the letters of the clitics, row the word's place in the lexicon;
# short marks the stems of weak verbs that are the least likely reading of their letters, made a derived word.
_FEATURES = (
    "diac", "lex", "pos", "num", "gen", "per", "asp", "vox", "det", "conj", "prep", "pron", "stt",
    "sense", "row", "short", "made",
)  # fmt: skip
_EMPTY = dict.fromkeys(_FEATURES, "")


class _Part(NamedTuple):
    """A prefix or suffix made of one or more affixes."""

    text: str
    category: str
    features: dict[str, str]


def database(entries: Iterable[Entry]) -> str:
    """The text of the database that analyses every form of these words."""
    prefixes, suffixes = list(_prefixes()), list(_suffixes())
    stems: list[str] = []
    categories: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for row, entry in enumerate(entries):
        for text, groups, features in _stems(entry):
            before, after = _partners(entry, groups, features)
            category = f"{'-'.join(before)}:{'-'.join(after)}"
            categories[category] = (before, after)
            stems.append(
                _line(
                    text,
                    category,
                    {**_EMPTY, "diac": text, "lex": without_signs(entry.lemma), "row": str(row), **features},
                )
            )
    unknown = ("bare", "prep", "art")
    categories["unknown"] = (unknown, ("none",))
    unknown_word = {**_EMPTY, "diac": "NOAN", "lex": "NOAN", "bw": "NOUN_PROP", "gloss": "", "pos": "name"}
    stems.append(_line("NOAN", "unknown", unknown_word).replace("noan", "NOAN"))
    lines = [
        *_head(),
        "###PREFIXES###", *(_line(part.text, part.category, part.features) for part in prefixes),
        "###SUFFIXES###", *(_line(part.text, part.category, part.features) for part in suffixes),
        "###STEMS###", *stems,
        "###TABLE AB###", *(f"{first} {stem}" for stem, (before, _) in categories.items() for first in before),
        "###TABLE BC###", *(f"{stem} {last}" for stem, (_, after) in categories.items() for last in after),
        "###TABLE AC###", *(f"{first} {last}" for first, last in _prefix_suffix(prefixes, suffixes)),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _head() -> Iterator[str]:
    yield "###DEFINES###"
    yield from (f"DEFINE {feature} {feature}:*open*" for feature in _FEATURES)
    yield "###DEFAULTS###"
    for pos in ("noun", "verb", "name", "digit", "punc", "latin", "foreign"):
        yield f"DEFAULT pos:{pos} " + " ".join(f"{feature}:" for feature in _FEATURES if feature != "pos")
    yield "###ORDER###"
    yield "ORDER " + " ".join(_FEATURES)
    yield "###TOKENIZATIONS###"
    yield "TOKENIZATION diac"
    yield "###STEMBACKOFF###"
    yield "STEMBACKOFF ALL unknown"
    yield "STEMBACKOFF PROP unknown"


def _line(text: str, category: str, features: dict[str, str]) -> str:
    """One line of prefixes, suffixes or stems: normalised letters, category, features with the letters as written."""
    features = {"diac": text, **features}
    return f"{normalise(text)}\t{category}\t" + " ".join(f"{name}:{value}" for name, value in features.items())


def _prefixes() -> Iterator[_Part]:
    """Every sequence of clitics that may stand before a stem; the category says before which."""
    table = affixes()
    conjunctions = ["", *(row.text for row in table["conjunction"])]
    article = table["article"][0].text
    for conj in conjunctions:
        yield _Part(conj, "bare", {"conj": conj})
        yield _Part(conj, "past", {"conj": conj})
        yield _Part(conj + article, "art", {"conj": conj, "det": article})
        for row in table["preposition"]:
            clitics = {"conj": conj, "prep": row.text}
            yield _Part(conj + row.text, "prep", clitics)
            # the article loses its first letter after the preposition that ends in the same one
            joined = row.text + (article[1:] if row.text == article[1:] else article)
            yield _Part(conj + joined, "art", {**clitics, "det": article})
        particles = ["", *(row.text for row in table["before_present"])]
        for particle, group in product(particles, ("person_3", "person_1")):
            for row in table[group]:  # type: ignore[index]  # the two literals are groups
                features = {"conj": conj, "prep": particle, "num": row.number, "gen": row.gender, "per": row.person}
                for family in ("a", "u"):
                    yield _Part(
                        conj + particle + row.text,
                        f"present_{family}{row.person}",
                        {**features, "diac": conj + particle + row.text + {"a": FATHA, "u": DAMMA}[family]},
                    )


def _suffixes() -> Iterator[_Part]:
    """Every sequence of endings that may follow a stem; a category ending in _c is not used after the article."""
    table = affixes()
    yield _Part("", "none", {})
    for name in ("pronoun", "object"):
        for row in table[name]:
            yield _Part(row.text, f"{name}_c", {"pron": row.text, "stt": "c"})
    for name, category in (
        ("accusative", "accusative_c"), ("dual", "dual"), ("plural", "plural"), ("feminine", "feminine"),
        ("feminine_dual", "feminine"), ("feminine_plural", "feminine_plural"), ("marbuta", "marbuta"),
        ("past_t", "past_t"), ("past_w", "past_w"), ("past_a", "past_a"), ("past_c", "past_c"),
        ("present_w", "present_w"), ("present_a", "present_a"), ("present_n", "present_n"),
    ):  # fmt: skip
        for row in table[name]:  # type: ignore[index]  # the literals are groups
            yield _Part(row.text, category, _says(row))
    yield from _with_pronouns()


def _with_pronouns() -> Iterator[_Part]:
    """Endings in the construct state, alone where they differ from the free ones, and before pronouns."""
    table = affixes()
    ta = "ت"
    for name, category, alone in (
        ("dual_construct", "dual_c", True), ("plural_construct", "plural_c", True),
        ("feminine_dual_construct", "feminine_c", True), ("feminine", "feminine_c", False),
        ("marbuta", "marbuta_c", False), ("feminine_plural", "feminine_plural_c", False),
        ("past_t_object", "past_t", False), ("past_w_object", "past_w", False), ("past_c", "past_c", False),
        ("present_w_object", "present_w", False),
    ):  # fmt: skip
        of_noun = category.endswith("_c")
        for row in table[name]:  # type: ignore[index]  # the literals are groups
            text = row.text if name not in {"feminine", "marbuta"} else ta
            if alone:
                yield _Part(text, category, {**_says(row), "stt": "c"})
            for pronoun in table["pronoun" if of_noun else "object"]:
                if pronoun.person == "1" and text[-1:] == pronoun.text:
                    continue
                features = {**_says(row), "pron": pronoun.text, "stt": "c" if of_noun else ""}
                yield _Part(text + pronoun.text, category, features)


def _says(row: Affix) -> dict[str, str]:
    said = {"num": row.number, "gen": row.gender, "per": row.person}
    return {name: value for name, value in said.items() if value}


def _prefix_suffix(prefixes: list[_Part], suffixes: list[_Part]) -> Iterator[tuple[str, str]]:
    """Which categories of prefixes and suffixes may stand in one word."""
    before = dict.fromkeys(part.category for part in prefixes)
    after = dict.fromkeys(part.category for part in suffixes)
    for first, last in product(before, after):
        verbal = last.startswith(("past", "present", "object"))
        if first == "past":
            fits = last in {"none", "object_c"} or last.startswith("past")
        elif first.startswith("present"):
            fits = last in {"none", "object_c"} or (first.endswith("3") and last.startswith("present"))
        else:
            fits = (
                not verbal
                and not (first == "art" and last.endswith("_c"))
                and (first, last) != ("prep", "accusative_c")
            )
        if fits:
            yield first, last


_PAST = {"0": "none", "p": "object_c", "t": "past_t", "w": "past_w", "a": "past_a", "c": "past_c"}
_PRESENT = {"0": "none", "p": "object_c", "w": "present_w", "a": "present_a", "n": "present_n"}


def _stems(entry: Entry) -> Iterator[tuple[str, tuple[str, ...], dict[str, str]]]:
    """The stems of a word: letters, the suffixes they take, and their features."""
    common = {"pos": entry.pos, "sense": entry.sense, "vox": entry.voice, "made": "yes" if entry.made else ""}
    if entry.form:
        for stem in conjugate(entry.lemma, entry.form, entry.stems[0] if entry.stems else "", transitive=entry.passive):
            endings = _PAST if stem.aspect == "p" else _PRESENT
            features = {"num": "s", "gen": "m", "per": "3", "asp": stem.aspect, **common, "vox": stem.voice}
            features |= {"stt": "u" if stem.prefix_vowel == DAMMA else "a", "short": "yes" if stem.short else ""}
            yield stem.text, tuple(endings[letter] for letter in stem.endings), features
    elif entry.pos not in {"noun", "adj"} or entry.inflection == "0":
        suffixes = ("none", "pronoun_c") if entry.inflection not in {"", "0"} else ("none",)
        for text in (entry.lemma, *entry.stems):
            yield text, suffixes, {"num": "s", "gen": "m", **common}
    else:
        yield from _noun_stems(entry, common)


def _partners(
    entry: Entry, groups: tuple[str, ...], features: dict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The categories of prefixes and of suffixes that go with a stem."""
    if features.get("asp") == "p":
        return ("past",), groups
    if features.get("asp") == "i":
        family = features.pop("stt")
        return (f"present_{family}3", f"present_{family}1"), groups
    if entry.pos in {"noun", "adj", "num"}:
        return ("bare", "prep", "art"), groups
    governed = entry.pos in {"name", "pron"} or (entry.pos == "conj" and "pronoun_c" in groups)
    return (("bare", "prep") if governed else ("bare",)), groups


def _noun_stems(entry: Entry, common: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...], dict[str, str]]]:
    table = affixes()
    masculine, feminine = table["plural"][0].text, table["feminine_plural"][0].text
    gender = "f" if entry.inflection == "f" else "m"
    sound = [group for text, group in ((masculine, "plural"), (feminine, "feminine_plural")) if text in entry.plurals]
    if entry.inflection == "mf":
        sound += ["feminine", "feminine_plural"]
    endings = tuple(dict.fromkeys(name for group in ("dual", *sound) for name in (group, f"{group}_c")))
    collective = entry.inflection == "p"
    for text in (entry.lemma, *entry.stems):
        for stem, groups in _shapes(text, () if collective else endings):
            yield stem, groups, {"num": "p" if collective else "s", "gen": gender, "stt": "i", **common}
    for text in entry.plurals:
        if text not in {masculine, feminine}:
            of_plural = "f" if text.endswith(feminine) else gender
            for stem, groups in _shapes(text, ()):
                yield stem, groups, {"num": "p", "gen": of_plural, "stt": "i", **common}


def _shapes(text: str, endings: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The letters of a noun before its endings; `endings` are those of a singular, none of a plural."""
    bare = without_signs(text)
    if bare.endswith("ة"):
        body = text[: text.rindex("ة")]
        plural = tuple(name for name in endings if name.startswith("feminine_plural"))
        yield body, ("feminine", "feminine_c", *plural) if endings else ("marbuta", "marbuta_c")
    elif bare.endswith("ى"):
        yield text, ("none", *endings)
        yield text[:-1] + "ا", ("pronoun_c",)
    elif bare.endswith("اء"):
        yield text, ("none", "pronoun_c", *endings)
        yield text[:-1] + "ؤ", ("pronoun_c",)
        yield text[:-1] + "ئ", ("pronoun_c",)
    else:
        yield text, ("none", "accusative_c", "pronoun_c", *endings)
