"""The keys under which topics and news meet: words by stem, places and parties whatever they are called, kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.arabic import parties, places
from retrieval.arabic.tokens import tokenize
from retrieval.index.analyzer import terms_of_query, terms_of_text
from retrieval.types import Article, Casualty, Fact

# What of a fact is told by words: where a topic's persons, parties and things may stand.
_TOLD = (
    "victims", "actor", "visitor", "visitor_title", "destination", "host", "participants", "speaker", "speaker_title",
    "about", "target", "from_actor", "giver", "receiver", "unit", "what", "body", "source",
)  # fmt: skip


def keys_of(fact: Fact) -> frozenset[str]:
    """Everything by which a topic may ask for the fact: kind, harm, places, and who and what it names."""
    keys = frozenset({f"kind:{fact.kind}", *(place_key(name) for name in (fact.place, *fact.places) if name)})
    if isinstance(fact, Casualty):
        # One number for both harms is news to whoever follows either of them.
        harms = ("killed", "wounded", "killed_or_wounded") if fact.harm == "killed_or_wounded" else (fact.harm,)
        keys |= {f"harm:{harm}" for harm in harms}
    return keys | named_keys(fact, [name for name in _TOLD if hasattr(fact, name)])


def named_keys(fact: Fact, roles: Sequence[str]) -> frozenset[str]:
    """The keys of what stands in those roles of the fact."""
    values = (getattr(fact, role) for role in roles)
    flat = (text for value in values for text in (value if isinstance(value, tuple) else (value,)) if text)
    return frozenset(key for text in flat for key in naming_keys(text))


def naming_keys(name: str) -> set[str]:
    """A party by its key, under whatever name it goes; anybody else by the stems of the name."""
    known = {f"party:{found.key}" for found in parties.find_parties(tokenize(name)) if found.key}
    return known or word_keys([name])


def place_key(name: str) -> str:
    """The key of a place, one for all its spellings."""
    return f"place:{places.key(name)}"


def word_keys(texts: Iterable[str]) -> set[str]:
    """The keys of the words, question words and stopwords left out."""
    return {f"word:{stem}" for text in texts for stem in terms_of_query(text).stems}


def text_keys(article: Article) -> set[str]:
    """The keys of the words of title and body."""
    return {f"word:{stem}" for stem in terms_of_text(article.body, article.title).stems}
