"""Filing a document on a page: nothing typed is lost, nothing is filed twice, refusals say what mends them."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.apps import cast
from tests.apps.cases import story
from tests.web.office.conftest import Desk, as_posted, case_url
from zhunsheng.apps.cases import queries

Desks = Callable[[str], Desk]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


def decision(number: str, desk: Desk, **changed: object) -> dict[str, object]:
    page = desk.page(case_url(number, "file/spot-decision/"))
    sent = as_posted(story.DECISION) | {"key": hidden(page, "key"), "position": hidden(page, "position")}
    sent |= changed
    return {name: value for name, value in sent.items() if value is not None}


def recorded() -> str:
    number = story.opened()
    story.filed(number, "onsite-record", story.RECORD)
    return number


def documents(number: str) -> int:
    state, _events = queries.load(number, viewer=cast.viewer(cast.CHEN))
    return len(state.documents)


def test_what_an_earlier_document_says_is_not_typed_twice(desk: Desks) -> None:
    page = desk(cast.CHEN).page(case_url(recorded(), "file/spot-decision/"))
    assert f'value="{cast.SHOP.code}"' in page
    assert "已从现场笔录带来" in page


def test_the_check_page_shows_the_finished_words_and_files_nothing(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), recorded()
    response = chen.post(case_url(number, "file/spot-decision/"), decision(number, chen, act="check"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "签发前核对" in page
    assert "厦海卫公当罚〔2026〕__号" in page
    assert "应当先自收到本决定书之日起六十日内" in page
    assert documents(number) == 1


@pytest.mark.clause("P3.1", partly="only the documents of a penalty on the spot")
def test_the_check_page_carries_every_answer_to_the_filing(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), recorded()
    sent = decision(number, chen, act="check")
    page = chen.post(case_url(number, "file/spot-decision/"), sent).content.decode()
    form = page[page.index('<form id="filing"') :]
    carried = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[: form.index("</form>")])
    again: dict[str, object] = {}
    for name, value in carried:
        again.setdefault(name, [])
        again[name].append(unescape(value))  # type: ignore[attr-defined]
    assert again["key"] == [sent["key"]]  # the key of the form, so that filing twice is still filing once
    assert again["position"] == [sent["position"]]
    response = chen.post(case_url(number, "file/spot-decision/"), again | {"act": "file"})
    assert response.status_code == 302
    assert documents(number) == 2


def test_a_double_click_files_one_document(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), recorded()
    sent = decision(number, chen, act="file")
    answers = [chen.post(case_url(number, "file/spot-decision/"), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert documents(number) == 2


def test_the_same_key_with_other_content_is_a_conflict_and_keeps_what_was_typed(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), recorded()
    sent = decision(number, chen, act="file")
    chen.post(case_url(number, "file/spot-decision/"), sent)
    response = chen.post(case_url(number, "file/spot-decision/"), sent | {"correction_text": "当场改正别的"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "当场改正别的" in page
    assert hidden(page, "key") != sent["key"]
    assert documents(number) == 2


def test_an_old_tab_is_told_that_the_file_has_changed_and_keeps_its_input(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), recorded()
    sent = decision(number, chen, act="file")
    changed = {**story.RECORD, "party_phone": "000-0000009"}
    story.filed(number, "onsite-record", changed, by=cast.HUANG, key="second record")
    response = chen.post(case_url(number, "file/spot-decision/"), sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "案卷有了变化" in page
    assert str(sent["facts_text"]) in page
    assert documents(number) == 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"officers": ["chenguyu"]}, "officers-too-few"),
        ({"officers": ["chenguyu", cast.EXPIRED]}, "certificate-expired"),
        ({"officers": ["chenguyu", cast.OTHER_CATEGORY]}, "certificate-category"),
        ({"officers": ["chenguyu", cast.OTHER_AREA]}, "certificate-area"),
        ({"officers": ["chenguyu", cast.RECUSED]}, "officer-recused"),
        ({"penalty": "fine", "fine": "3000.01", "pay_way": "bank"}, "fine-over-simple-limit"),
        ({"told": "no"}, "rights-not-told"),
        ({"party_code": "92350205000000019X"}, "bad-credit-code"),
        ({"made_at": "2026-11-21T10:40"}, "date-in-future"),
    ],
)
@pytest.mark.clause("P3.2", partly="only the simple procedure")
def test_a_refusal_says_its_rule_beside_the_input_that_is_kept(
    desk: Desks, changed: dict[str, object], code: str
) -> None:
    chen, number = desk(cast.CHEN), recorded()
    sent = decision(number, chen, act="file", **changed)
    response = chen.post(case_url(number, "file/spot-decision/"), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'data-testid="refusal-{code}"' in page
    assert 'data-testid="error-summary"' in page
    assert str(sent["facts_text"]) in page
    assert hidden(page, "key") == sent["key"]
    assert documents(number) == 1


def test_every_line_of_the_error_summary_leads_to_something_on_the_page(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), recorded()
    sent = decision(number, chen, act="check", told="no", fine="一百", facts_text="", officers=["chenguyu"])
    page = chen.post(case_url(number, "file/spot-decision/"), sent).content.decode()
    summary = page[page.index('data-testid="error-summary"') :]
    targets = re.findall(r'<a href="#([^"]+)"', summary[: summary.index("</div>")])
    assert targets
    assert all(f'id="{target}"' in page for target in targets), targets


def test_a_record_of_fact_is_kept_with_its_flaws_named(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), story.opened()
    page = chen.page(case_url(number, "file/onsite-record/"))
    sent = as_posted({**story.RECORD, "officers": ["chenguyu", cast.EXPIRED], "rights_told": False})
    sent |= {"key": hidden(page, "key"), "position": hidden(page, "position")}
    checked = chen.post(case_url(number, "file/onsite-record/"), sent | {"act": "check"}).content.decode()
    assert 'data-testid="flag-certificate-expired"' in checked
    response = chen.post(case_url(number, "file/onsite-record/"), sent | {"act": "file"})
    assert response.status_code == 302
    assert 'data-testid="flag-certificate-expired"' in chen.page(case_url(number, "documents/d1/"))


def test_rows_are_added_and_removed_without_a_script(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), story.opened()
    url, sent = case_url(number, "file/onsite-record/"), as_posted(story.RECORD)
    more = chen.post(url, sent | {"act": "add:findings"}).content.decode()
    assert 'name="findings-1-text"' in more
    assert "郑秋分正在为顾客剪发" in more
    fewer = chen.post(url, sent | {"findings-1-text": "第二处", "act": "remove:findings:0"}).content.decode()
    assert "郑秋分正在为顾客剪发" not in fewer
    assert "第二处" in fewer
    assert documents(number) == 0


def test_the_preview_is_a_pdf_without_a_number_and_files_nothing(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), recorded()
    response = chen.post(case_url(number, "file/spot-decision/"), decision(number, chen, act="preview"))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert documents(number) == 1


def test_what_was_typed_is_shown_as_words_and_never_as_markup(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), recorded()
    attack = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    sent = decision(number, chen, act="check", facts_text=attack, place=attack)
    for act in ("check", "edit"):
        page = chen.post(case_url(number, "file/spot-decision/"), sent | {"act": act}).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_standing_of_an_officer_is_shown_as_soon_as_he_is_chosen(desk: Desks) -> None:
    chen, number = desk(cast.CHEN), story.opened()
    for officer, code in ((cast.EXPIRED, "certificate-expired"), (cast.OTHER_AREA, "certificate-area")):
        part = chen.page(case_url(number, f"file/onsite-record/officer/?officers={officer}"))
        assert f'data-testid="officer-fault-{code}"' in part
    assert "可以执法" in chen.page(case_url(number, "file/onsite-record/officer/?officers=huangxiaoman"))


def test_a_case_of_another_section_is_not_there(desk: Desks) -> None:
    number = story.opened()
    for tail in ("", "file/onsite-record/", "publish/", "documents/d1/", "documents/d1.pdf"):
        assert desk(cast.YIN).get(case_url(number, tail)).status_code == 404
    assert desk(cast.YIN).post(case_url(number, "file/onsite-record/"), {"act": "file"}).status_code == 404
