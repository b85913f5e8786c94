"""Draws lines on two logarithmic axes as SVG, for light and for dark pages."""

import math
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 940, 540
LEFT, RIGHT, TOP, BOTTOM = 84, 290, 62, 64
STYLE = """
  text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .page { fill: #ffffff; stroke: #d1d9e0 }
  .title { font-size: 17px; font-weight: 600 }
  .label { font-size: 13px }
  .small { font-size: 11.5px; fill: #59636e }
  .grid { stroke: #d1d9e0; stroke-width: 1 }
  .guide { stroke: #818b98; stroke-width: 1; stroke-dasharray: 2 4 }
  .line { fill: none; stroke-linejoin: round; stroke-linecap: round }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .page { fill: #0d1117; stroke: #3d444d }
    .small { fill: #9198a1 }
    .grid { stroke: #2a313c }
    .guide { stroke: #656c76 }
  }"""
# Told apart by those who do not see all colours, too, and seen on black and on white.
COLOURS = ["#3b82f6", "#3b82f6", "#8b949e", "#e69f00", "#009e73", "#d55e9a", "#d9480f"]
DASHES = {1: "7 5"}
SHAPES = ["circle", "circle", "square", "diamond", "triangle", "square", "diamond"]


@dataclass
class Line:
    name: str
    # From the left to the right.
    points: list[tuple[float, float]] = field(default_factory=list)
    # What the legend says below the name.
    note: str = ""


def draw(
    title: str, subtitle: str, x_title: str, y_title: str, lines: list[Line], guides: list[tuple[str, float]]
) -> str:
    """An SVG document.

    Parameters: at most as many lines as there are colours, the first ones drawn last, above the others; guides:
    straight lines through the origin with what they say, and how steep they are, y to x.
    """
    xs = sorted({x for line in lines for x, _ in line.points})
    ys = [y for line in lines for _, y in line.points]
    y_ticks = _ticks(min(ys), max(ys))
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def at_x(x: float) -> float:
        return LEFT + 14 + _share(x, xs[0], xs[-1]) * (right - LEFT - 28)

    def at_y(y: float) -> float:
        return bottom - _share(y, y_ticks[0], y_ticks[-1]) * (bottom - TOP)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label="{escape(title, {chr(34): "&quot;"})}">',
        f"<style>{STYLE}\n</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="8"/>',
        _text(LEFT, 28, title, "title"), _text(LEFT, 47, subtitle, "small"),
        f'<clipPath id="inside"><rect x="{LEFT}" y="{TOP}" width="{right - LEFT}" height="{bottom - TOP}"/></clipPath>',
    ]
    for y in y_ticks:
        out.append(_segment("grid", LEFT, at_y(y), right, at_y(y)))
        out.append(_text(LEFT - 10, at_y(y) + 4, f"{y:,g} s", "label", "end"))
    for x in xs:
        out.append(_segment("grid", at_x(x), TOP, at_x(x), bottom))
        out.append(_text(at_x(x), bottom + 21, f"{x:,g}", "label", "middle"))
    out.append(_text((LEFT + right) / 2, bottom + 46, x_title, "label", "middle"))
    out.append(
        f'<text class="label" text-anchor="middle" transform="translate(22 {(TOP + bottom) / 2:.1f}) rotate(-90)">'
        f"{escape(y_title)}</text>")
    for name, slope in guides:
        ends = [(at_x(x), at_y(slope * x)) for x in (xs[0], xs[-1])]
        out.append(f'<g clip-path="url(#inside)">{_segment("guide", *ends[0], *ends[1])}</g>')
        # Below its end, which is at the right side or at the top.
        x, y = at_x(min(xs[-1], y_ticks[-1] / slope)), at_y(min(slope * xs[-1], y_ticks[-1]))
        angle = math.degrees(math.atan2(ends[1][1] - ends[0][1], ends[1][0] - ends[0][0]))
        out.append(
            f'<text class="small" text-anchor="end" transform="translate({x:.1f} {y:.1f}) rotate({angle:.1f})" x="-8"'
            f' y="14">{escape(name)}</text>')
    for index, line in reversed(list(enumerate(lines))):
        places = [(at_x(x), at_y(y)) for x, y in line.points]
        out.append(_line(index, places))
    y = TOP + 10.0
    for index, line in enumerate(lines):
        out.append(_line(index, [(right + 22, y), (right + 50, y)], middle=True))
        out.append(_text(right + 60, y + 4.5, line.name, "label"))
        if line.note:
            y += 17
            out.append(_text(right + 60, y + 4, line.note, "small"))
        y += 26
    return "\n".join([*out, "</svg>"]) + "\n"


def _share(value: float, low: float, high: float) -> float:
    return math.log(value / low) / math.log(high / low) if high > low else 0.5


def _ticks(low: float, high: float) -> list[float]:
    """1, 3, 10, 30 and so on, from one not above the lowest to one not below the highest."""
    steps = [step * 10**power for power in range(-4, 6) for step in (1, 3)]
    steps = [round(step, 4) for step in steps]
    first = max(index for index, step in enumerate(steps) if step <= low)
    last = min(index for index, step in enumerate(steps) if step >= high)
    return steps[first:max(last, first + 1) + 1]


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _segment(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _line(index: int, places: list[tuple[float, float]], middle: bool = False) -> str:
    """A line with a mark at each place, or with one in the middle."""
    colour, width = COLOURS[index], 3 if index == 0 else 2
    dashes = f' stroke-dasharray="{DASHES[index]}"' if index in DASHES else ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    marks = [((places[0][0] + places[-1][0]) / 2, places[0][1])] if middle else places
    drawn = "".join(_mark(SHAPES[index], x, y) for x, y in marks)
    return (
        f'<polyline class="line" points="{path}" stroke="{colour}" stroke-width="{width}"{dashes}/>'
        f'<g fill="{colour}">{drawn}</g>')


def _mark(shape: str, x: float, y: float) -> str:
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    corners = {
        "square": [(-4, -4), (4, -4), (4, 4), (-4, 4)],
        "diamond": [(0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)],
        "triangle": [(0, -5.5), (5, 4), (-5, 4)],
    }[shape]
    return f'<polygon points="{" ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in corners)}"/>'
