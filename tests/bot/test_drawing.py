from __future__ import annotations

import io

from matplotlib.image import imread

from bot.drawing import draw
from bot.wording import load_wording
from retrieval import Bar, Chart


def picture(*bars: Bar) -> tuple[int, int]:
    chart = Chart(title="القتلى بحسب المكان", by="place", bars=bars, text="نص", basis="كما في 4 مايو", citations=())
    height, width, _ = imread(io.BytesIO(draw(chart, load_wording())), format="png").shape
    return width, height


def test_a_chart_is_a_picture_that_grows_with_its_bars() -> None:
    one, two = Bar(label="الواحة", min=3, max=5, events=1), Bar(label="المرفأ", min=40, max=None, events=2)
    wide, low = picture(one)
    assert wide == 1152
    assert picture(one, two, one)[1] > low


def test_a_long_label_and_an_empty_bar_can_be_drawn() -> None:
    assert picture(Bar(label="بلدة " * 20, min=0, max=0, events=1))[0] == 1152
