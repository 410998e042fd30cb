"""A program that talks to the office's interface over HTTP, for what a test needs done quickly."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import TypeAlias
from urllib.parse import quote

from tests.journeys.demonstration import Demo

Answer: TypeAlias = "dict[str, object]"


class UnansweredError(OSError):
    """The office answered that it could not answer: it may have been done, or not."""


@dataclass(slots=True)
class Api:
    """One account's way in. ``key`` makes each request one that can be repeated."""

    demo: Demo
    login: str
    _token: str = field(default="", repr=False)

    def get(self, path: str) -> Answer:
        return self._asked("GET", path, None, "")[1]

    def post(self, path: str, body: object, *, key: str) -> Answer:
        status, answer = self.tried(path, body, key=key)
        assert status < HTTPStatus.BAD_REQUEST, answer
        return answer

    def tried(self, path: str, body: object, *, key: str) -> tuple[int, Answer]:
        """Return status and answer, whatever they are.

        Raises:
            OSError: nobody answered: it may have been done, or not.
        """
        return self._asked("POST", path, body, key)

    def open_case(self, *, key: str = "") -> str:
        return str(self.post("/cases", {"procedure": "penalty-simple"}, key=key or new_key())["number"])

    def case(self, number: str) -> Answer:
        return self.get(f"/cases/{quote(number)}")

    def file(self, number: str, form: str, content: Mapping[str, object], *, key: str = "") -> Answer:
        body = {"form": form, "content": dict(content)}
        return self.post(f"/cases/{quote(number)}/documents", body, key=key or new_key())

    def sign(self, number: str, document: str) -> Answer:
        path = f"/cases/{quote(number)}/documents/{document}/signatures"
        return self.post(path, {}, key=quote(f"{number}/{document}/{self.login}"))

    def publication(self, number: str, act: str = "", body: object = None, *, key: str = "") -> Answer:
        """Return the page that is to be public, or ``propose`` or ``check`` it."""
        path = f"/cases/{quote(number)}/publication"
        return self.post(f"{path}/{act}", body, key=key or new_key()) if act else self.get(path)

    def _asked(self, method: str, path: str, body: object, key: str) -> tuple[int, Answer]:
        if not self._token:
            self._token = self._sign_in()
        return self._send(method, path, body, {"Authorization": f"Bearer {self._token}", "Idempotency-Key": key})

    def _sign_in(self) -> str:
        body = {"login": self.login, "password": self.demo.password(self.login)}
        status, answer = self._send("POST", "/token", body, {})
        assert status == HTTPStatus.OK, answer
        return str(answer["token"])

    def _send(self, method: str, path: str, body: object, headers: Mapping[str, str]) -> tuple[int, Answer]:
        request = urllib.request.Request(
            f"{self.demo.office}/api/v1{path}",
            data=None if method == "GET" else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **headers},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise UnansweredError(f"{error.code} {path}") from None
                return error.code, _problem(error.read())
        except HTTPException as error:  # cut off in the middle of the answer
            raise UnansweredError(path) from error


def new_key() -> str:
    """Return an idempotency key that nobody has used."""
    return secrets.token_hex(8)


def _problem(content: bytes) -> Answer:
    try:
        found: Answer = json.loads(content)
    except ValueError:
        return {"code": "", "detail": content[:200].decode(errors="replace")}
    return found
