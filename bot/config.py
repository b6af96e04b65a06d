"""The settings of the program, read from the environment and from `.env`: nothing else reads the environment."""

from __future__ import annotations

import os
import zoneinfo
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "MARSAD_"


class SettingsError(Exception):
    """A setting that cannot be used: names the variable, what is wrong and what would be right."""


def _listed(value: object) -> object:
    """The items of a list written with commas, spaces or semicolons between them."""
    if isinstance(value, str):
        return tuple(value.replace(",", " ").replace(";", " ").split())
    return (value,) if isinstance(value, int) else value


class Settings(BaseSettings):
    """Every setting, its meaning and its default; the table of README.md lists them in this order."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    data: Path = Field(Path("~/.local/share/marsad"), description="folder of everything the program keeps")
    database: SecretStr | None = Field(
        None, description="SQLAlchemy URL of the store; unset: a SQLite file in the data folder"
    )
    index: str = Field("auto", description="auto, memory, disk, or the URL of an OpenSearch server")
    telegram_token: SecretStr | None = Field(None, description="the bot's token; never printed, never logged")
    telegram_api: str = Field("https://api.telegram.org", description="base URL of the Bot API")
    messages_per_second: float = Field(
        27, gt=0, le=10_000, description="messages that the bot sends each second over all chats; Telegram allows 30"
    )
    webhook_url: str | None = Field(None, description="public URL of the webhook; unset: long polling")
    webhook_secret: SecretStr | None = Field(None, description="the webhook's secret token")
    listen: str | None = Field(
        None, description="host:port to listen on for HTTP: the webhook, the JSON API, the page, metrics; unset: none"
    )
    admins: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_listed)] = Field(
        (), description="user ids that may use the admin commands, with commas between them"
    )
    error_chat: int | None = Field(None, description="id of the chat that is told of errors of the program")
    user_per_minute: int = Field(30, ge=1, le=10_000, description="messages a minute that one user may send to the bot")
    keep_days: int = Field(
        30, ge=1, le=3650, description="days that answered mail, and answers with their buttons, are kept"
    )
    keep_feedback_days: int = Field(365, ge=1, le=3650, description="days that users' opinions of answers are kept")
    keep_article_days: int | None = Field(
        None, ge=1, le=36_500, description="days that an article is kept after it came or last changed; unset: for ever"
    )
    log: str = Field("text", description="how the log is written: text, or json with one object a line")
    timezone: str = Field("Asia/Baghdad", description="zone in which today and digests are meant")
    max_file_mb: int = Field(
        32, ge=1, le=4096, description="largest file read whole (.json .html .txt); a .jsonl file may have any size"
    )
    max_article_chars: int = Field(500_000, ge=1000, description="longest article, title and body together")
    max_question_chars: int = Field(4096, ge=16, description="longest question")
    workers: int = Field(0, ge=0, le=256, description="processes that read articles; 0: one for each core")
    feed_minutes: int = Field(10, ge=1, le=1440, description="minutes between two looks at a new feed")
    max_fetch_mb: int = Field(10, ge=1, le=1024, description="largest feed or page that is fetched, unpacked")
    fetch_seconds: float = Field(30.0, gt=0, le=600, description="how long a feed or page may take in all")
    host_seconds: float = Field(1.0, ge=0, le=3600, description="seconds between two requests to one host")
    private_sources: bool = Field(
        default=False, description="whether feeds and pages may lie at private, loopback or link-local addresses"
    )
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_listed)] = Field(
        (), description="keys for the JSON API, with commas between them; unset: it is open to whoever reaches it"
    )
    requests_per_minute: int = Field(120, ge=1, description="HTTP requests a minute that one client may make")
    cors: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)] = Field(
        (), description="origins whose pages may call the JSON API, with commas between them"
    )
    rtl: str = Field(
        "auto",
        description="who turns Arabic round on a terminal: logical (it does), visual (the program does), auto",
    )
    debug: bool = Field(default=False, description="log everything, and show where an unexpected error came from")

    @field_validator("data")
    @classmethod
    def _home(cls, folder: Path) -> Path:
        return folder.expanduser().absolute()

    @field_validator("database")
    @classmethod
    def _supported(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None:
            return None
        try:
            backend = make_url(url.get_secret_value()).get_backend_name()
        except ArgumentError:
            raise ValueError("is not a database URL such as postgresql://user@host/name or sqlite:////path") from None
        if backend not in {"sqlite", "postgresql", "postgres"}:
            raise ValueError(f"{backend} is not supported: use sqlite or postgresql")
        return url

    @field_validator("index")
    @classmethod
    def _engine(cls, engine: str) -> str:
        if engine in {"auto", "memory", "disk"} or engine.startswith(("http://", "https://")):
            return engine
        raise ValueError("is not one of auto, memory, disk, or a URL that begins with http:// or https://")

    @field_validator("telegram_api", "webhook_url")
    @classmethod
    def _url(cls, url: str | None) -> str | None:
        if url is None or url.startswith(("http://", "https://")):
            return url and url.rstrip("/")
        raise ValueError("is not a URL that begins with http:// or https://")

    @field_validator("listen")
    @classmethod
    def _address(cls, address: str | None) -> str | None:
        if address is None:
            return None
        host, _, port = address.rpartition(":")
        if not host or not port.isdecimal() or not 0 <= int(port) < 65_536:
            raise ValueError("is not host:port, for example 127.0.0.1:8080")
        return address

    @field_validator("timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("is not a time zone such as Asia/Baghdad") from None
        return name

    @field_validator("log")
    @classmethod
    def _written(cls, form: str) -> str:
        if form not in {"text", "json"}:
            raise ValueError("is not one of text, json")
        return form

    @field_validator("rtl")
    @classmethod
    def _direction(cls, direction: str) -> str:
        if direction not in {"auto", "logical", "visual"}:
            raise ValueError("is not one of auto, logical, visual")
        return direction

    @property
    def api_key_values(self) -> tuple[str, ...]:
        """The keys of the JSON API in the clear."""
        return tuple(key.get_secret_value() for key in self.api_keys)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone in which today is meant."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def database_url(self) -> str:
        """The store's URL: the one that was set, or that of the SQLite file in the data folder."""
        if self.database is not None:
            return self.database.get_secret_value()
        return f"sqlite:///{self.data / 'marsad.sqlite'}"


