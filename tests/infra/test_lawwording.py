"""Every refusal has words: rule, article, what mends it."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import zhunsheng
from zhunsheng.core.citation import Citation
from zhunsheng.core.errors import Fault
from zhunsheng.core.law.instruments import CitationError
from zhunsheng.core.procedures import PROCEDURES
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.infra import lawdata, wording

ROOT = Path(zhunsheng.__file__).parent
NOW = date(2026, 11, 22)
MAKERS = {"Fault", "fault", "_unfit", "UnreadableError", "_disorder_code"}


def codes_in(source: str) -> Iterator[str]:
    """Yield the codes of faults that a module makes with a literal."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.Constant(value=str(code)), *_]):
                if name in MAKERS:
                    yield code
            case _:
                pass


def used() -> set[str]:
    found = {code for path in ROOT.rglob("*.py") for code in codes_in(path.read_text(encoding="utf-8"))}
    found |= {code for gate in GATES.values() for code in gate.codes}
    for procedure in PROCEDURES.values():
        for rule in procedure.forms:
            found |= {code for code in (rule.early, rule.again, rule.exempt) if code}
    return found


def test_every_fault_that_can_be_made_has_words() -> None:
    assert sorted(used() - set(wording.entries())) == []


def test_the_search_itself_finds_codes() -> None:
    assert set(codes_in("Fault('a-b', field='x'); look.fault('c-d'); print('e-f')")) == {"a-b", "c-d"}


@pytest.mark.parametrize(
    "code",
    [
        "position-moved", "idempotency-conflict", "not-allowed", "not-found", "bad-input", "step-not-allowed",
        "publisher-is-checker", "bad-credit-code", "bad-resident-number", "future-date", "login-failed",
        "account-locked", "unprintable-character",
    ],
)  # fmt: skip
def test_the_codes_of_the_contract_have_words(code: str) -> None:
    assert code in wording.entries()


def test_every_basis_resolves_today() -> None:
    book = lawdata.book()
    for code, entry in wording.entries().items():
        if entry.basis is not None:
            try:
                book.resolve(entry.basis, NOW)
            except CitationError as error:
                pytest.fail(f"{code}: {error}")


@pytest.mark.parametrize("code", sorted(wording.entries()))
def test_words_follow_the_house_style(code: str) -> None:
    entry = wording.entries()[code]
    words = entry.title + entry.text + entry.remedy + entry.link_text
    assert not re.search(r"非法|参数错误|校验失败|哈希|区块链|脱敏|[!！]|请稍后重试", words)
    assert entry.title
    assert not entry.title.endswith("。")
    assert entry.text.endswith(("。", "}"))
    assert not entry.remedy or entry.remedy.endswith("。")
    assert not re.search(r"\{(?![a-z_]+\})", words)


def test_a_fault_is_said_with_its_facts_and_article() -> None:
    facts = (
        ("officer", "黄小满"), ("certificate", "13020500023"), ("valid_from", "2021-11-02"), ("valid_to", "2026-11-01"),
    )  # fmt: skip
    said = wording.say(Fault("certificate-expired", facts=facts, field="officers"), NOW)
    assert said.text == "黄小满的执法证 13020500023 有效期是 2021年11月2日至 2026年11月1日。"
    assert said.article == "《中华人民共和国行政处罚法》第四十二条第一款"
    assert said.article_url == "/law/xzcff/42/?on=2026-11-22"
    assert (said.link, said.field) == ("#officers", "officers")


def test_the_article_is_that_of_the_day() -> None:
    fault = Fault("fine-over-simple-limit", facts=(("found", "60.00"), ("limit", "50.00")))
    assert wording.say(fault, date(2018, 6, 22)).article == "《中华人民共和国行政处罚法》第三十三条"
    assert wording.say(fault, NOW).article == "《中华人民共和国行政处罚法》第五十一条"


def test_the_faults_own_basis_wins_and_a_wrong_one_is_not_printed() -> None:
    own = wording.say(Fault("fine-out-of-range", Citation("ylfwgltl", 46, 1, 2)), NOW)
    assert own.article == "《医疗废物管理条例》第四十六条第一款第（二）项"
    gone = wording.say(Fault("fine-out-of-range", Citation("xzcff", 199)), NOW)
    assert (gone.article, gone.article_url) == ("", "")


def test_facts_are_never_read_as_words_of_ours() -> None:
    said = wording.say(Fault("bad-choice", facts=(("label", "{value}"), ("value", "{label.__class__}"))), NOW)
    assert said.text == "“{value}”里没有“{label.__class__}”这个选项。"


def test_roles_and_forms_have_their_chinese_names() -> None:
    assert (
        "执法人员、承办机构负责人"
        in wording.say(Fault("role-missing", facts=(("roles", "officer, unit-head"),)), NOW).text
    )
    assert "当场行政处罚决定书" in wording.say(Fault("step-not-allowed", facts=(("form", "spot-decision"),)), NOW).text


def test_a_fact_that_is_missing_and_a_code_without_words_still_read() -> None:
    assert "…" in wording.say(Fault("officers-too-few"), NOW).text
    assert "no-such-code" in wording.say(Fault("no-such-code"), NOW).text
