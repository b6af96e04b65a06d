"""What may stand in the parameters of a request, for the JSON API and the page alike."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from retrieval import FactFilter, FactKind, Harm, place_key

LONGEST_QUESTION = 1000
_LONGEST_PLACE = 100
_LONGEST_ID = 512
# No text that anybody writes holds this character, and PostgreSQL cannot take it.
_WRITABLE = r"^[^\x00]*$"


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _as_a_day(value: object) -> object:
    """The value, unless it is a number or anything else that would pass for a day by accident."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("is not a day such as 2031-05-04")
    return value


Asked = Annotated[
    str, Field(min_length=1, max_length=LONGEST_QUESTION, pattern=_WRITABLE, description="The question, in Arabic.")
]
Named = Annotated[str, Field(min_length=1, max_length=_LONGEST_ID, pattern=_WRITABLE)]
Day = Annotated[dt.date, BeforeValidator(_as_a_day)]


class FactQuery(BaseModel):
    """Which facts are wanted: what is not given sets no condition."""

    model_config = ConfigDict(populate_by_name=True)

    kind: FactKind | None = None
    harm: Harm | None = None
    place: str = Field(default="", max_length=_LONGEST_PLACE, pattern=_WRITABLE)
    date_from: Day | None = Field(default=None, alias="from")
    date_to: Day | None = Field(default=None, alias="to")

    def filter(self, limit: int) -> FactFilter:
        """The filter of the store that it means, for at most so many facts."""
        place = self.place.strip()
        return FactFilter(
            kinds=(self.kind,) if self.kind else (),
            harms=(self.harm,) if self.harm else (),
            place_keys=(place_key(place),) if place else (),
            date_from=self.date_from,
            date_to=self.date_to,
            limit=limit,
        )

    def parameters(self) -> dict[str, str]:
        """The parameters of a request that asks for the same."""
        return {name: str(value) for name, value in self.model_dump(by_alias=True, exclude_defaults=True).items()}


class FactForm(FactQuery):
    """The same as the page's form sends it: with an empty parameter for everything that was left open."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in given.items() if value not in {"", None}}
