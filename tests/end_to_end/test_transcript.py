"""Some forty exchanges as a reader would have them; `MARSAD_WRITE_TRANSCRIPT=1 pytest` here writes the file anew."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from bot.app import opened
from bot.config import Settings
from bot.telegram.chat import find_shown
from bot.telegram.incoming import Myself
from bot.telegram.scene import Surroundings
from bot.telegram.terminal import Terminal
from tests.end_to_end.program import environment, ingest

ARTICLES = Path(__file__).parents[2] / "seeds" / "articles.jsonl"
TRANSCRIPT = Path(__file__).parent / "transcript.txt"
NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
# What is typed; a number is the choice of that number, a word in angle brackets the choice that says it.
SAID = """
/start
1
كم عدد قتلى داعش شرقي الرمادي؟
<المصادر>
<رجوع إلى الجواب>
<كيف حُسب العدد؟>
1
<رجوع إلى الجواب>
<👍>
من هو الوزير الذي زار بغداد زيارة مفاجئة في 16 ديسمبر 2015؟
<المزيد>
كم كانت الحصيلة النهائية لقتلى زلزال المدية في الجزائر؟
أين بدأت النيران في حريق سوق البنات بالبصرة؟
متى حل وزير الداخلية البرتغالي بالرباط؟
شكد صار عدد الجرحى بتفجير ابو دشير
كم عدد قتلى فيضانات درنة؟
كم عدد القتلى في الموصل؟
والجرحى؟
/export
آخر الأخبار
<التالي>
/sources
/settings
<١٢٣>
كم كانت الحصيلة النهائية لقتلى زلزال المدية في الجزائر؟
/follow قتلى الموصل -كرة
<تابع هذا الموضوع>
تابع زيارات إلى بغداد
<تابع هذا الموضوع>
/topics
1
<عدّله>
قتلى نينوى
<احفظ التعديل>
السلام عليكم
شكراً
؟
/nonsense
/privacy
مساعدة
""".strip().splitlines()


def converse(folder: Path) -> str:
    """The conversation over the sample articles, as it is typed and shown."""
    with opened(Settings(data=folder)) as app:
        find = partial(find_shown, app.store)
        around = Surroundings(app.desk, app.wording, app.settings.zone, Myself(0, ""), find, lambda: NOW)
        terminal = Terminal(around, lambda: NOW, save=lambda name, _: f"({name})")
        lines = []
        shown: list[str] = []
        for typed in SAID:
            said = _choice(typed, shown)
            shown = [part.strip() for part in terminal.say(said)]
            lines.append("\n\n".join([f"» {typed}", *shown]))
    return ("\n\n" + "—" * 30 + "\n\n").join(lines) + "\n"


def _choice(typed: str, shown: list[str]) -> str:
    if not typed.startswith("<"):
        return typed
    choices = shown[-1].splitlines()
    return next(line.partition(".")[0] for line in choices if typed.strip("<>") in line)


def test_the_conversation_reads_as_it_is_written_down(tmp_path: Path) -> None:
    ingest(tmp_path, ARTICLES)
    spoken = converse(tmp_path)
    if os.environ.get("MARSAD_WRITE_TRANSCRIPT"):
        TRANSCRIPT.write_text(spoken, encoding="utf-8")
    assert spoken == TRANSCRIPT.read_text(encoding="utf-8")


def test_the_terminal_converses_until_its_input_ends(corpus: Path) -> None:
    typed = "كم عدد القتلى في غرق العبارة قبالة البصرة؟\n1\n/help\n"
    said = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--as-of", "2031-05-05"],
        input=typed, env=environment(corpus), capture_output=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    assert "أهلاً بك في مرصد" in said.stdout
    assert "https://example.org/saaf/ferry" in said.stdout
    assert "كيف تسألني؟" in said.stdout
    assert said.stderr == ""
    assert "\u2068" not in said.stdout
