"""Filling a form without a mouse: Tab to a field, type, Tab on, to the button at the end.

Every stop must show that it has the focus and must not lie under the bar of actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from playwright.sync_api import Page

Answers: TypeAlias = Mapping[str, str]

STOPS: Final = 200
DATES: Final = frozenset({"date", "datetime-local"})

_LOOK: Final = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));  // scrolled and painted
  const e = document.activeElement, style = getComputedStyle(e);
  const box = e.getClientRects()[0] || e.getBoundingClientRect();  // a link may run over two lines
  const shown = (s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1;
  const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
  const top = document.elementFromPoint(x, y);
  const label = e.labels && e.labels.length ? e.labels[0] : null;
  return {
    tag: e.tagName.toLowerCase(), type: e.type || '', name: e.name || '', value: e.value || '',
    id: e.id, testid: e.dataset.testid || e.closest('li[data-testid]')?.dataset.testid || '',
    text: (e.innerText || e.ariaLabel || label?.innerText || '').trim().slice(0, 40),
    checked: Boolean(e.checked), outline: shown(style),
    uncovered: !top || top === e || e.contains(top) || top.contains(e) || Boolean(label && label.contains(top)),
  };
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the focus is."""

    tag: str
    type: str
    name: str
    value: str
    id: str
    testid: str
    text: str
    checked: bool
    outline: bool
    uncovered: bool


def focus(page: Page) -> Stop:
    """Return the stop that has the focus now."""
    return Stop(**page.evaluate(_LOOK))


def tab(page: Page) -> Stop:
    """Press Tab; the stop reached must be seen, and seen to have the focus."""
    page.keyboard.press("Tab")
    stop = focus(page)
    if stop.tag != "body":
        # Inside a date the focus is on a part of the browser's own, which shows it in its own way.
        assert stop.outline or stop.type in DATES, f"no visible focus: {stop}"
        assert stop.uncovered, f"covered by something: {stop}"
    return stop


def walk(page: Page, *, to: str) -> list[Stop]:
    """Press Tab until the element with the test id ``to`` has the focus; return the stops."""
    stops: list[Stop] = []
    while len(stops) < STOPS:
        stops.append(tab(page))
        if stops[-1].testid == to:
            return stops
    raise AssertionError(f"{to} is not reached: {[stop.text or stop.name for stop in stops]}")


def fill(page: Page, answers: Answers, *, to: str) -> None:
    """Fill each field named in ``answers`` when the focus comes to it, and stop at the button ``to``.

    A name may carry the number of its place (``officers#2``) where a form has several of one name.
    """
    left, seen = dict(answers), dict[str, int]()
    for _ in range(STOPS):
        stop = tab(page)
        if stop.testid == to:
            assert not left, f"never came by: {sorted(left)}"
            return
        if stop.tag not in {"input", "textarea", "select"}:
            continue
        seen[stop.name] = seen.get(stop.name, 0) + 1
        key = f"{stop.name}#{seen[stop.name]}" if f"{stop.name}#{seen[stop.name]}" in left else stop.name
        if key in left:
            _answer(page, stop, left.pop(key))
    raise AssertionError(f"{to} is not reached")


def _answer(page: Page, stop: Stop, value: str) -> None:
    if stop.type == "radio":
        _arrows(page, value, first="Space")
    elif stop.tag == "select":
        _arrows(page, value, first="")
    elif stop.type in DATES:
        page.locator(f"[id='{stop.id}']").fill(value)  # the browser's own widget: its keys differ by system
    else:
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(value)  # as an input method does


def _arrows(page: Page, value: str, *, first: str) -> None:
    """Choose by the arrow keys, as far as needed."""
    if first:
        page.keyboard.press(first)
    for _ in range(40):
        if focus(page).value == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"cannot choose {value}")
