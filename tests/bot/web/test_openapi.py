"""The JSON API called as its OpenAPI description allows, and as it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as limited
from pydantic import SecretStr
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema

from bot.app import App, opened
from bot.config import Settings
from bot.web import create_web
from tests.bot.web.conftest import NOW, ingest

_EXAMPLES = 25
# Every operation that there is must be called; a new one is added here.
OPERATIONS = (
    "GET /api/ask",
    "GET /api/search",
    "GET /api/facts",
    "GET /api/events",
    "GET /api/articles/{article_id}",
    "GET /api/topic.atom",
    "GET /api/topic.rss",
)


@pytest.fixture(scope="module")
def described(app: App) -> BaseSchema:
    return _described(app)


@pytest.fixture
def described_on_postgres(postgres: str, tmp_path: Path) -> Iterator[BaseSchema]:
    with opened(Settings(data=tmp_path, database=SecretStr(postgres), workers=1, _env_file=None)) as app:
        ingest(app)
        yield _described(app)


def _described(app: App, **given: object) -> BaseSchema:
    settings = app.settings.model_copy(update={"requests_per_minute": 10**9, **given})
    web = create_web(app.desk, app.wording, settings, NOW.date)
    return schemathesis.openapi.from_asgi("/openapi.json", web)


def _operations(described: BaseSchema) -> dict[str, Any]:
    found = [one.ok() for one in described.get_all_operations()]  # type: ignore[union-attr]  # else a bad schema raises
    return {one.label: one for one in found}


def _call(operation: Any, mode: GenerationMode) -> None:
    @limited(
        max_examples=_EXAMPLES, deadline=None, derandomize=True, database=None,
        phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        case.call_and_validate()

    call()


def test_every_operation_that_is_described_is_called(described: BaseSchema) -> None:
    assert set(_operations(described)) == set(OPERATIONS)


@pytest.mark.parametrize(
    ("label", "mode"),
    [
        *((label, GenerationMode.POSITIVE) for label in OPERATIONS),
        # Whatever is asked for in the path may be the id of an article.
        *((label, GenerationMode.NEGATIVE) for label in OPERATIONS if "{" not in label),
    ],
)
def test_whatever_is_sent_the_answer_is_as_described_and_no_fault_of_the_server(
    described: BaseSchema, label: str, mode: GenerationMode
) -> None:
    _call(_operations(described)[label], mode)


@pytest.mark.parametrize("label", OPERATIONS)
def test_where_keys_are_set_every_operation_says_so_and_refuses_those_who_have_none(app: App, label: str) -> None:
    _call(_operations(_described(app, api_keys=(SecretStr("the-key"),)))[label], GenerationMode.NEGATIVE)


@pytest.mark.postgres
def test_the_same_holds_over_postgresql(described_on_postgres: BaseSchema) -> None:
    for operation in _operations(described_on_postgres).values():
        _call(operation, GenerationMode.POSITIVE)
