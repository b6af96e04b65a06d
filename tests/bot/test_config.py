from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.config import Settings, SettingsError, left_to_right_terminal, load_settings, unknown_variables


@pytest.fixture(autouse=True)
def _own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("MARSAD_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_everything_has_the_default_of_the_contract() -> None:
    settings = load_settings()
    assert settings.data == Path.home() / ".local/share/marsad"
    assert settings.database_url == f"sqlite:///{settings.data}/marsad.sqlite"
    assert settings.index == "auto"
    assert settings.telegram_token is None
    assert settings.telegram_api == "https://api.telegram.org"
    assert (settings.webhook_url, settings.webhook_secret, settings.listen) == (None, None, None)
    assert settings.admins == ()
    assert str(settings.zone) == "Asia/Baghdad"


def test_variables_and_the_env_file_are_read_and_variables_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("MARSAD_ADMINS=1, 2;3\nMARSAD_INDEX=memory\nOTHER=x\n")
    monkeypatch.setenv("MARSAD_INDEX", "http://localhost:9200")
    monkeypatch.setenv("MARSAD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MARSAD_TELEGRAM_API", "http://127.0.0.1:8081/")
    monkeypatch.setenv("MARSAD_TIMEZONE", "")
    settings = load_settings()
    assert settings.admins == (1, 2, 3)
    assert settings.index == "http://localhost:9200"
    assert settings.database_url == f"sqlite:///{tmp_path}/data/marsad.sqlite"
    assert settings.telegram_api == "http://127.0.0.1:8081"
    assert settings.timezone == "Asia/Baghdad"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INDEX", "lucene"),
        ("DATABASE", "mysql://localhost/x"),
        ("DATABASE", "no url"),
        ("TELEGRAM_API", "api.telegram.org"),
        ("WEBHOOK_URL", "ftp://x"),
        ("LISTEN", "8080"),
        ("LISTEN", "0.0.0.0:http"),
        ("ADMINS", "me"),
        ("TIMEZONE", "Baghdad"),
        ("TIMEZONE", "../../etc/passwd"),
        ("MAX_FILE_MB", "0"),
        ("MAX_FILE_MB", "many"),
        ("RTL", "up"),
        ("DEBUG", "perhaps"),
    ],
)
def test_a_wrong_value_gives_one_line_that_names_the_variable(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"MARSAD_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    said = str(caught.value)
    assert said.startswith(f"MARSAD_{name}")
    assert "\n" not in said
    assert len(said) < 200


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_TELEGRAM_TOKEN", "123:SECRET")
    monkeypatch.setenv("MARSAD_WEBHOOK_SECRET", "SECRET")
    monkeypatch.setenv("MARSAD_DATABASE", "postgresql://me:SECRET@localhost/x")
    settings = load_settings()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == "123:SECRET"
    for said in (str(settings), repr(settings), settings.model_dump_json()):
        assert "SECRET" not in said
    monkeypatch.setenv("MARSAD_DATABASE", "mysql://me:SECRET@localhost/x")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "SECRET" not in str(caught.value)


def test_an_env_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00A")
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings()


def test_misspelt_variables_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_TELGRAM_TOKEN", "x")
    monkeypatch.setenv("MARSAD_INDEX", "memory")
    assert unknown_variables() == ["MARSAD_TELGRAM_TOKEN"]


def test_every_setting_says_what_it_means() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_terminals_that_do_not_turn_arabic_round_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "WT_SESSION",
        "ALACRITTY_WINDOW_ID",
        "KITTY_WINDOW_ID",
        "WEZTERM_PANE",
        "XTERM_VERSION",
        "TERM_PROGRAM",
    ):
        monkeypatch.delenv(name, raising=False)
    assert not left_to_right_terminal()
    monkeypatch.setenv("TERM_PROGRAM", "vscode")
    assert left_to_right_terminal()
