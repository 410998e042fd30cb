"""The routes of the office API. Each does three things: read the request, call the command, shape the answer."""

from http import HTTPStatus
from typing import Any, Final, TypeAlias

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import File, HeaderEx, NinjaAPI, P, QueryEx, Router, Status
from ninja.errors import AuthenticationError, ValidationError
from ninja.files import UploadedFile
from ninja.security import HttpBearer
from typing_extensions import override

from zhunsheng.apps.accounts import tokens
from zhunsheng.apps.accounts.signin import sign_in
from zhunsheng.apps.accounts.viewers import Viewer, viewer_for
from zhunsheng.apps.cases import commands, queries
from zhunsheng.apps.cases.filing import Submission
from zhunsheng.apps.disclosure import commands as disclosure
from zhunsheng.apps.disclosure import queries as drafts
from zhunsheng.core.disclosure.masks import Mask
from zhunsheng.core.documents import normalise
from zhunsheng.core.errors import Fault, RefusedError, ZhunshengError
from zhunsheng.infra import clock, datadir, forms
from zhunsheng.infra.blobs import BlobMissingError, Blobs
from zhunsheng.web.office.api import problems, shapes, views

FILE_LIMIT: Final = 20 * 1024 * 1024  # bytes of one file; recordings have their own way in
KEY_LIMIT: Final = 200
TICKET_SECONDS: Final = 24 * 3600
_TICKETS: Final = "zhunsheng.office.files"
Key: TypeAlias = HeaderEx[str, P(alias="Idempotency-Key")]
Match: TypeAlias = HeaderEx[str, P(alias="If-Match")]
Words: TypeAlias = QueryEx[str, P(max_length=60)]
Since: TypeAlias = QueryEx[int, P(ge=0, le=2**31 - 1)]
_ANSWERS: Final = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), shapes.Problem)


class Bearer(HttpBearer):
    """A token of ``POST /token``; it ends with the account's sessions."""

    @override
    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        account = tokens.account_for(token)
        return viewer_for(account) if account else None


api: Final = NinjaAPI(title="准绳 办案接口", version="1.0", docs_url=None, auth=Bearer(), urls_namespace="api-v1")
router: Final = Router()


@api.exception_handler(AuthenticationError)
def _signed_out(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problems.problem([Fault("signed-out")])


@router.post("/token", auth=None, response={200: shapes.Token, **_ANSWERS}, summary="Sign in")
def token(request: HttpRequest, body: shapes.SignIn) -> dict[str, object]:
    account = sign_in(request, body.login, body.password, body.code)
    return {"token": tokens.issue(account), "expires_in": tokens.LIFETIME_SECONDS}


@router.get("/forms/{form}", response={200: dict[str, Any], **_ANSWERS}, summary="What a form asks for")
def form(request: HttpRequest, form: str) -> dict[str, object]:
    _viewer(request)
    try:
        return dict(views.form(forms.form(form)))
    except KeyError:
        raise Http404 from None


@router.post("/cases", response={201: shapes.CaseNumber, **_ANSWERS}, summary="Open a case file")
def open_case(request: HttpRequest, body: shapes.OpenCase, idempotency_key: Key = "") -> Status[dict[str, object]]:
    number = commands.open_case(body.procedure, viewer=_viewer(request), at=clock.now(), key=_key(idempotency_key))
    return Status(HTTPStatus.CREATED, {"number": number})


@router.get("/cases", response={200: dict[str, Any], **_ANSWERS}, summary="List case files, newest first")
def cases(
    request: HttpRequest,
    text: Words = "",
    stage: Words = "",
    mine: bool = False,  # noqa: FBT001, FBT002  (a query parameter)
    after: Words = "",
) -> dict[str, object]:
    only = queries.Filter(text.replace("\0", ""), stage.replace("\0", ""), mine)
    page = queries.case_list(only, viewer=_viewer(request), after=after)
    following = page.rows[-1].cursor if page.more else None
    return {"cases": [views.line(row) for row in page.rows], "next": following, "total": page.total}


@router.get("/cases/{number}", response={200: dict[str, Any], **_ANSWERS}, summary="One case file as it stands")
def case(request: HttpRequest, number: str, response: HttpResponse) -> dict[str, object]:
    view = queries.case_view(number, viewer=_viewer(request), at=clock.now())
    response["ETag"] = f'"{view.state.position}"'
    return dict(views.case(view))


@router.get("/cases/{number}/events", response={200: dict[str, Any], **_ANSWERS}, summary="What happened, in order")
def events(request: HttpRequest, number: str, since: Since = 0) -> dict[str, object]:
    view = queries.case_view(number, viewer=_viewer(request), at=clock.now())
    found = [views.event(one) for one in view.events if one.position > since]
    return {"events": found, "position": view.state.position, "committed": view.committed}


@router.post("/cases/{number}/documents", response={201: shapes.Filed, **_ANSWERS}, summary="File a document")
def file_document(
    request: HttpRequest,
    number: str,
    body: shapes.Document,
    idempotency_key: Key = "",
    if_match: Match = "",
) -> Status[dict[str, object]]:
    submission = Submission(
        form=_known_form(body.form),
        raw=body.content,
        key=_key(idempotency_key),
        position=_position(if_match),
        reasons=body.reasons,
        claimed_at=body.claimed_at,
        files=tuple(_stored(file, _viewer(request)) for file in body.files),
        device="接口",
    )
    filed = commands.file_document(normalise(number), submission, viewer=_viewer(request), at=clock.now())
    answer: dict[str, object] = {
        "case": filed.case,
        "document": filed.document,
        "number": filed.number,
        "pdf_sha256": filed.pdf or None,
        "position": filed.position,
        "flagged": [views.fault(fault) for fault in filed.flagged],
    }
    return Status(HTTPStatus.CREATED, answer)


@router.get("/cases/{number}/documents/{document}.pdf", response={**_ANSWERS}, summary="The issued bytes")
def pdf(request: HttpRequest, number: str, document: str) -> HttpResponse:
    content = queries.pdf(number, document, viewer=_viewer(request), at=clock.now())
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="application/pdf")


