"""The way to the Bot API: HTTP over aiohttp for python-telegram-bot, and raw calls beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, Self

import aiohttp
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

TELEGRAM = "https://api.telegram.org"
CONNECT_SECONDS = 10.0
# A send that is given up early leaves a doubt that cannot be removed, so an answer is waited for long.
READ_SECONDS = 30.0
# Telegram answers in about 100 ms, so this many carry some 1,000 sends a second.
CONNECTIONS = 128
_REFUSALS: dict[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: InvalidToken,
    409: Conflict,
}


class NotSentError(NetworkError):
    """The request never left: it may be sent again without fear of sending it twice."""


class ServerFaultError(NetworkError):
    """The Bot API, or the gate before it, answered that it is out of order: what was asked for was not done."""


class FloodError(TelegramError):
    """Telegram takes nothing more for so many seconds; the library's own error for it is being changed."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Telegram asks to wait {seconds:.0f} s")
        self.seconds = seconds


class Attachment(NamedTuple):
    """A file that goes along with a request."""

    name: str
    content: bytes


class Transport(BaseRequest):
    """HTTP to the Bot API on one pool of connections; its errors hold no URL, for there the token stands."""

    def __init__(self, *, connections: int = CONNECTIONS, read_seconds: float = READ_SECONDS) -> None:
        self._connections = connections
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer is waited for."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the pool; calling it again changes nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": "marsad"})

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body of what python-telegram-bot asks for.

        Raises:
            NotSentError, TimedOut, NetworkError: as `exchange` does.
        """
        form = aiohttp.FormData(request_data.json_parameters if request_data else {})
        for field, (name, content, media_type) in (request_data.multipart_data if request_data else {}).items():
            form.add_field(field, content, filename=name, content_type=media_type)
        read = self._read_seconds if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        return await self.exchange(url, form, read, method=method)

    async def exchange(
        self, url: str, form: aiohttp.FormData, read_seconds: float | None, *, method: str = "POST"
    ) -> tuple[int, bytes]:
        """Return the status and the JSON body that the Bot API answers with.

        Raises:
            NotSentError: when no connection could be made.
            TimedOut: when no answer came in time; what was asked for may have happened.
            NetworkError: when the connection broke; the same holds.
            ServerFaultError: when the answer is not JSON, such as the page of a gateway.
        """
        assert self._session is not None, "the transport is open while it is used"
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=read_seconds)
        try:
            async with self._session.request(method, url, data=form, timeout=timeout) as answer:
                status, body = answer.status, await answer.read()
        # "from None" everywhere: the errors of aiohttp may hold the URL, and with it the token.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"no connection to the Bot API ({type(error).__name__})") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(f"the Bot API hung up ({type(error).__name__})") from None
        if not body.lstrip().startswith(b"{"):
            raise ServerFaultError(f"the Bot API answered {status} with a page, not with JSON")
        return status, body


class BotApi:
    """One bot at one Bot API: typed calls through `bot`, raw ones through `call`."""

    def __init__(self, token: str, base: str = "", transport: Transport | None = None) -> None:
        root = (base or TELEGRAM).rstrip("/")
        self._transport = transport or Transport()
        self._url = f"{root}/bot{token}"
        self.bot = Bot(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._transport,
            get_updates_request=self._transport,
        )

    async def __aenter__(self) -> Self:
        await self._transport.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._transport.shutdown()

    async def call(
        self,
        method: str,
        parameters: Mapping[str, Any],
        attachments: Mapping[str, Attachment] | None = None,
        *,
        patience: float | None = None,
    ) -> Any:  # noqa: ANN401 - whatever JSON the method answers with
        """Return what the Bot API answers, as plain JSON values; nothing of it is interpreted.

        The updates that people send and the messages that are stored in the outbox go this way: an update
        that the library cannot read must not hide the others of its batch, and a stored message is already
        what the Bot API expects.

        Args:
            method: the method's name, such as sendMessage.
            parameters: its parameters; what is not text is sent as JSON.
            attachments: files, by the names under which the parameters mention them.
            patience: seconds to wait for the answer, if not the transport's own.

        Raises:
            TelegramError: the subclass that python-telegram-bot raises for the same refusal, or `FloodError`.
        """
        fields = {k: v if isinstance(v, str) else json.dumps(v) for k, v in parameters.items() if v is not None}
        form = aiohttp.FormData(fields)
        for field, file in (attachments or {}).items():
            form.add_field(field, file.content, filename=file.name)
        status, body = await self._transport.exchange(
            f"{self._url}/{method}", form, patience or self._transport.read_timeout
        )
        try:
            answer = json.loads(body)
        except ValueError:
            raise ServerFaultError(f"the Bot API answered {status} with broken JSON") from None
        if answer.get("ok"):
            return answer.get("result")
        raise refusal(int(answer.get("error_code") or status), answer)


def refusal(code: int, answer: Mapping[str, Any]) -> TelegramError:
    """The error that stands for a refusal of the Bot API."""
    parameters = answer.get("parameters") or {}
    if "migrate_to_chat_id" in parameters:
        return ChatMigrated(int(parameters["migrate_to_chat_id"]))
    if "retry_after" in parameters or code == 429:
        return FloodError(float(parameters.get("retry_after", 1)))
    return _REFUSALS.get(code, ServerFaultError)(str(answer.get("description") or f"the Bot API answered {code}"))
