"""How a chat likes things said: the names of months, the digits, and how much stands in an answer."""

from __future__ import annotations

from bot.telegram import keyboards
from bot.telegram.chat import Preferences
from bot.telegram.keyboards import Pressed
from bot.telegram.outgoing import Acknowledge, Button, Buttons, Revise, Say
from bot.telegram.rendering import finish, text
from bot.telegram.scene import Outcome, Scene

# The choices of each preference: the name that stands in messages.toml and in the button's data, and the value.
_CHOICES: dict[str, dict[str, object]] = {
    "months": {"auto": None, "levant": "ar_IQ", "egypt": "ar_EG", "tunisia": "ar_TN", "morocco": "ar_MA"},
    "eastern": {"auto": None, "latin": False, "arabic": True},
    "short": {"full": False, "short": True},
}


def show_preferences(scene: Scene) -> Outcome:
    """The preferences of the chat, with a button for each choice."""
    return Outcome((Say(*_page(scene, scene.preferences)),))


def prefer(scene: Scene, pressed: Pressed) -> Outcome:
    """The chosen preference is kept, and the page shows it."""
    preference, _, choice = pressed.id.partition("-")
    choices = _CHOICES.get(preference, {})
    if choice not in choices:
        return Outcome((Acknowledge(scene.say("too_old")),))
    chosen = scene.preferences.model_copy(update={preference: choices[choice]})
    if chosen == scene.preferences:
        return Outcome((Acknowledge(),))
    return Outcome((Acknowledge(scene.say("preferred")), Revise(*_page(scene, chosen))), preferences=chosen)


def _page(scene: Scene, preferences: Preferences) -> tuple[str, Buttons]:
    lines = [f"<b>{text(scene.say('settings.title'))}</b>"]
    rows: list[tuple[Button, ...]] = []
    for preference, choices in _CHOICES.items():
        lines.append(text(scene.say(f"settings.{preference}")))
        now = getattr(preferences, preference)
        row = [_choice(scene, preference, choice, chosen=value == now) for choice, value in choices.items()]
        rows += [tuple(row[start : start + 3]) for start in range(0, len(row), 3)]
    return finish("\n".join(lines)), tuple(rows)


def _choice(scene: Scene, preference: str, choice: str, *, chosen: bool) -> Button:
    name = scene.say(f"settings.{preference}_{choice}")
    label = scene.wording.say("buttons.chosen", choice=name) if chosen else name
    return Button(label, keyboards.data(keyboards.PREFER, f"{preference}-{choice}"))
