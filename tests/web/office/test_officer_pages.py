"""An officer's page: everybody in the office reads it, who keeps the registry writes, twice is once."""

import re
from collections.abc import Callable
from typing import Final

import pytest

from tests.apps import cast
from tests.apps.registry.doings import events
from tests.web.office.conftest import Desk
from zhunsheng.apps.registry import queries as registry
from zhunsheng.apps.registry.facts import OfficerView

Desks = Callable[[str], Desk]
pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("people")]

CHEN: Final = f"/officers/{cast.CHEN}/"
HE: Final = f"/officers/{cast.RECUSED}/"
NEW: Final = {
    "officer": "kongyushui", "name": "孔雨水", "unit": cast.SECTION_1, "post": "inspector-1",
    "exam_passed_on": "2026-03-10", "legal_qualification": "", "key": "a-key",
}  # fmt: skip
ISSUE: Final = {
    "act": "issue", "number": "示海卫执法0099", "kind": "行政执法证", "category": "卫生健康", "area": "350205",
    "valid_from": "2026-01-01", "valid_to": "2030-12-31", "issuer": "福建省人民政府（示例）", "key": "a-key",
}  # fmt: skip
WITHDRAW: Final = {"act": "withdraw", "number": "示海卫执法0001", "on": "2026-11-01", "reason": "换证", "key": "a-key"}
RECUSE: Final = {
    "act": "recuse", "party_name": cast.SHOP.name, "party_code": cast.SHOP.code, "since": "2026-11-01",
    "reason": "近亲属经营", "decided_by": "局长 吴大雪", "key": "a-key",
}  # fmt: skip


def officer(officer_id: str = cast.CHEN) -> OfficerView:
    return registry.officer(cast.AGENCY, officer_id)


def test_everybody_in_the_office_reads_certificates_and_recusals(desk: Desks) -> None:
    told = ("何处暑", "示海卫执法0007", "2021年6月1日", "厦门市海沧区", "应回避", cast.SHOP.name, "决定人：局长 吴大雪")
    for login in (cast.CHEN, cast.FANG, cast.WU, cast.ADMIN):
        page = desk(login).page(HE)
        assert [words for words in told if words not in page] == [], login
        assert "已到期" in desk(login).page(f"/officers/{cast.EXPIRED}/")


def test_an_officer_who_is_not_there_is_not_found(desk: Desks) -> None:
    desk(cast.ADMIN).page("/officers/nobody/", 404)


SENT: Final = (ISSUE, WITHDRAW, RECUSE, {"act": "exam", "on": "2026-01-01", "key": "k"})


def test_who_does_not_keep_the_registry_sees_no_forms_and_writes_nothing(desk: Desks) -> None:
    before = events()
    for one in map(desk, (cast.CHEN, cast.LIN, cast.FANG, cast.SHEN)):
        assert 'data-testid="step-' not in one.page(CHEN)
        assert 'data-testid="step-new-officer"' not in one.page("/officers/")
        one.page("/officers/new/", 403)
        assert one.post("/officers/new/", NEW).status_code == 403
        assert [one.post(CHEN, sent).status_code for sent in SENT] == [403] * len(SENT)
    assert events() == before


def test_an_officer_is_entered_once_and_his_page_says_what_is_next(desk: Desks) -> None:
    admin, before = desk(cast.ADMIN), events()
    first, second = (admin.post("/officers/new/", NEW) for _ in range(2))
    assert (first.status_code, second["Location"]) == (302, first["Location"])
    page = admin.page(first["Location"])
    assert "接着登记执法证" in page
    assert "没有登记执法证" in page
    assert events() == before + 1
    assert officer("kongyushui").post_name == "监督员"


BAD_ANSWERS: Final = (
    ({"officer": ""}, "field-missing"),
    ({"officer": "Kong"}, "id-invalid"),
    ({"officer": "new"}, "id-invalid"),
    ({"officer": cast.CHEN}, "officer-exists"),
    ({"name": "孔\u200b雨"}, "text-unprintable"),
    ({"unit": "nowhere"}, "bad-choice"),
    ({"post": "inspector-2"}, "post-unknown"),
    ({"exam_passed_on": "2026-13-01"}, "bad-date"),
    ({"exam_passed_on": "2027-01-01"}, "date-in-future"),
)


def test_a_bad_entry_is_shown_beside_its_field_and_kept(desk: Desks) -> None:
    admin, before = desk(cast.ADMIN), events()
    for change, code in BAD_ANSWERS:
        response = admin.post("/officers/new/", {**NEW, **change})
        page = response.content.decode()
        assert response.status_code == 422, change
        assert f'data-testid="refusal-{code}"' in page, change
        assert f'href="#f-register-{next(iter(change))}"' in page, change
        assert ('value="孔雨水"' in page) == ("name" not in change), change
    assert events() == before


