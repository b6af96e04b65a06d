"""Draws every kind of message as Telegram shows it, in headless Chromium, for a person to look at."""

from __future__ import annotations

import argparse
import itertools
import re
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from pathlib import Path

from bot.store import Store
from tests.end_to_end.rendering.gallery import Shot, gather

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# How many messages stand on a picture, and the size of the page that it is taken of.
_ON_A_PAGE, _WIDTH, _HEIGHT = 24, 1500, 5200
_STYLE = """
body { margin: 0; padding: 16px; background: #d5e0ec; font: 15px "Noto Sans Arabic", sans-serif; columns: 3 }
figure { margin: 0 0 18px; break-inside: avoid }
figcaption { direction: rtl; color: #4a5a6a; font-size: 12px; padding: 0 4px 4px }
.bubble { background: #fff; border-radius: 12px; padding: 9px 12px; overflow-wrap: anywhere }
.words { white-space: pre-wrap; unicode-bidi: plaintext; text-align: start; line-height: 1.5 }
.words blockquote { margin: 2px 0; padding: 3px 10px; background: #eef4fa; border-inline-start: 3px solid #3a87c8;
  unicode-bidi: plaintext }
.words a { color: #2475b8; text-decoration: none }
.row { display: flex; gap: 4px; margin-top: 4px; direction: ltr }
.row span { flex: 1; background: #ffffffb0; border-radius: 8px; padding: 7px 4px; text-align: center; font-size: 13px;
  unicode-bidi: plaintext }
.note { background: #243b52; color: #fff; border-radius: 8px; padding: 7px 12px; direction: rtl }
img { max-width: 100%; border-radius: 8px }
"""


def page_of(shots: Iterable[Shot]) -> str:
    """An HTML page of the messages, each paragraph in the direction of its first letter, as in Telegram."""
    return f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style>" + "".join(map(_figure, shots))


def _figure(shot: Shot) -> str:
    payload = shot.payload
    said = payload.get("text") or payload.get("caption") or ""
    if shot.method == "answerCallbackQuery":
        inside = f"<div class=note>{escape(said)}</div>"
    elif shot.method == "answerInlineQuery":
        inside = "".join(_bubble(one["input_message_content"]["message_text"]) for one in payload["results"][:2])
    else:
        picture = f"<img src='data:image/png;base64,{b64encode(shot.attachment).decode()}'>"
        inside = _bubble((picture if shot.method == "sendPhoto" else "") + said)
    rows = payload.get("reply_markup", {}).get("inline_keyboard", [])
    keys = "".join(_row([button["text"] for button in row]) for row in rows)
    return f"<figure><figcaption>{escape(shot.cause)}</figcaption>{inside}{keys}</figure>"


def _row(labels: Iterable[str]) -> str:
    return "<div class=row>" + "".join(f"<span>{escape(label)}</span>" for label in labels) + "</div>"


def _bubble(html: str) -> str:
    # A browser breaks the line after a block by itself.
    words = re.sub(r"\n?(</?blockquote[^>]*>)\n?", r"\1", html)
    return f"<div class=bubble><div class=words>{words}</div></div>"


def draw(browser: str, page: Path, picture: Path) -> None:
    """Take the picture of a page."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--user-data-dir={profile}", f"--window-size={_WIDTH},{_HEIGHT}", f"--screenshot={picture}",
                page.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def main() -> None:
    """Write the pages and, where there is a browser, the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pages and pictures are put")
    folder = parser.parse_args().folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    with tempfile.TemporaryDirectory() as store:
        shots = gather(Store.open(f"sqlite:///{store}/a.sqlite"))
    shown = [shot for shot in shots if shot.method != "answerCallbackQuery" or shot.payload.get("text")]
    for number in itertools.count():
        some = shown[number * _ON_A_PAGE : (number + 1) * _ON_A_PAGE]
        if not some:
            break
        page = folder / f"messages-{number + 1}.html"
        page.write_text(page_of(some), encoding="utf-8")
        if browser:
            draw(browser, page, page.with_suffix(".png"))
    if browser is None:
        sys.exit(f"the pages are in {folder}, but there is no browser to draw them: install one of {_BROWSERS}")


if __name__ == "__main__":
    main()
