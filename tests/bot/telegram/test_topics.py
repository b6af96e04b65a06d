from __future__ import annotations

import datetime as dt

import pytest

from bot.store import Store, following
from bot.store.following import Follower
from bot.telegram.chat import preferences_of
from bot.telegram.following import MOST_TOPICS
from bot.wording import load_wording
from tests.bot.telegram.chatting import Chat, buttons
from tests.bot.telegram.conftest import now
from tests.bot.telegram.small_desk import DAY, SENTENCES, SmallDesk, article, hit
from tests.end_to_end.telegram_rules import parse_html

TOPIC = "قتلى الموصل"


@pytest.fixture
def chat(store: Store) -> Chat[SmallDesk]:
    return Chat(store, SmallDesk(store, load_wording(), {}, (hit(1, SENTENCES[0]),)))


def followed(chat: Chat[SmallDesk], chat_id: int = 7) -> list[tuple[str, str, bool]]:
    with chat.store.reading() as connection:
        mine = following.followed(connection, chat_id)
    return [(topic.text, topic.cadence, topic.paused_at is not None) for topic in mine]


def numbers(chat: Chat[SmallDesk]) -> list[int]:
    with chat.store.reading() as connection:
        return [topic.id for topic in following.followed(connection, 7)]


def follow(chat: Chat[SmallDesk], topic: str = TOPIC) -> None:
    [offer] = chat.say(f"/follow {topic}")
    chat.press(buttons(offer)["تابع هذا الموضوع"])


def test_a_topic_is_followed_after_a_look_at_what_it_would_have_brought(chat: Chat[SmallDesk]) -> None:
    chat.desk.ingest([article(1, SENTENCES[0])], now=now())
    written = int(dt.datetime.combine(DAY, dt.time(9), dt.UTC).timestamp())
    [offer] = chat.say("/follow صيادين", date=written)
    assert "جاء في هذا الموضوع خبر واحد" in offer["text"]
    assert SENTENCES[0] in offer["text"]
    [offer] = chat.say(f"/follow {TOPIC}", date=written)
    assert followed(chat) == []
    _, done = chat.press(buttons(offer)["تابع هذا الموضوع"])
    assert "صرت تتابع" in done["text"]
    assert followed(chat) == [(TOPIC, "now", False)]


def test_no_is_taken_for_an_answer(chat: Chat[SmallDesk]) -> None:
    [offer] = chat.say(f"/follow {TOPIC}")
    chat.press(buttons(offer)["لا"])
    assert followed(chat) == []


def test_a_topic_that_brought_nothing_may_still_be_followed(chat: Chat[SmallDesk]) -> None:
    [offer] = chat.say(f"/follow {TOPIC}", date=int(now().timestamp()))
    assert chat.desk.wording.say("telegram.preview_none") in offer["text"]
    assert "تابع هذا الموضوع" in buttons(offer)


def test_a_topic_must_ask_something_and_not_too_much(chat: Chat[SmallDesk]) -> None:
    assert "اكتب بعد الأمر موضوعاً" in chat.say("/follow")[0]["text"]
    assert chat.say("/follow -كرة")[0]["text"] == chat.desk.wording.say("telegram.topic_vague")
    assert "الموضوع طويل" in chat.say("/follow " + "خبر " * 60)[0]["text"]


def test_a_chat_follows_only_so_many_topics(chat: Chat[SmallDesk]) -> None:
    for number in range(MOST_TOPICS):
        follow(chat, f"انفجار بلدة {number + 1000}")
    assert "أقصى ما أستطيعه" in chat.say(f"/follow {TOPIC}")[0]["text"]


def test_topics_are_listed_paused_timed_and_dropped_by_buttons(chat: Chat[SmallDesk]) -> None:
    assert "لا تتابع أي موضوع" in chat.say("/topics")[0]["text"]
    follow(chat)
    follow(chat, "زيارات إلى بغداد")
    [page] = chat.say("مواضيعي")
    assert "1. قتلى الموصل (فور وصوله)" in parse_html(page["text"]).text
    _, topic = chat.press(buttons(page)["2"])
    assert "زيارات إلى بغداد" in topic["text"]
    assert "✓ فوراً" in buttons(topic)
    _, daily = chat.press(buttons(topic)["يومياً"])
    assert "✓ يومياً" in buttons(daily)
    _, paused = chat.press(buttons(topic)["أوقفه مؤقتاً"])
    assert followed(chat)[1] == ("زيارات إلى بغداد", "daily", True)
    chat.press(buttons(paused)["استأنفه"])
    assert followed(chat)[1] == ("زيارات إلى بغداد", "daily", False)
    _, rest = chat.press(buttons(topic)["احذفه"])
    assert "زيارات" not in rest["text"]
    assert followed(chat) == [(TOPIC, "now", False)]
    [gone] = chat.press(buttons(topic)["يومياً"])
    assert gone["text"] == chat.desk.wording.say("telegram.too_old")


