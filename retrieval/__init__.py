"""What the news says: reading articles into facts, finding passages, understanding and answering questions.

These are all the names that the running program may use. Each is imported when it is first asked for, so that a command
that reads no article pays for no reader.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.alerting import (
        Checked,
        Match,
        Percolator,
        Relation,
        bearing_on,
        check,
        claim_of,
        conditions_of,
        confront,
        relate,
        subscription_of,
    )
    from retrieval.answering import Evidence, Report, Unfolded, answer, chart, explain, unfold
    from retrieval.answering.wording import Wording, WordingError
    from retrieval.arabic.normalise import normalise
    from retrieval.arabic.places import key as place_key
    from retrieval.arabic.tables import TableError
    from retrieval.asking import evidence_wanted, understand
    from retrieval.copies import COPIED, Signature, resemblance, signature_of
    from retrieval.events import Counted, Event, Grade, find_events
    from retrieval.index import (
        EngineError,
        Entry,
        Filters,
        Hit,
        Index,
        IndexStats,
        analyzer_version,
        entries_of,
        open_index,
    )
    from retrieval.reading import read
    from retrieval.reading.tracing import Fired, trace
    from retrieval.reading.version import reading_version
    from retrieval.types import (
        Aid,
        Answer,
        Article,
        Bar,
        Casualty,
        Chart,
        Citation,
        Control,
        Damage,
        Decision,
        Fact,
        FactFilter,
        FactKind,
        Harm,
        Meeting,
        Passage,
        PassageHit,
        Question,
        Reading,
        Statement,
        Strike,
        Subscription,
        Understanding,
        Value,
        Visit,
    )

# Where each name lives: the module, and its name there when that is another.
_HOMES = {
    "Aid": "types",
    "Answer": "types",
    "Article": "types",
    "COPIED": "copies",
    "Bar": "types",
    "Casualty": "types",
    "Chart": "types",
    "Checked": "alerting",
    "Citation": "types",
    "Control": "types",
    "Counted": "events",
    "Damage": "types",
    "Decision": "types",
    "EngineError": "index",
    "Entry": "index",
    "Event": "events",
    "Evidence": "answering",
    "Fact": "types",
    "FactFilter": "types",
    "FactKind": "types",
    "Filters": "index",
    "Fired": "reading.tracing",
    "Grade": "events",
    "Harm": "types",
    "Hit": "index",
    "Index": "index",
    "IndexStats": "index",
    "Match": "alerting",
    "Meeting": "types",
    "Passage": "types",
    "PassageHit": "types",
    "Percolator": "alerting",
    "Question": "types",
    "Reading": "types",
    "Signature": "copies",
    "Relation": "alerting",
    "Report": "answering",
    "Statement": "types",
    "Strike": "types",
    "Subscription": "types",
    "TableError": "arabic.tables",
    "Understanding": "types",
    "Unfolded": "answering",
    "Value": "types",
    "Visit": "types",
    "Wording": "answering.wording",
    "WordingError": "answering.wording",
    "analyzer_version": "index",
    "answer": "answering",
    "bearing_on": "alerting",
    "check": "alerting",
    "claim_of": "alerting",
    "confront": "alerting",
    "chart": "answering",
    "explain": "answering",
    "conditions_of": "alerting",
    "entries_of": "index",
    "evidence_wanted": "asking",
    "find_events": "events",
    "normalise": "arabic.normalise",
    "open_index": "index",
    "place_key": "arabic.places:key",
    "read": "reading",
    "reading_version": "reading.version",
    "relate": "alerting",
    "resemblance": "copies",
    "signature_of": "copies",
    "subscription_of": "alerting",
    "trace": "reading.tracing",
    "understand": "asking",
    "unfold": "answering",
}

__all__ = [
    "COPIED",
    "Aid",
    "Answer",
    "Article",
    "Bar",
    "Casualty",
    "Chart",
    "Checked",
    "Citation",
    "Control",
    "Counted",
    "Damage",
    "Decision",
    "EngineError",
    "Entry",
    "Event",
    "Evidence",
    "Fact",
    "FactFilter",
    "FactKind",
    "Filters",
    "Fired",
    "Grade",
    "Harm",
    "Hit",
    "Index",
    "IndexStats",
    "Match",
    "Meeting",
    "Passage",
    "PassageHit",
    "Percolator",
    "Question",
    "Reading",
    "Relation",
    "Report",
    "Signature",
    "Statement",
    "Strike",
    "Subscription",
    "TableError",
    "Understanding",
    "Unfolded",
    "Value",
    "Visit",
    "Wording",
    "WordingError",
    "analyzer_version",
    "answer",
    "bearing_on",
    "chart",
    "check",
    "claim_of",
    "conditions_of",
    "confront",
    "entries_of",
    "evidence_wanted",
    "explain",
    "find_events",
    "normalise",
    "open_index",
    "place_key",
    "read",
    "reading_version",
    "relate",
    "resemblance",
    "signature_of",
    "subscription_of",
    "trace",
    "understand",
    "unfold",
]


def __getattr__(name: str) -> object:
    """The public name, imported now."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, inside = _HOMES[name].partition(":")
    found = getattr(importlib.import_module(f"{__name__}.{module}"), inside or name)
    globals()[name] = found
    return found
