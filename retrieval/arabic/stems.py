"""The light stem of a word: what is left when the commonest letters around it are taken off, meaning or not."""

from __future__ import annotations

from functools import lru_cache

# Larkey, Ballesteros, Connell (2007), "Light stemming for Arabic information retrieval": light10.
_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "لل")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The light stem of a normalised word: article and conjunction off the front, endings off the back."""
    rest = word[1:] if word.startswith("و") and len(word) > 3 else word
    for article in _ARTICLES:
        if rest.startswith(article) and len(rest) >= len(article) + 2:
            rest = rest[len(article) :]
            break
    for ending in _ENDINGS:
        if rest.endswith(ending) and len(rest) >= len(ending) + 2:
            rest = rest[: -len(ending)]
    return rest