@router.post(
    "/cases/{number}/documents/{document}/signatures",
    response={200: shapes.Position, **_ANSWERS},
    summary="Sign a document that names you",
)
def sign(request: HttpRequest, number: str, document: str, idempotency_key: Key = "") -> dict[str, object]:
    key = _key(idempotency_key)
    at = commands.sign_document(normalise(number), document, viewer=_viewer(request), at=clock.now(), key=key)
    return {"position": at}


@router.post("/files", response={201: shapes.Stored, **_ANSWERS}, summary="Store a file; documents name it by digest")
def files(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, object]]:
    viewer = _viewer(request)
    if (file.size or 0) > FILE_LIMIT:
        raise RefusedError([Fault("file-too-large", facts=(("limit", str(FILE_LIMIT // 2**20)),))])
    content = file.read()
    digest = Blobs(datadir.current().blobs).put(content)
    ticket = signing.dumps({"sha256": digest}, salt=f"{_TICKETS}/{viewer.account}")
    return Status(HTTPStatus.CREATED, {"sha256": digest, "size": len(content), "ticket": ticket})


@router.get("/cases/{number}/publication", response={200: dict[str, Any], **_ANSWERS}, summary="The page to be public")
def publication(request: HttpRequest, number: str) -> dict[str, object]:
    viewer, at = _viewer(request), clock.now()
    waiting = drafts.checking(number, viewer=viewer, at=at)
    if waiting is not None:
        masks = [mask.sealed() for mask in waiting.masks]
        return {
            "state": "proposed",
            "publication": waiting.publication.id,
            "page": dict(waiting.page),
            "page_digest": waiting.page_digest,
            "masks": masks,
        }
    draft = drafts.drafting(number, viewer=viewer, at=at)
    if draft is None:
        raise Http404
    left = [views.fault(fault) for fault in draft.residual]
    return {"state": "draft", "page": draft.page, "masks": [mask.sealed() for mask in draft.masks], "residual": left}


@router.post(
    "/cases/{number}/publication/propose",
    response={201: shapes.Proposed, **_ANSWERS},
    summary="Propose the public text",
)
def propose(
    request: HttpRequest, number: str, body: shapes.Propose, idempotency_key: Key = ""
) -> Status[dict[str, object]]:
    viewer, at, key = _viewer(request), clock.now(), _key(idempotency_key)
    if body.masks is None:
        draft = drafts.drafting(number, viewer=viewer, at=at)
        masks = draft.masks if draft else ()
    else:
        masks = tuple(Mask(n, one.original, one.shown, one.ground) for n, one in enumerate(body.masks, start=1))
    proposed = disclosure.propose(normalise(number), masks, viewer=viewer, at=at, key=key)
    return Status(HTTPStatus.CREATED, {"publication": proposed})


@router.post("/cases/{number}/publication/check", response={200: shapes.Done, **_ANSWERS}, summary="Approve or return")
def check(request: HttpRequest, number: str, body: shapes.CheckIn, idempotency_key: Key = "") -> dict[str, object]:
    viewer, at, key, case = _viewer(request), clock.now(), _key(idempotency_key), normalise(number)
    if body.decision == "approve":
        disclosure.approve(case, body.publication, body.page_digest, viewer=viewer, at=at, key=key)
    else:
        disclosure.send_back(case, body.publication, body.reason, viewer=viewer, at=at, key=key)
    return {"done": True}


def _viewer(request: HttpRequest) -> Viewer:
    viewer = getattr(request, "auth", None)
    if not isinstance(viewer, Viewer):
        raise AuthenticationError
    return viewer


def _key(given: str) -> str:
    if not given.strip() or len(given) > KEY_LIMIT or not given.isprintable():
        raise RefusedError([Fault("idempotency-key-missing")])
    return given.strip()


def _known_form(name: str) -> str:
    if name not in forms.forms():
        raise RefusedError([Fault("step-not-allowed", facts=(("form", name[:40]),), field="form")])
    return name


def _position(given: str) -> int | None:
    bare = given.strip().removeprefix("W/").strip('"')
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit() and len(bare) < 10):  # noqa: PLR2004  (positions are four-byte integers)
        raise RefusedError([Fault("bad-input", facts=(("field", "If-Match"),))])
    return int(bare)


def _stored(file: shapes.FileRef, viewer: Viewer) -> dict[str, str | int]:
    """Return a file as a document names it. A digest alone opens nothing: it could be of another case's file."""
    try:
        # The account is part of the salt: another one's ticket is no ticket.
        ticket = signing.loads(file.ticket, salt=f"{_TICKETS}/{viewer.account}", max_age=TICKET_SECONDS)
        size = len(Blobs(datadir.current().blobs).read(ticket["sha256"]))
    except (signing.BadSignature, BlobMissingError):
        raise RefusedError([Fault("file-missing", facts=(("name", file.name),), field="files")]) from None
    return {"role": file.role, "name": file.name, "sha256": ticket["sha256"], "size": size}


api.add_router("", router)


@api.exception_handler(RefusedError)
def _refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    return problems.refused(request, error)


@api.exception_handler(ZhunshengError)
def _known(request: HttpRequest, error: ZhunshengError) -> HttpResponse:
    return problems.known(request, error)


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.malformed(request, error)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems.missing(request, error)


urlpatterns = [path("", api.urls)]