def test_the_topic_of_an_alert_is_shown_below_it(chat: Chat[SmallDesk]) -> None:
    follow(chat)
    with chat.store.reading() as connection:
        [topic] = following.followed(connection, 7)
    acknowledged, page = chat.press(f"t:{topic.id}-open")
    assert (acknowledged["method"], page["method"]) == ("answerCallbackQuery", "sendMessage")


def test_nobody_changes_what_another_chat_follows(chat: Chat[SmallDesk]) -> None:
    follow(chat)
    with chat.store.writing() as connection:
        [topic] = following.followed(connection, 7)
        following.unfollow(connection, 7)
        topic = following.follow(connection, Follower(8), TOPIC, topic.subscription, now())
    for choice in ("", "-drop", "-pause", "-open", "-x"):
        assert chat.press(f"t:{topic.id}{choice}")[0]["text"] == chat.desk.wording.say("telegram.too_old")
    assert len(followed(chat, 8)) == 1


def test_the_times_of_alerts_are_chosen_by_buttons(chat: Chat[SmallDesk]) -> None:
    follow(chat)
    [page] = chat.say("/topics")
    _, times = chat.press(buttons(page)["مواعيد التنبيهات"])
    assert {"✓ 8:00", "✓ بلا هدوء", "✓ بصوت"} <= buttons(times).keys()
    _, changed = chat.press(buttons(times)["من 22 إلى 7"])
    assert "✓ من 22 إلى 7" in buttons(changed)
    _, changed = chat.press(buttons(changed)["21:00"])
    assert {"✓ 21:00", "✓ من 22 إلى 7"} <= buttons(changed).keys()
    _, settings = chat.press(buttons(changed)["إعدادات هذه المحادثة"])
    assert "✓ كما أكتب" in buttons(settings)


def test_the_digest_comes_at_any_hour_and_quiet_begins_and_ends_at_any(chat: Chat[SmallDesk]) -> None:
    _, hours = chat.press("p:hours")
    assert len([label for label in buttons(hours) if ":00" in label]) == 24
    chat.press(buttons(hours)["17:00"])
    chat.press("p:quiet_from-23")
    _, quiet = chat.press("p:quiet_to-6")
    assert preferences(chat) == (17, 23, 6)
    assert [label for label in buttons(quiet) if label.startswith("✓")] == ["✓ 23:00", "✓ 6:00"]
    chat.press("p:quiet_to-23")  # hours that end as they begin are none
    assert preferences(chat) == (17, None, None)
    chat.press("p:quiet_to-5")
    assert preferences(chat) == (17, 22, 5)


def preferences(chat: Chat[SmallDesk]) -> tuple[int, int | None, int | None]:
    assert chat.row is not None
    kept = preferences_of(chat.row)
    return kept.digest, kept.quiet_from, kept.quiet_to


def test_who_blocks_the_bot_pauses_and_a_group_that_throws_it_out_forgets(chat: Chat[SmallDesk]) -> None:
    def leave(chat_id: int, kind: str) -> None:
        bot = {"id": 4242, "is_bot": True, "first_name": "M"}
        member = {"status": "member", "user": bot}
        person = {"id": 7, "is_bot": False, "first_name": "U"}
        chat.update(my_chat_member={
            "chat": {"id": chat_id, "type": kind}, "from": person, "date": 1, "old_chat_member": member,
            "new_chat_member": {"status": "kicked", "user": bot, "until_date": 0}})  # fmt: skip

    follow(chat)
    follow(chat, "زيارات إلى بغداد")
    chat.press(f"t:{numbers(chat)[1]}-pause")
    leave(7, "private")
    assert followed(chat) == [(TOPIC, "now", True), ("زيارات إلى بغداد", "now", True)]
    chat.say("مرحبا")  # what rested since then goes on, what was paused by hand rests
    assert followed(chat) == [(TOPIC, "now", False), ("زيارات إلى بغداد", "now", True)]
    chat.admins.add(7)
    [offer] = chat.say(f"/follow {TOPIC}", chat_id=-5)
    chat.press(buttons(offer)["تابع هذا الموضوع"], chat_id=-5)
    assert followed(chat, -5) == [(TOPIC, "now", False)]
    leave(-5, "group")
    assert followed(chat, -5) == []


