"""Drawing a chart as a picture with right-to-left labels."""

from __future__ import annotations

import io

from retrieval import Chart, Wording

_WIDTH, _BAR_HEIGHT, _MARGIN, _DPI = 7.2, 0.5, 1.9, 160
_INK, _SOLID, _BAND = "#1b1f24", "#0b5394", "#9fc5e8"


def draw(chart: Chart, wording: Wording) -> bytes:
    """The chart as PNG, read from right to left: solid to the lowest count, pale to the highest, an arrow where open.

    The labels are plain Arabic: matplotlib shapes and orders them itself.
    """
    # It takes most of a second to import, and few commands draw.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - see above
    from matplotlib.figure import Figure  # noqa: PLC0415 - see above

    figure = Figure(figsize=(_WIDTH, _MARGIN + _BAR_HEIGHT * len(chart.bars)), dpi=_DPI, layout="constrained")
    axes = figure.add_subplot()
    rows = range(len(chart.bars))
    axes.barh(rows, [bar.min for bar in chart.bars], color=_SOLID, height=0.65)
    upper = [(bar.max if bar.max is not None else bar.min) - bar.min for bar in chart.bars]
    axes.barh(rows, upper, left=[bar.min for bar in chart.bars], color=_BAND, height=0.65)
    most = max([*(bar.max or bar.min for bar in chart.bars), 1])
    for row, bar in enumerate(chart.bars):
        end = bar.max if bar.max is not None else bar.min
        said = _number(bar.min, bar.max, wording)
        axes.text(end + most * 0.015, row, said, ha="right", va="center", color=_INK, fontsize=10)
    axes.set_yticks(rows, [_short(bar.label) for bar in chart.bars])
    axes.set_xlim(most * 1.18, 0)
    axes.invert_yaxis()
    axes.yaxis.tick_right()
    axes.set_title(chart.title, fontsize=13, color=_INK)
    axes.tick_params(axis="y", length=0, labelsize=11)
    axes.spines[["top", "left", "bottom"]].set_visible(False)
    axes.xaxis.set_visible(False)
    notes = [wording.say("chart.open")] if any(bar.max is None for bar in chart.bars) else []
    figure.supxlabel(" · ".join([*notes, chart.basis]), fontsize=8, color=_INK)
    out = io.BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(out, format="png")
    return out.getvalue()


def _number(low: int, high: int | None, wording: Wording) -> str:
    """The range of a bar in the reader's digits, in words that read from right to left as the bars do."""
    if high is None:
        return f"{wording.number(low)}+"
    if low == high:
        return wording.number(low)
    return wording.say("date.between", start=wording.number(low), end=wording.number(high))


def _short(label: str) -> str:
    return label if len(label) <= 28 else f"{label[:27].rstrip()}…"
