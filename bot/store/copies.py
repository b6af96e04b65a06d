"""Which articles carry one text: every function works on a connection in a transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from bot.store.corpus import chunks
from bot.store.schema import article_copy, copy_band
from retrieval import COPIED, Article, Signature, resemblance, signature_of

# A text that more articles than this carry is compared with as many of them.
_MOST = 50


def file_copies(connection: sa.Connection, articles: Iterable[Article]) -> dict[str, str]:
    """Find of each article whether an earlier one, or one before it in the list, carries its text; say its original."""
    signed = {one.id: signature_of(one) for one in articles}
    for chunk in chunks(list(signed)):
        for table in (copy_band, article_copy):
            connection.execute(sa.delete(table).where(table.c.article_id.in_(chunk)))
    holders, known = _filed(connection, {key for signature in signed.values() for key in signature.bands})
    originals: dict[str, str] = {}
    for name, signature in signed.items():
        rivals = {other for key in signature.bands for other in holders[key][:_MOST]}
        alike = [(resemblance(signature, known[other][1]), known[other][0]) for other in rivals]
        best, original = max(alike, default=(0.0, name))
        originals[name] = original if best >= COPIED else name
        known[name] = (originals[name], signature)
        for key in signature.bands:
            holders[key].append(name)
    _insert(connection, signed, originals)
    return originals


def originals_of(connection: sa.Connection, ids: Collection[str]) -> dict[str, str]:
    """The original of each of those articles that carries the text of another."""
    found = {}
    for chunk in chunks(ids):
        query = sa.select(article_copy.c.article_id, article_copy.c.original).where(
            article_copy.c.article_id.in_(chunk), article_copy.c.original != article_copy.c.article_id
        )
        found.update({row.article_id: row.original for row in connection.execute(query)})
    return found


def _filed(
    connection: sa.Connection, keys: Collection[str]
) -> tuple[defaultdict[str, list[str]], dict[str, tuple[str, Signature]]]:
    """The articles that stand under the keys, and the original and signature of each of them."""
    holders: defaultdict[str, list[str]] = defaultdict(list)
    known: dict[str, tuple[str, Signature]] = {}
    for chunk in chunks(keys):
        query = (
            sa.select(copy_band.c.key, article_copy.c.article_id, article_copy.c.original, article_copy.c.signature)
            .join(article_copy, article_copy.c.article_id == copy_band.c.article_id)
            .where(copy_band.c.key.in_(chunk))
        )
        for row in connection.execute(query):
            holders[row.key].append(row.article_id)
            known[row.article_id] = (row.original, Signature.unpacked(row.signature))
    return holders, known


def _insert(connection: sa.Connection, signed: dict[str, Signature], originals: dict[str, str]) -> None:
    rows = [
        {"article_id": name, "original": originals[name], "signature": signature.packed()}
        for name, signature in signed.items()
    ]
    bands = [{"key": key, "article_id": name} for name, signature in signed.items() for key in signature.bands]
    if rows:
        connection.execute(sa.insert(article_copy), rows)
    if bands:
        connection.execute(sa.insert(copy_band), bands)
