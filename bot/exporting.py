"""An answer as a file: exactly what was shown, as CSV for a spreadsheet or as JSON for a program."""

from __future__ import annotations

import csv
import io

from retrieval import Answer, Citation

_HEAD = ("number", "kind", "harm", "min", "max", "bound", "place", "date_start", "date_end", "source", "outlet",
         "published", "url", "article_id", "start", "end", "quote")  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json(answer: Answer) -> str:
    """The answer as the contract's JSON."""
    return answer.model_dump_json(by_alias=True, indent=2) + "\n"


def to_csv(answer: Answer) -> str:
    """A row for each source shown, numbered as its marker is, with the fact that it shows, if it shows one."""
    facts = {_spot(fact.citation): fact.model_dump(mode="json") for fact in answer.facts}
    out = io.StringIO()
    # Without this mark spreadsheets take the file for another encoding.
    out.write("\ufeff")
    writer = csv.DictWriter(out, _HEAD, extrasaction="ignore", restval="")
    writer.writeheader()
    for number, citation in enumerate(answer.citations, start=1):
        said = {**citation.model_dump(mode="json"), **facts.get(_spot(citation), {}), "number": number}
        writer.writerow({name: harmless(value) for name, value in said.items()})
    return out.getvalue()


def harmless(value: object) -> object:
    """The value as a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else "" if value is None else value


def _spot(citation: Citation) -> tuple[str, str, int, int]:
    return (citation.article_id, citation.field, citation.start, citation.end)
