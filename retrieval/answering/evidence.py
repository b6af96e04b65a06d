"""What an answer is made from, and how well each piece of it fits the words of the question."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from retrieval.arabic import places
from retrieval.arabic.atlas import nationality
from retrieval.arabic.phrases import openings
from retrieval.arabic.tokens import tokenize
from retrieval.arabic.wordkeys import loose_keys, word_keys
from retrieval.reading.segment import split_sentences
from retrieval.types import Citation, Fact, PassageHit, Question

Keys = frozenset[str]


class Evidence(NamedTuple):
    """What was found for a question: passages, best first, and facts.

    `facts` are those of the store that bear on the question and all those of the passages' articles. `parts` holds the
    evidence for each of the question's parts; `copies` names the original of each article that copies another. Where
    there were too many facts to weigh, only the newest are here, and `since` is the first day that they tell of.
    """

    passages: tuple[PassageHit, ...] = ()
    facts: tuple[Fact, ...] = ()
    parts: tuple[Evidence, ...] = ()
    copies: Mapping[str, str] = {}
    since: dt.date | None = None


class Sought(NamedTuple):
    """The question's words as they are looked for: their keys with weights, all of them and the details alone.

    `names` are the keys of the words without which a text speaks of something else, `predicate` those of the word that
    the question turns on, `place` the forms of the words of the place meant. `nearness` is each article's best
    passage score, the best of all being 1; `located` are the keys of the places that each article's facts lie in.
    """

    question: Question
    words: tuple[tuple[Keys, float], ...]
    details: tuple[tuple[Keys, float], ...]
    names: tuple[Keys, ...]
    place: tuple[Keys, ...]
    predicate: Keys
    nearness: Mapping[str, float]
    passages: Mapping[str, tuple[PassageHit, ...]]
    located: Mapping[str, Keys]

    def share(self, text: str) -> float:
        """The weight of the question's words that a text holds, of 1."""
        return _share(self.words, keys_of(text))

    def detail_share(self, text: str) -> float:
        """The weight of the question's details that a text holds, of 1; 1 where the question has none."""
        return _share(self.details, keys_of(text)) if self.details else 1.0

    def named(self, article_id: str) -> float:
        """The share of the question's names that what was found of an article speaks of; 1 where it has none."""
        if not self.names:
            return 1.0
        keys = keys_of(self.article(article_id))
        return sum(not name.isdisjoint(keys) for name in self.names) / len(self.names)

    def there(self, article_id: str) -> bool:
        """Whether an article speaks of the place asked about, by its name, a place in it, or its people's adjective."""
        if not self.place:
            return True
        text = self.article(article_id)
        forms = _forms_of(text)
        if not any(word.isdisjoint(forms) for word in self.place):
            return True
        asked = self.question.understood.place
        return places.key(asked) in self.located.get(article_id, ()) or f"@{places.key(asked)}" in keys_of(text)

    def article(self, article_id: str) -> str:
        """All that was found of an article, its title first."""
        hits = self.passages.get(article_id, ())
        return "\n".join([hit.citation.title for hit in hits[:1]] + [hit.text for hit in hits])

    def around(self, citation: Citation) -> str:
        """What stands around a citation: its title, and the passages found that overlap it."""
        return "\n".join((citation.title, *(hit.text for hit in self._holding(citation))))

    def sentence(self, citation: Citation) -> str:
        """The sentence that a citation stands in, if its passage was found; the quote alone otherwise."""
        return self.whole(citation).quote

    def whole(self, citation: Citation) -> Citation:
        """The citation widened to its sentence, if its passage was found."""
        for hit in self._holding(citation):
            for start, end in _sentences(hit.text):
                if start <= citation.start - hit.start < end:
                    span = {"quote": hit.text[start:end], "start": hit.start + start, "end": hit.start + end}
                    return citation.model_copy(update=span)
        return citation

    def _holding(self, citation: Citation) -> list[PassageHit]:
        if citation.field != "body":
            return []
        found = self.passages.get(citation.article_id, ())
        return [hit for hit in found if hit.start < citation.end and citation.start < hit.end]