# What must not appear in a message even when it is wrong.
_SECRET = frozenset({"api_keys", "telegram_token", "webhook_secret", "database"})


def load_settings(**given: Any) -> Settings:  # noqa: ANN401 - each setting has its own type, which pydantic checks
    """The settings of the environment and `.env`; `given` ones come first.

    Raises:
        SettingsError: for the first value that cannot be used.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read: {error}") from None


def _one_line(error: ValidationError) -> str:
    fault = error.errors()[0]
    name = str(fault["loc"][0])
    value = "" if name in _SECRET else f" '{fault.get('input')}'"
    said = fault["msg"].removeprefix("Value error, ")
    return f"{PREFIX}{name.upper()}{value}: {said[0].lower()}{said[1:]}"


# Terminals that show letters in the order in which they come, and the variables by which they are known.
_LEFT_TO_RIGHT = ("WT_SESSION", "ALACRITTY_WINDOW_ID", "KITTY_WINDOW_ID", "WEZTERM_PANE", "XTERM_VERSION")
_LEFT_TO_RIGHT_PROGRAMS = ("vscode", "WarpTerminal", "ghostty", "Hyper")


def left_to_right_terminal() -> bool:
    """Whether the terminal is one that does not turn Arabic round by itself; False where that is not known."""
    return any(name in os.environ for name in _LEFT_TO_RIGHT) or (
        os.environ.get("TERM_PROGRAM") in _LEFT_TO_RIGHT_PROGRAMS
    )


def unknown_variables() -> list[str]:
    """The variables that begin with MARSAD_ but name no setting: most likely misspelt."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    return sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
