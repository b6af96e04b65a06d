"""What must be documented is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.cli.commands import marsad
from bot.config import PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_stands_in_the_readme_as_it_describes_itself(name: str) -> None:
    assert f"| `{PREFIX}{name.upper()}` | {Settings.model_fields[name].description} |" in README


def test_the_readme_names_no_setting_that_there_is_not() -> None:
    named = set(re.findall(r"`MARSAD_([A-Z_]+)`", README))
    assert {name.lower() for name in named} <= set(Settings.model_fields)


@pytest.mark.parametrize("name", marsad.list_commands(None))  # type: ignore[arg-type]  # the names need no context
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"`marsad {name}" in README


@pytest.mark.parametrize("requirement", PROJECT["dependencies"])
def test_the_readme_says_why_each_dependency_is_here(requirement: str) -> None:
    package = re.split(r"[^\w-]", requirement, maxsplit=1)[0]
    assert package in README.partition("## What it stands on")[2].partition("## Licence")[0]


def test_the_two_commands_stand_at_the_top() -> None:
    top = README.splitlines()[:6]
    assert any("make ask" in line for line in top)
    assert any("make test" in line for line in top)


def test_every_test_that_a_promise_names_is_there() -> None:
    assert all((ROOT / name).exists() for name in re.findall(r"`(tests/[\w/.]+)`", README))
