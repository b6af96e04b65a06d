"""Read an article's text once into sentences with their words, numbers, names, clauses and speakers."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.arabic.dates import find_dates
from retrieval.arabic.morphology import analyse
from retrieval.arabic.normalise import normalise
from retrieval.arabic.numbers import find_quantities
from retrieval.arabic.parties import find_parties
from retrieval.arabic.people import find_people, surname_of
from retrieval.arabic.places import find_places
from retrieval.arabic.tokens import Token
from retrieval.reading.chunks import Edges, split_chunks
from retrieval.reading.clauses import split_clauses
from retrieval.reading.saying import participles
from retrieval.reading.segment import Stretch, split_sentences
from retrieval.reading.sentences import Document, Mention, Sentence
from retrieval.reading.speech import attribute
from retrieval.reading.tagging import tag
from retrieval.reading.triggers import find_hits
from retrieval.types import Article, TextField

# A dateline is no longer than this, and the marks that set it off and end it.
_DATELINE = 10
_SET_OFF = frozenset({":", "-", "–", "—", "(", ")", "/", "،"})
_CLOSING = frozenset({":", "-", "–", "—", ")"})
# A line of the body without a full stop and no longer than this stands as a heading over what follows.
_HEADING_WORDS = 20


def annotate(article: Article, body: Sequence[Stretch] | None = None) -> Document:
    """The article read into sentences; `body` are its sentences as `split_sentences` cut them, if already known.

    No fact is looked for here: every kind of fact works on the one Document, so that nothing is analysed twice.
    """
    stretches = split_sentences(article.body) if body is None else body
    surnames: set[tuple[str, ...]] = set()
    rest = [_sentence(article, "body", s, n, surnames) for n, s in enumerate(stretches)]
    title = [_sentence(article, "title", s, n, surnames) for n, s in enumerate(split_sentences(article.title, ()))]
    return Document(article, attribute(title), attribute(rest), article.day)


def _sentence(
    article: Article, field: TextField, stretch: Stretch, number: int, surnames: set[tuple[str, ...]]
) -> Sentence:
    """The sentence of a stretch; the names that it gives add to `surnames`, which alone are then known.

    The body is read before the title, which names by the surname whom the body names in full.
    """
    tokens = stretch.tokens
    analyses = tuple(analyse(token.text) if token.kind == "word" else () for token in tokens)
    quantities = tuple(find_quantities(tokens))
    dates = tuple(find_dates(tokens, article.day))
    places = tuple(find_places(tokens))
    people = tuple(find_people(tokens, surnames))
    surnames.update(surname for person in people if (surname := surname_of(person.name)))
    parties = tuple(find_parties(tokens))
    nouns: tuple[Mention, ...] = (*places, *parties, *quantities, *dates)
    names = [*((p.name_first, p.name_last) for p in people if p.name), *((m.first, m.last) for m in nouns)]
    unbroken: tuple[Mention, ...] = (*places, *people, *parties, *quantities)
    named = frozenset(i for first, last in names for i in range(first, last))
    begins = [*((p.first, p.name) for p in places), *((p.first, p.name) for p in parties)]
    clipped = frozenset(first for first, name in begins if tokens[first].norm != normalise(name.split()[0]))
    words = tag(tokens, analyses, named, clipped)
    edges = Edges(
        glue=frozenset(i for m in unbroken for i in range(m.first + 1, m.last)),
        outside=frozenset(i for date in dates for i in range(date.first, date.last)),
        counts=frozenset(quantity.first for quantity in quantities),
    )
    text = article.field(field)
    closed = tokens[-1].text in {".", "!", "؟", "?", "»", '"', "”"} or any(t.text in {".", "؟"} for t in tokens[-2:])
    return Sentence(
        field=field,
        text=text,
        tokens=tokens,
        norms=tuple(token.norm for token in tokens),
        parts=words.parts,
        analyses=words.analyses,
        quantities=quantities,
        dates=dates,
        places=places,
        people=people,
        parties=parties,
        chunks=split_chunks(words, edges),
        clauses=split_clauses(words, participles(words), _dateline(tokens, places)),
        hits=find_hits(words),
        number=number,
        story=stretch.story,
        paragraph=stretch.paragraph,
        headline=field == "title" or (stretch.words <= _HEADING_WORDS and not closed and _alone(text, stretch)),
        derived={},
    )


def _dateline(tokens: Sequence[Token], places: Sequence[Mention]) -> int:
    """Where the dateline with which a report opens ends (غزة: ، القاهرة - وكالة النهار -); 0 when it has none."""
    if not places or places[0].first:
        return 0
    end = 0
    for i in range(places[0].last, min(places[0].last + _DATELINE, len(tokens) - 1)):
        text = tokens[i].text
        if i == places[0].last and text not in _SET_OFF:
            return 0
        if text in _CLOSING:
            end = i + 1
        elif end and text not in _SET_OFF and not (end < i and tokens[end].text in _SET_OFF):
            break
    return end


def _alone(text: str, stretch: Stretch) -> bool:
    """Whether the sentence fills its line."""
    before = text[text.rfind("\n", 0, stretch.start) + 1 : stretch.start]
    after = text[stretch.end : stretch.end + 200].partition("\n")[0]
    return not before.strip() and not after.strip()
