"""The tables that an Arabic speaker edits, and the loader that refuses what does not fit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

R = TypeVar("R", bound="Row")


class TableError(ValueError):
    """A row of a table that cannot be used: names the file, the row and what is wrong."""


class Row(BaseModel):
    """One row of a table: its fields are the table's columns, the last of which is always `note`."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    note: str = ""


def load(name: str, row: type[R], folder: Path | None = None) -> Iterator[tuple[int, R]]:
    """Yield `(row number, row)` of the table `name`.csv; the header is row 1.

    Lists inside a cell are written with `|` between the items: declare the field as `str` and split it.

    Raises:
        TableError: for a wrong header, a missing or surplus cell, or a value that the row's type does not know.
    """
    path = f"{name}.csv"
    source = (folder / path) if folder else (files(__package__) / path)
    with source.open(encoding="utf-8") as file:
        reader = csv.DictReader(file, strict=True)
        expected = [*(field for field in row.model_fields if field != "note"), "note"]
        if reader.fieldnames != expected:
            raise TableError(f"{path} row 1: the columns must be {','.join(expected)}")
        for number, cells in enumerate(reader, start=2):
            if None in cells or None in cells.values():
                raise TableError(f"{path} row {number}: needs {len(expected)} cells, as many as the header names")
            try:
                yield number, row.model_validate(cells)
            except ValidationError as error:
                fault = error.errors()[0]
                column = fault["loc"][0] if fault["loc"] else "row"
                said = fault["msg"].replace("Input should be", "is not one of:").replace(" or ", ", ")
                raise TableError(f"{path} row {number}: {column} '{fault.get('input')}' {said}") from None