ACTS: Final[tuple[tuple[str, dict[str, str], Callable[[], bool]], ...]] = (
    (CHEN, ISSUE, lambda: [each.certificate.number for each in officer().certificates][-1] == "示海卫执法0099"),
    (CHEN, WITHDRAW, lambda: "换证" in {each.withdrawn_because for each in officer().certificates}),
    (CHEN, RECUSE, lambda: [each.recusal.party_code for each in officer().recusals] == [cast.SHOP.code]),
    (HE, {"act": "lift", "number": "1", "on": "2026-11-01", "reason": "不再经营", "key": "k"},
     lambda: officer(cast.RECUSED).recusals[0].lifted_on is not None),
    (CHEN, {"act": "exam", "on": "2026-05-01", "key": "k"}, lambda: str(officer().exam_passed_on) == "2026-05-01"),
    (CHEN, {"act": "move", "unit": cast.SECTION_2, "post": "", "key": "k"}, lambda: officer().unit == cast.SECTION_2),
)  # fmt: skip


@pytest.mark.parametrize("login", [cast.ADMIN, cast.WU])
def test_each_act_is_done_once_however_often_it_is_sent(desk: Desks, login: str) -> None:
    keeper = desk(login)
    for number, (path, sent, holds) in enumerate(ACTS):
        before = events()
        for _ in range(2):
            response = keeper.post(path, {**sent, "key": f"key-{number}"})
            assert response.status_code == 302, response.content.decode()
            assert 'data-testid="done"' in keeper.page(response["Location"])
        assert holds(), sent
        assert events() == before + 1, sent


REFUSED: Final = (
    (CHEN, {**ISSUE, "number": ""}, "field-missing"),
    (CHEN, {**ISSUE, "number": "示海卫执法0002"}, "certificate-duplicate"),
    (CHEN, {**ISSUE, "kind": "工作证"}, "bad-choice"),
    (CHEN, {**ISSUE, "area": "厦门"}, "area-invalid"),
    (CHEN, {**ISSUE, "valid_to": "2025-01-01"}, "dates-reversed"),
    (CHEN, {**ISSUE, "valid_to": "永久"}, "bad-date"),
    (CHEN, {**ISSUE, "valid_to": "9999-12-31"}, "date-impossible"),
    ("/officers/wudaxue/", ISSUE, "exam-missing"),
    (CHEN, {**WITHDRAW, "number": "示海卫执法0002"}, "bad-choice"),
    (CHEN, {**WITHDRAW, "on": "2026-12-01"}, "date-in-future"),
    (CHEN, {**WITHDRAW, "reason": ""}, "field-missing"),
    (CHEN, {**RECUSE, "party_name": "", "party_code": ""}, "recusal-without-party"),
    (CHEN, {**RECUSE, "party_code": "12345"}, "bad-party-code"),
    (HE, RECUSE, "recusal-exists"),
    (HE, {"act": "lift", "number": "9", "on": "2026-11-01", "reason": "x"}, "bad-choice"),
    (HE, {"act": "lift", "number": "1", "on": "2020-11-01", "reason": "x"}, "dates-reversed"),
    (CHEN, {"act": "exam", "on": ""}, "field-missing"),
    (CHEN, {"act": "move", "unit": cast.SECTION_2, "post": "inspector-1"}, "post-unknown"),
)


def test_a_refused_act_is_explained_beside_it_with_the_answers_kept(desk: Desks) -> None:
    admin, before = desk(cast.ADMIN), events()
    for path, sent, code in REFUSED:
        response = admin.post(path, sent)
        page = response.content.decode()
        assert response.status_code == 422, sent
        assert f'data-testid="refusal-{code}"' in page, sent
        kept = sent.get("issuer") or sent.get("reason")
        assert not kept or f'value="{kept}"' in page, sent
    assert events() == before


def test_a_withdrawn_certificate_is_not_offered_and_is_refused_from_an_old_page(desk: Desks) -> None:
    admin = desk(cast.ADMIN)
    admin.post(CHEN, WITHDRAW)
    assert '<option value="示海卫执法0001"' not in admin.page(CHEN)
    response = admin.post(CHEN, {**WITHDRAW, "key": "other"})
    assert response.status_code == 422
    assert 'data-testid="refusal-certificate-is-withdrawn"' in response.content.decode()


def test_a_used_page_with_other_answers_writes_nothing_and_says_so(desk: Desks) -> None:
    admin = desk(cast.ADMIN)
    admin.post(CHEN, ISSUE)
    before = events()
    response = admin.post(CHEN, {**ISSUE, "number": "示海卫执法0100"})
    assert response.status_code == 409
    assert 'data-testid="conflict"' in response.content.decode()
    assert events() == before


def test_an_act_that_does_not_exist_is_a_bad_request(desk: Desks) -> None:
    assert desk(cast.ADMIN).post(CHEN, {"act": "erase", "key": "k"}).status_code == 400


def test_the_pages_have_one_heading_and_their_own_ids_and_no_english(desk: Desks) -> None:
    for path in ("/officers/new/", CHEN, HE):
        page = desk(cast.ADMIN).page(path)
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert page.count("<h1") == 1, path
        assert len(ids) == len(set(ids)), path
        for described in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page):
            assert set(described.split()) <= set(ids), (path, described)
        words = re.sub(r"<[^>]+>", " ", re.sub(r"<title>.*?</title>", " ", page, flags=re.DOTALL))
        assert not re.findall(r"[A-Za-z][A-Za-z-]{3,}", words), path