def test_a_channel_follows_what_its_admins_command_and_is_answered_nothing_else(chat: Chat[SmallDesk]) -> None:
    def post(text: str) -> list[str]:
        channel = {"id": -1009, "type": "channel", "title": "C"}
        command = [{"type": "bot_command", "offset": 0, "length": 7}] if text.startswith("/") else []
        message = {"message_id": 4, "date": 1, "chat": channel, "text": text, "entities": command}
        return [letter.method for letter in chat.update(channel_post=message).letters]

    assert post("كم قتيلا في تعز؟") == []
    assert post(f"/follow {TOPIC}") == ["sendMessage"]


def test_a_topic_gets_other_words_by_a_message_and_keeps_its_place_and_times(chat: Chat[SmallDesk]) -> None:
    follow(chat)
    number = numbers(chat)[0]
    chat.press(f"t:{number}-daily")
    _, asking = chat.press(f"t:{number}-reword")
    assert asking["reply_markup"]["input_field_placeholder"] == TOPIC
    [offer] = chat.say("جرحى البصرة")
    assert offer["text"].count("جرحى البصرة") == 1
    _, done = chat.press(buttons(offer)["احفظ التعديل"])
    assert "جرحى البصرة" in done["text"]
    assert followed(chat) == [("جرحى البصرة", "daily", False)]
    assert numbers(chat) == [number]


def test_new_words_that_are_followed_already_leave_one_topic(chat: Chat[SmallDesk]) -> None:
    follow(chat)
    follow(chat, "زيارات إلى بغداد")
    chat.press(f"t:{numbers(chat)[1]}-reword")
    [offer] = chat.say(TOPIC)
    chat.press(buttons(offer)["احفظ التعديل"])
    assert followed(chat) == [(TOPIC, "now", False)]


def test_a_command_in_place_of_new_words_is_obeyed_and_the_question_after_it_is_one(chat: Chat[SmallDesk]) -> None:
    follow(chat)
    chat.press(f"t:{numbers(chat)[0]}-reword")
    assert "كيف تسألني" in chat.say("/help")[0]["text"]
    assert "احفظ التعديل" not in buttons(chat.say("جرحى البصرة")[0])


def test_in_a_group_only_admins_change_what_it_follows_and_likes(chat: Chat[SmallDesk]) -> None:
    refused = chat.desk.wording.say("telegram.admins_only")
    assert chat.say(f"/follow {TOPIC}", chat_id=-5)[0]["text"] == refused
    assert [call["text"] for call in chat.press("p:digits-arabic", -5)] == [refused]
    assert [call["text"] for call in chat.press("f:sure", -5)] == [refused]
    chat.admins.add(7)
    [offer] = chat.say(f"/follow {TOPIC}", chat_id=-5)
    chat.admins.clear()
    assert [call["text"] for call in chat.press(buttons(offer)["تابع هذا الموضوع"], -5)] == [refused]
    assert followed(chat, -5) == []
    chat.admins.add(7)
    chat.press(buttons(offer)["تابع هذا الموضوع"], -5)
    assert followed(chat, -5) == [(TOPIC, "now", False)]
    in_its_name = {"sender_chat": {"id": -5, "type": "group", "title": "G"}}
    chat.admins.clear()
    assert "زيارات" in chat.say("/follow زيارات إلى بغداد", chat_id=-5, **in_its_name)[0]["text"]


def test_a_topic_is_taken_up_in_plain_words_and_a_question_that_begins_so_is_still_one(chat: Chat[SmallDesk]) -> None:
    assert "تابع هذا الموضوع" in buttons(chat.say(f"تابع {TOPIC}")[0])
    assert "تابع هذا الموضوع" in buttons(chat.say("اشترك في زيارات إلى بغداد")[0])
    assert "تابع هذا الموضوع" not in buttons(chat.say("تابع من خسر المباراة؟")[0])


def test_a_topic_is_shared_by_a_link_that_never_grows_old(chat: Chat[SmallDesk]) -> None:
    follow(chat)
    [page] = chat.say("/topics")
    _, topic = chat.press(buttons(page)["1"])
    payload = buttons(topic)["شارك الموضوع"].rpartition("%3D")[2]
    assert len(payload) <= 64
    [offer] = chat.say(f"/start {payload}")
    assert offer["text"].partition("\n")[0] == f"<b>{TOPIC}</b>"
    assert "تابع هذا الموضوع" in buttons(offer)
    assert "أهلاً بك" in chat.say("/start t_!")[0]["text"]
