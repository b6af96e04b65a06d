"""Telling that two articles carry one text: an agency's story that several outlets print is one source, not several."""

from __future__ import annotations

import struct
from typing import NamedTuple

from rensa import RMinHash

from retrieval.arabic.tokens import tokenize
from retrieval.types import Article

# Broder (1997), "On the resemblance and containment of documents": shingles of words, compared by their minima.
_SHINGLE = 4
_BANDS, _ROWS = 16, 5
_HASHES = _BANDS * _ROWS
_SEED = 20151216
# A text shorter than this is too short to say that another copied it.
_SHORTEST = 30
COPIED = 0.5


class Signature(NamedTuple):
    """What is kept of a text to compare it by: the minima of its shingles, none where the text is too short."""

    minima: tuple[int, ...]

    @property
    def bands(self) -> tuple[str, ...]:
        """Keys of which two texts alike above one half nearly always share one, and two strangers hardly ever."""
        rows = [self.minima[at : at + _ROWS] for at in range(0, len(self.minima), _ROWS)]
        return tuple(f"{band}:{struct.pack(f'>{_ROWS}I', *row).hex()}" for band, row in enumerate(rows))

    def packed(self) -> bytes:
        """The signature as bytes."""
        return struct.pack(f">{len(self.minima)}I", *self.minima)

    @classmethod
    def unpacked(cls, data: bytes) -> Signature:
        """The signature that the bytes hold."""
        return cls(struct.unpack(f">{len(data) // 4}I", data))


def signature_of(article: Article) -> Signature:
    """The signature of the article's body."""
    words = [token.norm for token in tokenize(article.body) if token.kind == "word"]
    if len(words) < _SHORTEST:
        return Signature(())
    minima = RMinHash(num_perm=_HASHES, seed=_SEED)
    minima.update([" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)])
    return Signature(tuple(minima.digest()))


def resemblance(one: Signature, other: Signature) -> float:
    """The share of shingles that the two texts have in common, between 0 and 1, as their signatures estimate it."""
    if not one.minima or not other.minima:
        return 0.0
    return sum(a == b for a, b in zip(one.minima, other.minima, strict=True)) / _HASHES
