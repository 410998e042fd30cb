"""Finding what looks personal in a text: by form, by check digits, by the words beside it.

Recall comes first: a page is read by a second person, who can give back what was hidden
without need but may overlook what was not marked. What the public is entitled to
(credit code and address of the party, officers, agencies) is passed in as ``keep``.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from zhunsheng.core.redaction.kinds import Kind, Span
from zhunsheng.core.redaction.names import names_in
from zhunsheng.core.redaction.numbers import is_credit_code, is_resident_number, passes_luhn

_GAP: Final = r"[ 　\-.·/–—]{0,3}"
_WIDE: Final = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0D, 0xFF0E, 0xFF20)
_NARROW: Final = {wide: wide - 0xFEE0 for wide in _WIDE}
"""Full-width digits, letters, hyphen, stop and @, one for one: spans keep their places."""
_ID_LABEL: Final = r"(?:身份证|身份号码|证件号|证件号码|身份证明)[^\d，。；;,]{0,8}"
_RESIDENT: Final = re.compile(rf"(?<![\dA-Za-z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![\dA-Za-z])")
_LABELLED_ID: Final = re.compile(rf"{_ID_LABEL}(?P<v>\d(?:{_GAP}\d){{13,16}}{_GAP}[\dXx])(?![\dA-Za-z])")
_PASSPORT: Final = re.compile(
    r"护照(?:号码|号)?[：:\s为是]{0,3}(?P<v>[A-Za-z]{1,2}\d{7,8})(?!\d)|(?<![A-Za-z\d])(?P<w>[EGDSP]\d{8})(?!\d)"
)
_MOBILE: Final = re.compile(rf"(?<![\dA-Za-z])(?:(?:\+|00)86{_GAP})?(?P<v>1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}})(?!\d)")
_TELEPHONE: Final = re.compile(
    r"(?<![\dA-Za-z])(?P<v>(?:0\d{2,3}[\-－ ]?|（0\d{2,3}）)[2-9]\d{6,7}(?:[\-转]\d{1,5})?"
    r"|400[\-]?\d{3}[\-]?\d{4})(?!\d)"
    r"|(?:电话|传真|联系方式)[：:\s为是]{0,3}(?P<w>[2-9]\d{6,7})(?!\d)"
)
_ACCOUNT: Final = re.compile(r"(?<![\dA-Za-z])(?P<v>\d(?: {0,2}\d){14,18})(?![\dA-Za-z])")
_LABELLED_ACCOUNT: Final = re.compile(
    r"(?:账户|账号|帐号|帐户|卡号)[：:\s为是]{0,3}(?P<v>\d(?:[ \-]{0,2}\d){7,24})(?!\d)"
)
_EMAIL: Final = re.compile(r"(?P<v>[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]+)+)")
_PLATE: Final = re.compile(
    r"(?P<v>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Z]·?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳])"
    r"(?![A-Za-z0-9])"
)
_CREDIT: Final = re.compile(r"(?<![\dA-Za-z])(?P<v>[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10})(?![\dA-Za-z])")
_DOOR: Final = re.compile(
    r"(?<!\d)\d{1,5}(?:[\-－之]\d{1,4})?(?:号|弄|栋|幢|座|楼|层|室|单元|组|门)"
    r"(?:之\d{1,4}|[\dA-Za-z\-]{0,8}(?:号|栋|幢|座|楼|层|室|单元|组|门)|[一二三四五六七八九十]+(?:楼|层|室|单元))*"
)
_STREET: Final = re.compile(r"(?:(?![的了着把给被])[一-鿿\d]){1,40}[路街道巷里弄村社镇乡区县号]$")
_ADDRESS_LABEL: Final = re.compile(
    r"(?:住所地|住址|地址|现住地|户籍地|居住地|现居住?于?|现住|家住|居住在|居住于|暂住|住在|住于|住所)(?:[：:为是在于]|\s){0,3}"
)
_LABELLED_PLACE: Final = re.compile(r"[一-鿿][一-鿿\d\-A-Za-z#（）()·]{4,60}")
_REGION: Final = re.compile(r"[省市区县镇乡]|街道|村|路|街")
_HEALTH: Final = re.compile(
    r"(?:诊断为|确诊为|初步诊断|临床诊断|诊断|确诊|患有|罹患|感染了?)[：:为是\s]{0,2}(?P<v>(?![为是])[一-鿿A-Za-z0-9][一-鿿A-Za-z0-9（）\-]{1,29})"
)
_CHART: Final = re.compile(
    r"(?:病历|病案|门诊|住院|处方|就诊卡|床)(?:编号|号码|号)[：:\s为是]{0,3}(?P<v>[A-Za-z]{0,4}\d[\dA-Za-z\-]{2,20})"
)


def find(text: str, keep: Collection[str] = ()) -> tuple[Span, ...]:
    """Return what looks personal in ``text``, left to right, without overlaps; the longer stretch wins.

    Args:
        keep: what the public may read; a stretch that is one of these, or lies inside one, is left.
    """
    narrow = text.translate(_NARROW)
    read = (replace(span, text=text[span.start : span.stop]) for span in _all(narrow))
    spans = sorted((span for span in read if not _kept(text, span, keep)), key=_weight)
    chosen: list[Span] = []
    for span in spans:
        if all(span.stop <= other.start or other.stop <= span.start for other in chosen):
            chosen.append(span)
    return tuple(sorted(chosen))


def _weight(span: Span) -> tuple[int, int, int]:
    """Order what overlaps: a checked number before a longer guess, then the longer, then the earlier."""
    checked = span.kind in {Kind.RESIDENT_NUMBER, Kind.CREDIT_CODE, Kind.MOBILE}
    return (0 if checked else 1, span.start - span.stop, span.start)


def _all(text: str) -> Iterator[Span]:
    yield from _resident_numbers(text)
    yield from _accounts(text)
    yield from _addresses(text)
    yield from names_in(text)
    for kind, pattern in (
        (Kind.PASSPORT, _PASSPORT),
        (Kind.MOBILE, _MOBILE),
        (Kind.TELEPHONE, _TELEPHONE),
        (Kind.EMAIL, _EMAIL),
        (Kind.PLATE, _PLATE),
        (Kind.HEALTH, _HEALTH),
        (Kind.MEDICAL_NUMBER, _CHART),
    ):
        yield from (_span(found, kind) for found in pattern.finditer(text))
    yield from (_span(found, Kind.CREDIT_CODE) for found in _CREDIT.finditer(text) if is_credit_code(found["v"]))


def _resident_numbers(text: str) -> Iterator[Span]:
    """With the right check digit anywhere; with a wrong one where a label says what it is."""
    for found in _RESIDENT.finditer(text):
        if is_resident_number(re.sub(r"[^\dXx]", "", found[0])):
            yield Span(found.start(), found.end(), Kind.RESIDENT_NUMBER, found[0])
    for found in _LABELLED_ID.finditer(text):
        yield _span(found, Kind.RESIDENT_NUMBER)


def _accounts(text: str) -> Iterator[Span]:
    for found in _ACCOUNT.finditer(text):
        if passes_luhn(re.sub(r"\D", "", found["v"])):
            yield _span(found, Kind.BANK_ACCOUNT)
    for found in _LABELLED_ACCOUNT.finditer(text):
        yield _span(found, Kind.BANK_ACCOUNT)


def _addresses(text: str) -> Iterator[Span]:
    """Where a label says so, whatever has a region in it; without one, a street and a door."""
    for label in _ADDRESS_LABEL.finditer(text):
        found = _LABELLED_PLACE.match(text, label.end())
        if found and _REGION.search(found[0]):
            yield Span(found.start(), found.end(), Kind.ADDRESS, found[0])
    for door in _DOOR.finditer(text):
        street = _STREET.search(text, max(0, door.start() - _REACH), door.start())
        if street and _REGION.search(street[0]):
            start = street.start() + _lead(street[0])
            yield Span(start, door.end(), Kind.ADDRESS, text[start : door.end()])


_REACH: Final = 41  # how far before its door number an address may begin
_LEAD: Final = re.compile(r"住址|地址|位于|住在|现住|家住|[住在于到至往是为从对向查经]")


def _lead(street: str) -> int:
    """Return how much of the stretch before a door number only leads to the address (现住, 位于)."""
    found = [lead.end() for lead in _LEAD.finditer(street) if _REGION.search(street, lead.end() + 1)]
    return found[-1] if found else 0


def _span(found: re.Match[str], kind: Kind) -> Span:
    group = next(name for name in ("v", "w") if name in found.groupdict() and found[name] is not None)
    return Span(found.start(group), found.end(group), kind, found[group])


def _kept(text: str, span: Span, keep: Collection[str]) -> bool:
    """Return whether the span lies inside a stretch that may be read."""
    for word in keep:
        at = text.find(word) if word else -1
        while at >= 0:
            if at <= span.start and span.stop <= at + len(word):
                return True
            at = text.find(word, at + 1)
    return False
