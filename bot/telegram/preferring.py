"""How a chat likes things said, and when it likes its alerts."""

from __future__ import annotations

from functools import partial

from bot.store import following
from bot.telegram import keyboards
from bot.telegram.chat import Preferences
from bot.telegram.keyboards import Pressed
from bot.telegram.outgoing import Acknowledge, Button, Buttons, Revise, Say
from bot.telegram.rendering import finish, text
from bot.telegram.scene import Outcome, Scene

# The choices of each preference: the name that stands in messages.toml and in the button's data, and the values.
_CHOICES: dict[str, dict[str, dict[str, object]]] = {
    "months": {
        "auto": {"months": None},
        "levant": {"months": "ar_IQ"},
        "egypt": {"months": "ar_EG"},
        "tunisia": {"months": "ar_TN"},
        "morocco": {"months": "ar_MA"},
    },
    "digits": {"auto": {"eastern": None}, "latin": {"eastern": False}, "arabic": {"eastern": True}},
    "length": {"full": {"short": False}, "short": {"short": True}},
    "digest": {f"{hour}": {"digest": hour} for hour in (7, 8, 12, 18, 21)},
    "quiet": {
        "none": {"quiet_from": None, "quiet_to": None},
        "night": {"quiet_from": 22, "quiet_to": 7},
        "late": {"quiet_from": 0, "quiet_to": 8},
    },
    "sound": {"on": {"silent": False}, "off": {"silent": True}},
    "digest_at": {f"{hour}": {"digest": hour} for hour in range(24)},
    "quiet_from": {f"{hour}": {"quiet_from": hour} for hour in range(24)},
    "quiet_to": {f"{hour}": {"quiet_to": hour} for hour in range(24)},
}
# The pages that they stand on, and to which other pages each leads.
_PAGES = {
    "settings": ("months", "digits", "length"),
    "alerts": ("digest", "quiet", "sound"),
    "hours": ("digest_at",),
    "quiet_hours": ("quiet_from", "quiet_to"),
}
_LEADS_TO = {
    "settings": ("alerts",),
    "alerts": ("hours", "quiet_hours", "settings"),
    "hours": ("alerts",),
    "quiet_hours": ("alerts",),
}
# More choices than these are hours of the day.
_FEW = 8
# What the quiet hours are when only one end of them was chosen.
_QUIET = {"quiet_from": 22, "quiet_to": 7}


def show_preferences(scene: Scene) -> Outcome:
    """The preferences of the chat, with a button for each choice."""
    return Outcome((Say(*_page(scene, "settings", scene.preferences)),))


def prefer(scene: Scene, pressed: Pressed) -> Outcome:
    """The chosen preference is kept, and its page shows it."""
    if pressed.id in _PAGES:
        return Outcome((Acknowledge(), Revise(*_page(scene, pressed.id, scene.preferences))))
    if not scene.may_change:
        return Outcome((Acknowledge(scene.say("admins_only")),))
    preference, _, choice = pressed.id.partition("-")
    values = _CHOICES.get(preference, {}).get(choice)
    if values is None:
        return Outcome((Acknowledge(scene.say("too_old")),))
    chosen = _with_both_ends(scene.preferences.model_copy(update=values))
    if chosen == scene.preferences:
        return Outcome((Acknowledge(),))
    page = next(name for name, preferences in _PAGES.items() if preference in preferences)
    release = partial(following.release, chat_id=scene.incoming.chat_id)
    said = (Acknowledge(scene.say("preferred")), Revise(*_page(scene, page, chosen)))
    return Outcome(said, preferences=chosen, writes=(release,) if page != "settings" else ())


def _with_both_ends(chosen: Preferences) -> Preferences:
    """The preferences with both ends of the quiet hours, or none where they would end as they begin."""
    ends = {name: getattr(chosen, name) for name in _QUIET}
    if not any(end is None for end in ends.values()):
        return chosen.model_copy(update=dict.fromkeys(_QUIET)) if len(set(ends.values())) == 1 else chosen
    if all(end is None for end in ends.values()):
        return chosen
    filled = {name: _QUIET[name] if end is None else end for name, end in ends.items()}
    return chosen.model_copy(update=filled)


def _page(scene: Scene, page: str, preferences: Preferences) -> tuple[str, Buttons]:
    lines = [f"<b>{text(scene.say(f'settings.{page}'))}</b>"]
    rows: list[tuple[Button, ...]] = []
    for preference in _PAGES[page]:
        lines.append(text(scene.say(f"settings.{preference}")))
        row = [
            _choice(scene, preference, choice, chosen=preferences == preferences.model_copy(update=values))
            for choice, values in _CHOICES[preference].items()
        ]
        # Hours run from right to left, as they are read.
        width = 6 if len(row) > _FEW else 3
        cut = [row[start : start + width] for start in range(0, len(row), width)]
        rows += [tuple(reversed(some)) if len(row) > _FEW else tuple(some) for some in cut]
    rows += [(Button(scene.say(f"settings.{to}"), keyboards.data(keyboards.PREFER, to)),) for to in _LEADS_TO[page]]
    return finish("\n".join(lines)), tuple(rows)


def _choice(scene: Scene, preference: str, choice: str, *, chosen: bool) -> Button:
    name = (
        scene.say("settings.hour", n=int(choice))
        if choice.isdecimal()
        else scene.say(f"settings.{preference}_{choice}")
    )
    label = scene.wording.say("buttons.chosen", choice=name) if chosen else name
    return Button(label, keyboards.data(keyboards.PREFER, f"{preference}-{choice}"))
