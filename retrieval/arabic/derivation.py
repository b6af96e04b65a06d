"""Verbal nouns and participles made from verbs, as far as the pattern alone decides their letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from retrieval.arabic.conjugation import Form, Root, Weakness, read_root

Voice = Literal["a", "p", ""]


class Derived(NamedTuple):
    """A word made from a verb: its lemma, other stems, and the voice of a participle, None for a verbal noun.

    The voice is empty where the letters are the same in both.
    """

    lemma: str
    stems: tuple[str, ...]
    voice: Voice | None


def derive(past: str, form: Form, present: str = "", *, transitive: bool = True) -> Iterator[Derived]:
    """Yield the participles of a verb, and its verbal noun unless it is of the first form: those are irregular."""
    root = read_root(past, form, present)
    letters, weak = root.past, root.weak
    if form == "1":
        yield from _first_form(root, transitive=transitive)
        return
    stem = root.present
    told_apart = weak in {"hollow", "final"} and form not in {"7", "8"}
    voice: Voice = "" if transitive and not told_apart else "a"
    active = "م" + stem
    yield Derived(active[:-1], (active[:-1] + "ي",), voice) if weak == "final" else Derived(active, (), voice)
    if transitive and told_apart:
        passive = stem[:-2] + "ا" + stem[-1] if weak == "hollow" else stem[:-1] + "ى"
        yield Derived("م" + passive, (), "p")
    noun = _verbal_noun(letters, form, weak)
    yield Derived(noun[0], noun[1:], None)


def _first_form(root: Root, *, transitive: bool) -> Iterator[Derived]:
    """The participles of a verb of three letters."""
    letters, weak = root.past, root.weak
    if weak == "doubled" or len(letters) != 3:
        return
    first, second, third = tuple(letters)
    long = "آ" if first == "أ" else first + "ا"
    if weak == "hollow":
        yield Derived(f"{long}ئ{third}", (), "a")
        return
    second = "ئ" if second == "أ" else second
    if weak == "final":
        yield Derived(long + second, (long + second + "ي",), "a")
        last = "و" if root.present[-1] == "و" else "ي"
        passive = f"م{first}{second}{last}"
    else:
        yield Derived(long + second + ("ئ" if weak == "hamza" else third), (), "a")
        passive = f"م{first}{second}و{'ء' if weak == 'hamza' else third}"
    if transitive:
        yield Derived(passive, (), "p")


def _verbal_noun(letters: str, form: Form, weak: Weakness) -> tuple[str, ...]:
    """The verbal noun of a derived form, and other stems of it."""
    final, body = weak == "final", letters[:-1]
    last = "ء" if final else ("ء" if weak == "hamza" else letters[-1])
    match form:
        case "2":
            return (f"ت{body}ية",) if final else (f"ت{body}ئة",) if weak == "hamza" else (f"ت{body}ي{letters[-1]}",)
        case "3" | "4r":
            prefix = "م" if form == "3" else ""
            return (f"{prefix}{body}اة",) if final else (f"{prefix}{letters}ة",)
        case "5" | "6":
            return (body, body + "ي") if final else (body + "ؤ",) if weak == "hamza" else (letters,)
        case "5r":
            return (letters,)
        case "4":
            return _fourth(letters, weak, last)
        case _:
            return _prefixed(letters, weak, last)


def _fourth(letters: str, weak: Weakness, last: str) -> tuple[str, ...]:
    if letters[0] == "آ":
        return (f"إي{letters[1:-1]}ا{last}",)
    if weak == "hollow":
        return (f"إ{letters[1:]}ة",)
    if weak == "doubled":
        return (f"إ{letters[1:]}ا{letters[-1]}",)
    first = "ي" if letters[1] == "و" else letters[1]
    return (f"إ{first}{letters[2:-1]}ا{last}",)


def _prefixed(letters: str, weak: Weakness, last: str) -> tuple[str, ...]:
    """The verbal nouns of the forms that begin with a bare alef: a long a before the last letter."""
    if weak == "hollow":
        if letters.startswith("است"):
            return (letters + "ة",)
        return (f"{letters[:-2]}يا{letters[-1]}",)
    if weak == "doubled":
        return (f"{letters}ا{letters[-1]}",)
    body = letters[:-1]
    if letters.startswith("استو"):
        body = "استي" + letters[4:-1]
    if body.endswith("أ"):
        body = body[:-1] + "ئ"
    return (f"{body}ا{last}",)


def relate(noun: str) -> str | None:
    """The adjective of relation of a noun ("naval" of sea), where it is made by the ending alone."""
    body = noun.removesuffix("ة")
    return body + "ي" if len(body) > 2 and body[-1] not in "اىيءةو" else None
