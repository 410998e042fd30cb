"""Checks of the book of law: each finding names a record, what was expected and what was found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from zhunsheng.core.citation import Citation
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.comparison import differences
from zhunsheng.core.law.instruments import CitationError, InstrumentVersion
from zhunsheng.core.law.items import Item
from zhunsheng.core.law.parameters import Confidence, Version
from zhunsheng.infra.lawtexts import Texts
from zhunsheng.infra.wording import Entry

WORDS: Final = {
    "parameter-without-basis": "没有依据或者来源",
    "citation-unresolved": "引用在那一天找不到：{expected}（{found}）",
    "instrument-not-in-force": "引用的文本在那一天没有施行：{expected}",
    "no-such-article": "引用的条、款、项不存在：{expected}（{found}）",
    "article-count-differs": "条数不一致：数据写 {expected} 条，文本有 {found} 条",
    "article-shape-differs": "款、项数目不一致：数据写 {expected}，文本是 {found}",
    "amount-not-in-text": "数额不在条文里：事项写 {expected}，条文是 {found}",
    "amount-not-in-item": "条文的数额事项里没有：事项写 {expected}，条文还有 {found}",
    "words-not-in-text": "数额的原文在条文里找不到：{expected}",
    "words-not-amount": "数额和原文不一致：{expected}，原文 {found}",
    "condition-not-in-text": "条件在条文里找不到：{expected}",
    "sanction-not-in-text": "条文里没有这种处罚：{expected}",
    "sanction-unknown": "不是处罚的种类：{expected}",
    "fine-without-sanction": "有罚款幅度，处罚种类里没有罚款",
    "multiple-not-in-text": "倍数不在条文里：{expected}",
    "multiple-not-in-item": "条文的倍数事项里没有：{expected}",
    "floor-not-in-text": "违法所得的起算数额不在条文里：{expected}",
}


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    record: str
    expected: str
    found: str

    def words(self) -> str:
        """Return the finding in Chinese."""
        return WORDS[self.code].format(expected=self.expected, found=self.found)


@dataclass(frozen=True, slots=True)
class Report:
    findings: tuple[Finding, ...]
    compared: int  # items whose text was there
    without_text: tuple[str, ...]  # items whose text was not imported
    unconfirmed: tuple[str, ...]  # parameters that rest on background knowledge today


def check(book: Book, texts: Texts, errors: Mapping[str, Entry], today: date) -> Report:
    """Check the whole book, the citations of the error texts, and the items against the texts."""
    findings = [
        *_parameters(book),
        *_items(book),
        *_errors(book, errors, today),
        *_counting(book),
        *_shapes(book, texts),
    ]
    without, compared = [], 0
    for item in book.items.values():
        text = _text(item, book, texts, today)
        if text is None:
            without.append(item.id)
            continue
        compared += 1
        findings += [Finding(d.code, f"items/{item.id}", d.expected, d.found) for d in differences(item, text)]
    return Report(tuple(findings), compared, tuple(without), _unconfirmed(book))


def _parameters(book: Book) -> Iterator[Finding]:
    for name, parameter in book.parameters.items():
        for entry in parameter.dated.entries:
            record = f"parameters/{name}@{entry.since}"
            if not entry.basis.article or not entry.source.strip():
                yield Finding("parameter-without-basis", record, "", "")
            yield from _resolves(book, entry.basis, entry.since, record)


def _items(book: Book) -> Iterator[Finding]:
    for item in book.items.values():
        for citation in (item.violated, item.basis, item.detailed_by):
            if citation is not None:
                yield from _resolves(book, citation, item.valid_from, f"items/{item.id}")
                if item.valid_to is not None:
                    yield from _resolves(book, citation, item.valid_to, f"items/{item.id}")


def _errors(book: Book, errors: Mapping[str, Entry], today: date) -> Iterator[Finding]:
    for code, entry in errors.items():
        if entry.basis is not None:
            yield from _resolves(book, entry.basis, today, f"errors/{code}")


def _counting(book: Book) -> Iterator[Finding]:
    for instrument in book.instruments.values():
        for version in instrument.versions:
            if version.counting is not None:
                record = f"instruments/{version.id}/{version.adopted}"
                yield from _resolves(book, version.counting.basis, version.in_force, record)


def _resolves(book: Book, citation: Citation, day: date, record: str) -> Iterator[Finding]:
    try:
        book.resolve(citation, day)
    except CitationError as error:
        yield Finding(error.code, record, f"{citation} on {day}", error.why)


def _shapes(book: Book, texts: Texts) -> Iterator[Finding]:
    """Compare what we record of a text's shape with the text, where it was imported."""
    counts = texts.statutes()
    for instrument in book.instruments.values():
        for version in instrument.versions:
            count = counts.get((version.title, version.adopted))
            if count is None:
                continue
            record = f"instruments/{version.id}/{version.adopted}"
            if count != version.article_count:
                yield Finding("article-count-differs", record, str(version.article_count), str(count))
            yield from _articles(version, texts, record)


def _articles(version: InstrumentVersion, texts: Texts, record: str) -> Iterator[Finding]:
    for article in version.articles.values():
        found = texts.whole(version, article.number)
        if found is None or not article.paragraphs:
            continue
        paragraphs, items = texts.shape(found[0])
        if (paragraphs, items) != (article.paragraphs, dict(article.items)):
            expected, real = f"{article.paragraphs} {dict(article.items)}", f"{paragraphs} {items}"
            yield Finding("article-shape-differs", f"{record}#{article.number}", expected, real)


def _text(item: Item, book: Book, texts: Texts, today: date) -> str | None:
    """Return the article an item rests on, in the text of its last day or of today."""
    found = texts.article(item.basis, item.valid_to or max(today, item.valid_from), book)
    if found is None:
        return None
    # A citation of one paragraph (医师法 art. 54(3)) is compared with that paragraph; one of an
    # item with the whole paragraph, whose opening words hold the amounts.
    if item.basis.paragraph and not item.basis.item:
        return found.part
    return found.words


def _unconfirmed(book: Book) -> tuple[str, ...]:
    return tuple(
        name
        for name, parameter in sorted(book.parameters.items())
        if isinstance(last := parameter.dated.entries[-1], Version) and last.confidence is Confidence.BACKGROUND
    )
