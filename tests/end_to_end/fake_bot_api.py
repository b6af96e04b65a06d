"""A Bot API of our own on a loopback socket: it keeps Telegram's rules, plays the users, and breaks down on request."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Self

from aiohttp import web

from tests.end_to_end.telegram_rules import Flood, RefusalError, check_commands, check_keyboard, check_text

Json = dict[str, Any]
BOT: Json = {"id": 4242, "is_bot": True, "first_name": "Marsad", "username": "marsad_test_bot"}
TOKEN = "4242:test-token-that-must-never-be-logged"


class Call(NamedTuple):
    """A request that came in: when (monotonic seconds), for what, and what was answered (None: refused)."""

    at: float
    method: str
    parameters: Json
    result: Any


class Fault(NamedTuple):
    """How the next request goes wrong, instead of or beside being carried out."""

    code: int = 0
    description: str = ""
    parameters: Mapping[str, int] = {}
    page: str = ""  # a body that is not JSON
    hang: float = 0.0  # seconds of silence; the request is carried out after them
    drop: str = ""  # "before" or "after" it was carried out: the connection is cut


class FakeBotApi:
    """The Bot API of one bot; `async with FakeBotApi() as api:` and point MARSAD_TELEGRAM_API to `api.url`.

    Args:
        delay: seconds that each request but getUpdates takes.
        flood: the flood control, or None for none.
    """

    def __init__(self, *, delay: float = 0.0, flood: Flood | None = None) -> None:
        self.delay = delay
        self.flood = flood
        self.url = ""
        self.calls: list[Call] = []
        self.refused: Counter[int] = Counter()
        self.messages: dict[tuple[int, int], Json] = {}
        self.blocked: set[int] = set()
        self.admins: set[tuple[int, int]] = set()
        self.migrated: dict[int, int] = {}
        self.profile: dict[str, Json] = {}
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._updates: deque[Json] = deque()
        self._open_queries: set[str] = set()
        self._update_ids, self._message_ids = itertools.count(1000), itertools.count(1)
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def break_down(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next requests for `method` go wrong like that."""
        self._faults[method].extend([fault] * times)

    async def until(self, condition: Callable[[], Any], seconds: float = 15) -> Any:
        """Wait until the condition holds, and return what it gave; look again at every request.

        Raises:
            AssertionError: when the time is over.
        """
        async with self._changed:
            try:
                async with asyncio.timeout(seconds):
                    while not (found := condition()):
                        await self._changed.wait()
                    return found
            except TimeoutError:
                last = [(call.method, str(call.parameters)[:120]) for call in self.calls[-5:]]
                raise AssertionError(f"not seen within {seconds} s; the last calls were {last}") from None

    def shown(self, chat: int) -> list[Json]:
        """The bot's messages of a chat as they stand there now, in order."""
        return [message for (where, _), message in sorted(self.messages.items()) if where == chat]

    def called(self, method: str) -> list[Json]:
        """The parameters of every request for that method which was carried out."""
        return [call.parameters for call in self.calls if call.method == method and call.result is not None]

    # What the users do

    async def push(self, update: Json, times: int = 1) -> Json:
        """Put an update into the queue, as often as said; it gets an update_id unless it has one."""
        update = {"update_id": next(self._update_ids), **update}
        self._updates.extend([update] * times)
        async with self._changed:
            self._changed.notify_all()
        return update

    async def say(self, text: str, user: int = 1, chat: int = 0, times: int = 1, **more: Any) -> Json:
        """A user writes; in a group when `chat` is negative. Returns the message."""
        message = self.message(user, chat, text=text, **more)
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message.setdefault("entities", [{"type": "bot_command", "offset": 0, "length": length}])
        await self.push({"message": message}, times)
        return message

    def message(self, user: int, chat: int = 0, **content: Any) -> Json:
        """A message of a user, not yet sent."""
        where = chat or user
        kind = {"id": where, "type": "private"} if where > 0 else {"id": where, "type": "supergroup", "title": "G"}
        person = {"id": user, "is_bot": False, "first_name": "U", "language_code": "ar"}
        return {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "from": person,
            "chat": kind,
            **content,
        }

    async def press(self, message: Json, button: str, user: int = 1) -> Json:
        """A user presses the button whose text contains `button`; returns the button."""
        rows = message["reply_markup"]["inline_keyboard"]
        found: Json = next(b for row in rows for b in row if button in b["text"])
        await self.press_data(message, found["callback_data"], user)
        return found

    async def press_data(self, message: Json, data: str, user: int = 1) -> str:
        """A press with any callback data; returns the query's id."""
        query = f"query-{next(self._message_ids)}"
        self._open_queries.add(query)
        person = {"id": user, "is_bot": False, "first_name": "U", "language_code": "ar"}
        await self.push({"callback_query": {
            "id": query, "from": person, "message": message, "chat_instance": "c", "data": data}})  # fmt: skip
        return query

    # What the Bot API does

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        parameters = await _parameters(request)
        fault = self._faults[method].popleft() if self._faults[method] else Fault()
        if fault.drop == "before":
            return _cut(request)
        await asyncio.sleep(fault.hang or (self.delay if method != "getUpdates" else 0))
        if fault.page:
            return web.Response(status=502, text=fault.page, content_type="text/html")
        try:
            _admit(request.match_info["token"], fault)
            result = await self._carry_out(method, parameters)
        except RefusalError as refusal:
            await self._record(method, parameters, None)
            self.refused[refusal.code] += 1
            answer: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            if refusal.parameters:
                answer["parameters"] = refusal.parameters
            return web.json_response(answer, status=refusal.code)
        await self._record(method, parameters, result)
        return _cut(request) if fault.drop else web.json_response({"ok": True, "result": result})

    async def _record(self, method: str, parameters: Json, result: Any) -> None:
        if method == "getUpdates":
            return
        self.calls.append(Call(time.monotonic(), method, parameters, result))
        async with self._changed:
            self._changed.notify_all()

    async def _carry_out(self, method: str, parameters: Json) -> Any:
        match method:
            case "getUpdates":
                result: Any = await self._get_updates(parameters)
            case "getMe":
                result = {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}
            case "getChatMember":
                who = int(parameters["chat_id"]), int(parameters["user_id"])
                result = {"status": "administrator" if who in self.admins else "member"}
            case "answerCallbackQuery":
                result = self._answer_query(parameters)
            case "sendMessage" | "sendPhoto" | "sendDocument":
                result = self._send(method, parameters)
            case "editMessageText":
                result = self._edit(parameters)
            case "setMyCommands" | "setMyDescription" | "setMyShortDescription" | "setWebhook":
                result = self._describe(method, parameters)
            case "sendChatAction" | "deleteWebhook" | "answerInlineQuery" | "deleteMessage" | "leaveChat":
                result = True
            case _:
                raise RefusalError(404, "Not Found")
        return result

    def _describe(self, method: str, parameters: Json) -> bool:
        check_commands(json.loads(parameters.get("commands", "[]")))
        if len(parameters.get("description", "")) > 512 or len(parameters.get("short_description", "")) > 120:
            raise RefusalError(400, "Bad Request: description is too long")
        self.profile[" ".join((method, parameters.get("scope", ""), parameters.get("language_code", "")))] = parameters
        return True

    async def _get_updates(self, parameters: Json) -> list[Json]:
        offset, limit = int(parameters.get("offset", 0)), int(parameters.get("limit", 100))
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        deadline = time.monotonic() + float(parameters.get("timeout", 0))
        while not self._updates and (left := deadline - time.monotonic()) > 0:
            async with self._changed:
                try:
                    await asyncio.wait_for(self._changed.wait(), left)
                except TimeoutError:
                    break
        return list(itertools.islice(self._updates, limit))

    def _answer_query(self, parameters: Json) -> bool:
        if parameters["callback_query_id"] not in self._open_queries:
            raise RefusalError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(parameters.get("text", "")) > 200:
            raise RefusalError(400, "Bad Request: MESSAGE_TOO_LONG")
        self._open_queries.discard(parameters["callback_query_id"])
        return True

    def _send(self, method: str, parameters: Json) -> Json:
        chat = int(parameters["chat_id"])
        if chat in self.migrated:
            raise RefusalError(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.migrated[chat]
            )
        if chat in self.blocked:
            raise RefusalError(403, "Forbidden: bot was blocked by the user")
        field = "text" if method == "sendMessage" else "caption"
        shown = check_text(parameters, field)
        markup = json.loads(parameters.get("reply_markup") or "{}")
        check_keyboard(markup)
        if self.flood:
            self.flood.check(chat, time.monotonic())
        kind = "private" if chat > 0 else "supergroup"
        message: Json = {
            "message_id": next(self._message_ids), "date": int(time.time()), "from": BOT,
            "chat": {"id": chat, "type": kind}, field: shown.text, "entities": shown.entities,
        }  # fmt: skip
        if markup:
            message["reply_markup"] = markup
        if "message_thread_id" in parameters:
            message["message_thread_id"] = int(parameters["message_thread_id"])
        if "reply_parameters" in parameters:
            message["replies_to"] = json.loads(parameters["reply_parameters"])["message_id"]
        for name, file in parameters.get("files", {}).items():
            message[name] = file
        self.messages[chat, message["message_id"]] = message
        return message

    def _edit(self, parameters: Json) -> Json:
        message = self.messages.get((int(parameters["chat_id"]), int(parameters["message_id"])))
        if message is None:
            raise RefusalError(400, "Bad Request: message to edit not found")
        shown = check_text(parameters, "text")
        markup = json.loads(parameters.get("reply_markup") or "{}")
        check_keyboard(markup)
        if (message["text"], message.get("reply_markup", {})) == (shown.text, markup):
            raise RefusalError(400, "Bad Request: message is not modified: specified new message content is the same")
        message.update(text=shown.text, entities=shown.entities, reply_markup=markup)
        if not markup:
            del message["reply_markup"]
        return message


def _admit(token: str, fault: Fault) -> None:
    if token != TOKEN:
        raise RefusalError(401, "Unauthorized")
    if fault.code:
        raise RefusalError(fault.code, fault.description, **fault.parameters)


async def _parameters(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return {k: v if isinstance(v, str) else json.dumps(v) for k, v in (await request.json()).items()}
    fields: Json = dict(request.query)
    files: Json = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = {"name": value.filename, "size": len(value.file.read())}
        else:
            fields[name] = value
    return {**fields, "files": files} if files else fields


def _cut(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