def seek(question: Question, evidence: Evidence) -> Sought:
    """The question's words weighed by how few of the passages hold them."""
    texts = [keys_of(f"{hit.citation.title}\n{hit.text}") for hit in evidence.passages]
    best = max((hit.score for hit in evidence.passages), default=1.0) or 1.0
    nearness: dict[str, float] = {}
    by_article: dict[str, list[PassageHit]] = {}
    for hit in evidence.passages:
        nearness.setdefault(hit.article_id, hit.score / best)
        by_article.setdefault(hit.article_id, []).append(hit)
    return Sought(
        question=question,
        words=_weighed(question.words, texts),
        details=_weighed(question.details, texts),
        names=tuple(_keys(norm) for norm in _norms(question.names)),
        place=tuple(_forms(norm) for norm in _norms(question.names[: bool(question.understood.place)])),
        predicate=_predicate(question),
        nearness=nearness,
        passages={article: tuple(hits) for article, hits in by_article.items()},
        located=_located(evidence.facts, by_article) if question.understood.place else {},
    )


def _located(facts: Iterable[Fact], articles: Collection[str]) -> dict[str, Keys]:
    """The keys of the places that the facts of these articles lie in, and of all that holds them."""
    located: dict[str, Keys] = {}
    for fact in facts:
        article = fact.citation.article_id
        if article in articles and fact.place:
            keys = frozenset(key for name in (fact.place, *fact.places) for key in place_keys(name))
            located[article] = located.get(article, frozenset()) | keys
    return located


@lru_cache(maxsize=10_000)
def place_keys(name: str) -> frozenset[str]:
    """The keys of a place and of all that holds it."""
    return frozenset(places.key(each) for each in (name, *places.containers(name)))


@lru_cache(maxsize=1024)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((stretch.start, stretch.end) for stretch in split_sentences(text, ()))


@lru_cache(maxsize=4096)
def keys_of(text: str) -> Keys:
    """The keys of all words of a text."""
    return frozenset(key for token in tokenize(text) if token.kind != "mark" for key in _keys(token.norm))


def speaks_of(name: str, keys: Keys) -> bool:
    """Whether a text with these keys holds every word of a name, in whatever form."""
    return all(not _keys(token.norm).isdisjoint(keys) for token in tokenize(name) if token.kind != "mark")


@lru_cache(maxsize=4096)
def _forms_of(text: str) -> Keys:
    return frozenset(form for token in tokenize(text) if token.kind != "mark" for form in _forms(token.norm))


@lru_cache(maxsize=50_000)
def _forms(norm: str) -> Keys:
    """A word as it is written, less clitics and article: a place is not met by a man whose name is derived from it."""
    return frozenset(rest.removeprefix("ال") for _, rest in openings(norm))


@lru_cache(maxsize=50_000)
def _keys(norm: str) -> Keys:
    """The keys of a word; the adjectives of one country meet, however they are spelled: أمريكي and أميركية."""
    country = nationality(norm)
    return word_keys(norm) | {f"@{places.key(country)}"} if country else word_keys(norm)


def _predicate(question: Question) -> Keys:
    """The loose keys of the word that the question turns on: its first that is neither name nor thing asked of."""
    beside = keys_of(f"{question.focus} {' '.join(question.names)}")
    for norm in _norms(question.words):
        if word_keys(norm).isdisjoint(beside):
            return loose_keys(norm)
    return frozenset()


def _weighed(words: Iterable[str], texts: list[Keys]) -> tuple[tuple[Keys, float], ...]:
    weighed = []
    for norm in _norms(words):
        keys = word_keys(norm)
        holding = sum(not keys.isdisjoint(text) for text in texts)
        weighed.append((keys, math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))))
    return tuple(weighed)


def _norms(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(token.norm for word in words for token in tokenize(word) if token.kind != "mark"))


def _share(words: tuple[tuple[Keys, float], ...], text: Keys) -> float:
    total = sum(weight for _, weight in words)
    return sum(weight for keys, weight in words if not keys.isdisjoint(text)) / total if total else 0.0
