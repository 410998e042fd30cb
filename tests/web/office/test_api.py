"""The office API: the contract other systems rely on."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.apps import cast
from tests.apps.cases import story
from zhunsheng.apps.accounts import tokens
from zhunsheng.apps.accounts.models import Account

pytestmark = pytest.mark.usefixtures("fresh_db")


class Api:
    """A program that talks JSON to the office."""

    def __init__(self, login: str) -> None:
        self._client = Client()
        self._token = tokens.issue(Account.objects.get(pk=login))

    def get(self, path: str) -> tuple[int, dict[str, object]]:
        response = self._client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self._token}"})
        return response.status_code, json.loads(response.content)

    def post(self, path: str, body: object, *, key: str = "k", **headers: str) -> tuple[int, dict[str, object]]:
        response = self._client.post(
            f"/api/v1{path}",
            json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self._token}", "Idempotency-Key": key, **headers},
        )
        return response.status_code, json.loads(response.content)

    def upload(self, name: str, content: bytes) -> dict[str, object]:
        headers = {"Authorization": f"Bearer {self._token}"}
        response = self._client.post("/api/v1/files", {"file": SimpleUploadedFile(name, content)}, headers=headers)
        assert response.status_code == 201
        stored: dict[str, object] = json.loads(response.content)
        return stored


@pytest.fixture
def chen(moment: None) -> Api:
    del moment
    cast.bureau(accounts=True)
    return Api(cast.CHEN)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be noon on the day of the story."""
    monkeypatch.setattr("zhunsheng.infra.clock.now", lambda: cast.NOON)


def recorded(api: Api) -> str:
    _status, opened = api.post("/cases", {}, key="open")
    number = str(opened["number"])
    status, _filed = api.post(
        f"/cases/{number}/documents", {"form": "onsite-record", "content": dict(story.RECORD)}, key="r"
    )
    assert status == 201
    return number


def test_a_case_goes_from_record_to_decision(chen: Api) -> None:
    number = recorded(chen)
    status, filed = chen.post(
        f"/cases/{number}/documents", {"form": "spot-decision", "content": dict(story.DECISION)}, key="d"
    )
    assert (status, filed["number"]) == (201, "厦海卫公当罚〔2026〕1号")
    status, case = chen.get(f"/cases/{number}")
    assert status == 200
    assert case["stage"] == {"key": "decided", "label": "已决定，待办结"}
    terms = {term["sub"]: term["last"] for term in case["deadlines"]}  # type: ignore[attr-defined]
    assert terms["publication"] == "2026-12-01"


def test_a_refusal_is_a_problem_with_code_article_and_remedy(chen: Api) -> None:
    number = recorded(chen)
    body = {"form": "spot-decision", "content": {**story.DECISION, "officers": ["chenguyu"]}}
    status, problem = chen.post(f"/cases/{number}/documents", body, key="d")
    assert status == 422
    assert problem["code"] == "officers-too-few"
    assert problem["article"] == "《中华人民共和国行政处罚法》第四十二条第一款"
    assert problem["remedy"]
    assert chen.get(f"/cases/{number}")[1]["stage"] == {"key": "recorded", "label": "已检查，待决定"}


def test_without_a_token_nothing_is_said(chen: Api) -> None:
    number = recorded(chen)
    response = Client().get(f"/api/v1/cases/{number}")
    assert response.status_code == 401
    assert "理发" not in response.content.decode()


def test_a_document_without_an_idempotency_key_is_refused(chen: Api) -> None:
    number = recorded(chen)
    status, problem = chen.post(f"/cases/{number}/documents", {"form": "spot-decision", "content": {}}, key="")
    assert (status, problem["code"]) == (400, "idempotency-key-missing")


def test_a_stale_position_is_a_conflict(chen: Api) -> None:
    number = recorded(chen)
    position = str(chen.get(f"/cases/{number}")[1]["position"])
    chen.post(
        f"/cases/{number}/documents",
        {"form": "onsite-record", "content": {**story.RECORD, "party_name": "别店"}},
        key="x",
    )
    body = {"form": "spot-decision", "content": dict(story.DECISION)}
    status, problem = chen.post(f"/cases/{number}/documents", body, key="d", **{"If-Match": position})
    assert (status, problem["code"]) == (409, "position-moved")


@pytest.mark.parametrize(
    "body", [{"form": 7}, [], "x", {"form": "spot-decision"}, {"form": "a", "content": {}, "more": 1}]
)
def test_a_body_of_another_shape_is_named_not_crashed(chen: Api, body: object) -> None:
    number = recorded(chen)
    status, problem = chen.post(f"/cases/{number}/documents", body, key="d")
    assert (status, problem["code"]) == (400, "bad-input")


