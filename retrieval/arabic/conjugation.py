"""Stems of Arabic verbs, active and passive, past and present, made from the past form, the pattern and the present.

Only what a written, mostly unvowelled word shows is made: the letters of each stem, which endings it takes, and the
vowels that tell the passive from the active where a text writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

Aspect = Literal["p", "i"]
Voice = Literal["a", "p"]
Form = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "4r", "5r", "9r"]

FATHA, DAMMA, KASRA, SHADDA = "\u064e", "\u064f", "\u0650", "\u0651"

# The endings that a stem takes. Past: 0 none, p none with an object pronoun, t -t -ta, w -wa, a -a, c the endings that
# begin with a consonant. Present: 0 none, p with an object pronoun, w -wn -wa, a -an -a, n the feminine plural.
Endings = str


Weakness = Literal["", "hollow", "final", "hamza", "doubled"]


class Stem(NamedTuple):
    """A stem with the vowels that matter, where it is used, its endings, and the vowel of the present's prefix.

    `short` is that of a weak verb after a negation or command, which is the least likely reading of its letters.
    """

    text: str
    aspect: Aspect
    voice: Voice
    endings: Endings
    prefix_vowel: str = ""
    short: bool = False


class Root(NamedTuple):
    """What conjugation needs to know of a verb: its form, its past and present stem as written, and its weakness."""

    form: Form
    past: str
    present: str
    weak: Weakness


def conjugate(past: str, form: Form, present: str = "", *, transitive: bool = True) -> Iterator[Stem]:
    """Yield the stems of a verb.

    Args:
        past: the past, third person, as written with hamza ("أعلن"); a final doubled letter carries its shadda.
        form: the derived form, 1 to 10; 4r, 5r and 9r are the patterns of four-letter roots.
        present: the present, third person ("يقول"); needed for form 1 only, made from the past otherwise.
        transitive: whether to make the passive too.
    """
    root = read_root(past, form, present)
    passive = transitive and form != "7"
    for voice in ("a", "p") if passive else ("a",):
        yield from _past(root, voice)
        yield from _present(root, voice)


def read_root(past: str, form: Form, present: str = "") -> Root:
    """The root of a verb, from the same arguments as `conjugate`."""
    written = "".join(letter for letter in past if not FATHA <= letter <= "\u0652" or letter == SHADDA)
    doubled = written.endswith(SHADDA)
    written = written.replace(SHADDA, "")
    weak: Weakness = ""
    if doubled:
        weak = "doubled"
    elif written[-1] in "ىيا":
        weak = "final"
    elif written[-1] in "أئ":
        weak = "hamza"
    elif written[-2] == "ا" and len(written) == {"1": 3, "4": 4, "7": 5, "8": 5, "10": 6}.get(form):
        weak = "hollow"
    return Root(form, written, present[1:] if present else _present_of(written, form, weak), weak)


def _present_of(written: str, form: Form, weak: Weakness) -> str:
    """The stem of the present of a derived form, active, as it stands after the prefix."""
    stem = written
    if form in {"4", "7", "8", "9", "10", "9r"}:
        stem = written[1:] if written[0] != "آ" else "ؤ" + written[1:]
    elif written[0] == "أ" and form == "2":
        stem = "ؤ" + written[1:]
    if weak == "hollow" and form in {"4", "10"}:
        stem = stem[:-2] + "ي" + stem[-1]
    if weak == "final":
        stem = stem[:-1] + ("ى" if form in {"5", "6"} else "ي")
    if weak == "hamza" and form not in {"5", "6"}:
        stem = stem[:-1] + "ئ"
    return stem


def _past(root: Root, voice: Voice) -> Iterator[Stem]:
    base = root.past if voice == "a" else _past_passive(root)
    for text, endings in _split_past(root, voice, base):
        yield Stem(_voiced(text, _past_vowels(root, voice)), "p", voice, endings)


def _past_passive(root: Root) -> str:
    past = root.past
    if root.form == "3":
        past = past[0] + "و" + past[2:]
    elif root.form == "6":
        past = past[:2] + "و" + past[3:]
    if root.weak == "hollow":
        return past[:-2] + "ي" + past[-1]
    return past[:-1] + {"final": "ي", "hamza": "ئ"}[root.weak] if root.weak in {"final", "hamza"} else past


def _split_past(root: Root, voice: Voice, base: str) -> Iterator[tuple[str, Endings]]:
    """The shapes of a past stem before its endings: whole, shortened, doubled."""
    if root.weak == "hollow":
        yield base, "0ptwa"
        yield base[:-2] + base[-1], "c"
        if base[-1] == "ء":
            yield base[:-1] + "ؤ", "w"
            yield base[:-2] + "ئ", "c"
    elif root.weak == "doubled":
        yield base, "0ptwa"
        yield base + base[-1], "c"
    elif root.weak == "hamza":
        yield base, "0ptwac"
        yield base[:-1] + "ؤ", "w"
    elif root.weak == "final" and (voice == "p" or root.past[-1] == "ي"):
        yield base, "0ptac"
        yield base[:-1], "w"
    elif root.weak == "final":
        yield base, "0"
        yield base[:-1] + "ا", "p"
        yield base[:-1], "tw"
        yield base[:-1] + ("و" if root.present.endswith("و") else "ي"), "ac"
    else:
        yield base, "0ptwac"


def _present(root: Root, voice: Voice) -> Iterator[Stem]:
    base = root.present if voice == "a" else _present_passive(root)
    vowel = DAMMA if voice == "p" or root.form in {"2", "3", "4", "4r"} else FATHA
    vowels = _present_vowels(root, voice)
    for text, endings, short in _split_present(root, base):
        yield Stem(_voiced(text, vowels), "i", voice, endings, vowel, short)


def _present_passive(root: Root) -> str:
    if root.form == "1":
        if root.weak == "hollow":
            return root.past
        first = "ؤ" if root.past[0] == "أ" else root.past[0]
        return first + (root.past[1:-1] + "ى" if root.weak == "final" else root.past[1:])
    if root.weak == "hollow":
        return root.present[:-2] + "ا" + root.present[-1]
    last = {"final": "ى", "hamza": "أ"}.get(root.weak)
    return root.present[:-1] + last if last else root.present


def _split_present(root: Root, base: str) -> Iterator[tuple[str, Endings, bool]]:
    """The shapes of a present stem before its endings, the shortened one after a negation too."""
    if root.weak == "hollow":
        yield base, "0pwa", False
        yield base[:-2] + base[-1], "n", False
        yield base[:-2] + base[-1], "0p", True
    elif root.weak == "doubled":
        yield base, "0pwa", False
        yield base + base[-1], "0n", True
    elif root.weak == "hamza":
        yield base, "0pwan", False
        yield base[:-1] + "ؤ", "w", False
    elif root.weak == "final":
        open_vowel = base[-1] == "ى"
        yield base, "0" if open_vowel else "0pan", False
        if open_vowel:
            yield base[:-1] + "ي", "an", False
            yield base[:-1] + "ا", "p", False
        yield base[:-1], "w", False
        yield base[:-1], "0p", True
    else:
        yield base, "0pwan", False


def _past_vowels(root: Root, voice: Voice) -> dict[int, str]:
    first = DAMMA if voice == "p" else FATHA
    second = KASRA if voice == "p" else FATHA
    if root.form in {"7", "8", "9", "10", "9r"}:
        third = 1 if root.form == "8" and root.past[2] not in "تطد" else 2
        return {0: DAMMA if voice == "p" else KASRA, third: first}
    match root.form:
        case "1" if root.weak == "hollow":
            return {0: KASRA if voice == "p" else FATHA}
        case "1" if voice == "p" and root.weak != "doubled":
            return {0: DAMMA, 1: KASRA}
        case "2":
            return {0: first, 1: SHADDA + second}
        case "5":
            return {0: first, 1: first, 2: SHADDA + second}
        case _:
            return {0: first, 1: first} if root.form == "6" else {0: first}


def _present_vowels(root: Root, voice: Voice) -> dict[int, str]:
    vowel = FATHA if voice == "p" else KASRA
    if root.form == "2":
        return {1: SHADDA + vowel}
    if root.form == "5":
        return {2: SHADDA + FATHA}
    if root.weak:
        return {}
    if root.form == "1":
        return {1: FATHA} if voice == "p" else {}
    place = {"3": 2, "4": 1, "10": 3}.get(root.form)
    return {place: vowel} if place else {}


def _voiced(text: str, vowels: dict[int, str]) -> str:
    return "".join(letter + vowels.get(place, "") for place, letter in enumerate(text))
