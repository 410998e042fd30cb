"""Citations in Chinese, as they are printed: 《公共场所卫生管理条例》第十四条第一款第（二）项."""

from datetime import date

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.book import Book

DIGITS = "零一二三四五六七八九"
PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def numeral(number: int) -> str:
    """Return ``number`` (1 to 9999) in Chinese, as articles are numbered: 十四, 一百零一.

    Raises:
        ValueError: it is outside that range.
    """
    if not 1 <= number <= 9999:  # noqa: PLR2004  the four places named above
        message = f"not an article number: {number}"
        raise ValueError(message)
    words, rest, gap = "", number, False
    for size, place in PLACES:
        digit, rest = divmod(rest, size)
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + place
            gap = False
        else:
            gap = bool(words)
    if rest:
        words += ("零" if gap else "") + DIGITS[rest]
    return words.removeprefix("一") if words.startswith("一十") else words


def place(citation: Citation) -> str:
    """Return 第十四条第一款第（二）项 without the title."""
    words = f"第{numeral(citation.article)}条"
    if citation.paragraph:
        words += f"第{numeral(citation.paragraph)}款"
    if citation.item:
        words += f"第（{numeral(citation.item)}）项"
    return words


def cite(citation: Citation, day: date, book: Book) -> str:
    """Return the citation in full, with the title the instrument has on ``day``.

    Raises:
        CitationError: it does not resolve on ``day``.
    """
    return f"《{book.resolve(citation, day).title}》{place(citation)}"


def short(citation: Citation, day: date, book: Book) -> str:
    """Return the citation with the short title, without 《 》: 行政处罚法第五十一条."""
    return f"{book.resolve(citation, day).short}{place(citation)}"
