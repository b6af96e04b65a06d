"""JSON as the commands write it, and batches of JSON lines as they read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

from pydantic import BaseModel

# Ends of lines to some readers of lines, though not to JSON: they leave escaped.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_MOST = 1024 * 1024


class Asked(NamedTuple):
    """One line of a batch: its number, its id as JSON says it, and its other members."""

    number: int
    id: Any
    members: dict[str, Any]

    @property
    def q(self) -> str:
        """The question or query.

        Raises:
            ValueError: when there is none.
        """
        said = self.members.get("q")
        if not isinstance(said, str) or not said.strip():
            raise ValueError("has no question in 'q'")
        return said


def line_of(value: object) -> str:
    """The value as one line of JSON, Arabic as it is."""
    if isinstance(value, BaseModel):
        return one_line(value.model_dump_json(by_alias=True))
    return one_line(json.dumps(value, ensure_ascii=False, default=str))


def one_line(text: str) -> str:
    """JSON text in which nothing can be taken for the end of a line."""
    return text.translate(_LINE_ENDS)


def with_id(name: object, text: str) -> str:
    """The JSON object with an `id` in front."""
    return f'{{"id": {one_line(json.dumps(name, ensure_ascii=False))}, {text[1:]}'


def answers(file: BinaryIO, answer: Callable[[Asked], str]) -> Iterator[str]:
    """For each line of a batch what `answer` makes of it, or `{"id", "error": "line 7: …"}`, in the order of the lines.

    `answer` raises ValueError to refuse a line.
    """
    for number, line in _lines(file):
        name = None
        try:
            asked = _parsed(number, line)
            name = asked.id
            yield with_id(name, answer(asked))
        except ValueError as error:
            said = " ".join(str(error).split())
            yield with_id(name, line_of({"error": f"line {number}: {said}"}))


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(_MOST + 1):
        number += 1
        end = line
        while len(line) > _MOST and end and not end.endswith(b"\n"):
            end = file.readline(_MOST)
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield number, line


def _parsed(number: int, line: bytes) -> Asked:
    if len(line) > _MOST:
        raise ValueError(f"is longer than {_MOST:,} bytes")
    try:
        members = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"is not valid UTF-8: byte {error.start} is wrong") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"is not valid JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    if not isinstance(members, dict):
        raise ValueError("is not an object with 'id' and 'q'")  # noqa: TRY004 - one more kind of broken line
    return Asked(number, members.get("id"), members)