def test_the_openapi_document_lists_the_contract(chen: Api) -> None:
    status, document = chen.get("/openapi.json")
    assert status == 200
    for path in (
        "/token",
        "/forms/{form}",
        "/cases",
        "/cases/{number}",
        "/cases/{number}/events",
        "/cases/{number}/documents",
    ):
        assert f"/api/v1{path}" in document["paths"]  # type: ignore[operator]


@pytest.mark.parametrize(
    "hostile",
    [
        {"content": {"place": "\ud800"}},
        {"content": {"\ud800": "x"}},
        {"content": {}, "reasons": {"a": "\udfff"}},
        {"content": {}, "claimed_at": "2026-11-22T22:00:00"},
        {"content": {}, "claimed_at": "0001-01-01T00:00:00+14:00"},
        {"content": {}, "claimed_at": "9999-12-31T23:59:59-12:00"},
    ],
)
def test_a_body_that_cannot_be_kept_is_a_bad_request(chen: Api, hostile: dict[str, object]) -> None:
    number = recorded(chen)
    status, problem = chen.post(f"/cases/{number}/documents", {"form": "onsite-record", **hostile}, key="hostile")
    assert (status, problem["code"]) == (400, "bad-input")


@pytest.mark.parametrize("path", ["/cases/%00", "/cases/x%00/events", "/cases/x%00/documents/d1.pdf"])
def test_a_number_that_no_case_can_have_is_not_found(chen: Api, path: str) -> None:
    assert chen.get(path)[0] == 404


def test_a_filter_that_no_stage_can_have_finds_nothing(chen: Api) -> None:
    assert chen.get("/cases?stage=%00")[0] == 200


def test_a_document_for_a_number_that_no_case_can_have_is_not_found(chen: Api) -> None:
    assert chen.post("/cases/%00/documents", {"form": "onsite-record", "content": {}})[0] == 404


def test_a_position_the_file_has_not_reached_is_not_taken_for_seen(chen: Api) -> None:
    number = recorded(chen)
    body = {"form": "spot-decision", "content": dict(story.DECISION)}
    status, problem = chen.post(f"/cases/{number}/documents", body, key="ahead", **{"If-Match": '"99999"'})
    assert (status, problem["code"]) == (409, "position-moved")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/token", {"login": "\ud800", "password": "\ud800", "code": "\ud800"}),
        ("/cases", {"procedure": "\ud800"}),
        ("/cases/x/publication/propose", {"masks": [{"original": "\ud800", "shown": "\ud800", "ground": "\ud800"}]}),
        ("/cases/x/publication/check", {"publication": "\ud800", "decision": "return", "reason": "\ud800"}),
    ],
)
def test_a_text_that_nobody_can_write_is_a_bad_request(chen: Api, path: str, body: dict[str, object]) -> None:
    status, problem = chen.post(path, body)
    assert (status, problem["code"]) == (400, "bad-input")


@pytest.mark.parametrize("name", ["../../门面.jpg", "C:\\门面.jpg", "门面\u202egpj.exe", "门面\r\n.jpg", "\x00", ""])
def test_the_name_of_a_file_is_no_path_and_hides_nothing(chen: Api, name: str) -> None:
    number = recorded(chen)
    files = [{"ticket": "x", "name": name, "role": "scan"}]
    body = {"form": "onsite-record", "content": {}, "files": files}
    status, problem = chen.post(f"/cases/{number}/documents", body, key="named")
    assert (status, problem["code"]) == (400, "bad-input")


def test_a_stored_file_is_attached_by_its_ticket_and_by_nothing_else(chen: Api) -> None:
    number = recorded(chen)
    stored = chen.upload("photo.jpg", b"\xff\xd8 a photograph")
    huang = Api(cast.HUANG)
    body = {"form": "onsite-record", "content": dict(story.RECORD)}
    for ticket in ("", "x", str(stored["sha256"])):
        files: list[dict[str, object]] = [{"ticket": ticket, "name": "photo.jpg", "role": "photo"}]
        status, problem = chen.post(f"/cases/{number}/documents", {**body, "files": files}, key=f"f-{ticket}")
        assert (status, problem["code"]) == (422, "file-missing")
    files = [{"ticket": stored["ticket"], "name": "photo.jpg", "role": "photo"}]
    status, problem = huang.post(f"/cases/{number}/documents", {**body, "files": files}, key="huang")
    assert (status, problem["code"]) == (422, "file-missing")
    status, _filed = chen.post(f"/cases/{number}/documents", {**body, "files": files}, key="chen")
    assert status == 201
    document = chen.get(f"/cases/{number}")[1]["documents"][-1]  # type: ignore[index]
    assert [file["role"] for file in document["files"]] == ["pdf", "photo"]


def test_a_record_is_filed_by_an_officer_it_names(chen: Api) -> None:
    _status, opened = chen.post("/cases", {}, key="open")
    status, problem = chen.post(
        f"/cases/{opened['number']}/documents", {"form": "onsite-record", "content": {}}, key="e"
    )
    assert (status, problem["code"]) == (422, "author-not-named")
