"""What the operator sees and may do, and that nobody else may."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.store import Store, mail, operating
from bot.store.mail import ChatRow
from bot.telegram.allowing import Allowance
from bot.telegram.direction import strip_marks
from bot.telegram.scene import Operating
from bot.wording import load_wording
from tests.bot.telegram.chatting import Chat, buttons
from tests.bot.telegram.conftest import now
from tests.bot.telegram.small_desk import SmallDesk
from tests.end_to_end.telegram_rules import parse_html

UNKNOWN = load_wording().say("telegram.unknown_command")
COMMANDS = ("stats", "feeds", "users", "ban 5", "unban 5", "limits", "broadcast خبر", "feedback", "backup")


@pytest.fixture
def allowance(store: Store) -> Allowance:
    def guests() -> dict[int, operating.Guest]:
        with store.reading() as connection:
            return operating.guests(connection)

    return Allowance(30, guests)


@pytest.fixture
def chat(store: Store, tmp_path: Path, allowance: Allowance) -> Chat[SmallDesk]:
    running = Operating(frozenset({7}), 30, backups=tmp_path / "backups", changed=allowance.forget)
    return Chat(store, SmallDesk(store, load_wording(), {}), running, allowance)


def said(chat: Chat[SmallDesk], text: str) -> str:
    return strip_marks("\n".join(parse_html(call["text"]).text for call in chat.say(text)))


@pytest.mark.parametrize("command", COMMANDS)
def test_to_everybody_else_the_commands_are_unknown(store: Store, command: str) -> None:
    stranger = Chat(store, SmallDesk(store, load_wording(), {}), Operating(frozenset({8})))
    assert UNKNOWN in said(stranger, f"/{command}")
    with store.reading() as connection:
        assert operating.guests(connection) == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_in_a_group_nobody_is_an_operator(chat: Chat[SmallDesk], command: str) -> None:
    assert chat.say(f"/{command.split(maxsplit=1)[0]}@marsad_test_bot", chat_id=-5) == []


def test_the_figures_count_what_there_is(chat: Chat[SmallDesk]) -> None:
    chat.say("شكرا")
    told = said(chat, "/stats")
    assert "المحادثات: 1" in told
    assert "رسائل تنتظر الإرسال: 1" in told


def test_feeds_are_added_listed_and_removed(chat: Chat[SmallDesk]) -> None:
    assert "لا مصادر بعد" in said(chat, "/feeds")
    assert "عنواناً يبدأ" in said(chat, "/feeds add ftp://example.org")
    assert "أُضيف المصدر" in said(chat, "/feeds add https://example.org/rss")
    assert "موجود من قبل" in said(chat, "/feeds add https://example.org/rss")
    assert "https://example.org/rss: لم يُقرأ بعد" in said(chat, "/feeds")
    assert "حُذف المصدر" in said(chat, "/feeds remove https://example.org/rss")
    assert "لا مصدر بهذا العنوان" in said(chat, "/feeds remove https://example.org/rss")


def test_who_is_banned_is_not_heard_until_the_ban_ends(store: Store, allowance: Allowance) -> None:
    guest = Chat(store, SmallDesk(store, load_wording(), {}), allowance=allowance)
    guest.count = 1000
    operator = Chat(
        store, SmallDesk(store, load_wording(), {}), Operating(frozenset({99}), changed=allowance.forget), allowance
    )
    operator.count = 2000
    assert guest.say("شكرا") != []
    assert "حُظر المستخدم 7" in _as(operator, 99, "/ban 7")
    assert "7: محظور" in _as(operator, 99, "/users")
    assert guest.say("شكرا") == []
    assert "رُفع الحظر" in _as(operator, 99, "/unban 7")
    assert guest.say("شكرا") != []
    assert "لا أحد محظور" in _as(operator, 99, "/users")
    assert "لا يُحظرون" in _as(operator, 99, "/ban 99")
    for wrong in ("/ban", "/ban سالم", "/limits 7 كثير", "/limits 7 999999", f"/ban {'9' * 30}"):
        assert "اكتب رقم المستخدم" in _as(operator, 99, wrong)


def test_a_user_may_be_given_a_limit_of_their_own(chat: Chat[SmallDesk], allowance: Allowance) -> None:
    assert "30" in said(chat, "/limits")
    assert "صار حد المستخدم 8 في الدقيقة 2" in said(chat, "/limits 8 2")
    assert [allowance.judge(8, now()) for _ in range(4)] == ["heard", "heard", "told", "ignored"]


def test_a_broadcast_is_shown_first_and_then_reaches_every_private_chat_once(
    chat: Chat[SmallDesk], store: Store
) -> None:
    with store.writing() as connection:
        mail.keep(connection, [ChatRow(one, "private", "{}", "{}") for one in (7, 11, 12, -30)], now())
        mail.block(connection, 12, now(), "blocked")
    assert "اكتب بعد الأمر" in said(chat, "/broadcast")
    trial, question = chat.say("/broadcast سنتوقف <ساعة> للصيانة.")
    assert parse_html(trial["text"]).text.strip("\u200f") == "سنتوقف <ساعة> للصيانة."
    assert "الرسالة: 2" in question["text"]
    [confirm] = buttons(question).values()
    for _ in range(2):
        chat.press(confirm)
    with store.reading() as connection:
        keys = mail.letters_by_key(connection, [f"broadcast.{confirm[2:]}.{one}.0" for one in (7, 11, 12, -30)])
    assert sorted(int(key.split(".")[2]) for key in keys) == [7, 11]


def test_who_is_no_operator_any_more_broadcasts_nothing(chat: Chat[SmallDesk], store: Store) -> None:
    _, question = chat.say("/broadcast خبر")
    [confirm] = buttons(question).values()
    former = Chat(store, SmallDesk(store, load_wording(), {}))
    former.count = 500
    assert [call["method"] for call in former.press(confirm)] == ["answerCallbackQuery"]


def test_opinions_are_shown_with_their_questions(chat: Chat[SmallDesk], store: Store) -> None:
    assert "لم يُبدِ أحد" in said(chat, "/feedback")
    with store.writing() as connection:
        opinion = mail.Feedback(1, 1, "a", liked=False, question="كم قتل؟", understood="{}")
        mail.receive(connection, [mail.Received(9000, 1, "{}")], now())
        mail.settle(connection, [mail.Handled(9000, feedback=[opinion])], now())
    assert "👎 كم قتل؟" in said(chat, "/feedback")


def test_a_backup_is_taken_at_once(chat: Chat[SmallDesk], tmp_path: Path) -> None:
    told = said(chat, "/backup")
    [file] = (tmp_path / "backups").iterdir()
    assert str(file) in told
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def _as(chat: Chat[SmallDesk], user: int, text: str) -> str:
    entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    handled = chat.update(message=chat.fake.message(user, text=text, entities=entities))
    return "\n".join(letter.payload for letter in handled.letters)
