"""The browser's verifier says what ours says, check by check, also about damaged bundles.

Its modules run here under Node, which has the same WebCrypto. The journey in a real
browser is tests/web's.
"""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import zhunsheng
from tests.core.ledger.makers import COSIGNER, LOG, OLD_LOG, PAGE, POLICY, SECOND, Ledger, publication
from zhunsheng.core.ledger.bundle import verify_bundle
from zhunsheng.core.ledger.canonical import canonical, parse_object
from zhunsheng.core.ledger.entry import Entry
from zhunsheng.core.ledger.policy import DatedKey, Policy

MODULES = Path(zhunsheng.__file__).parent / "web/shared/static/shared/verify"
NODE = shutil.which("node")
RUNNER = """
import { verifyBundle } from "./bundle.js";
let text = "";
for await (const part of process.stdin) text += part;
const answers = [];
for (const [bundle, policy, shown] of JSON.parse(text)) answers.push(await verifyBundle(bundle, policy, shown));
console.log(JSON.stringify(answers));
"""

Case = tuple[str, str | None, str | None]
Judge = Callable[[list[Case]], list[dict[str, Any]]]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Run the modules over some cases in one process."""
    if NODE is None:
        pytest.skip("no node: the browser's verifier was not compared with ours")
    for module in MODULES.glob("*.js"):
        shutil.copy(module, tmp_path)
    (tmp_path / "package.json").write_text('{"type":"module"}')
    (tmp_path / "run.js").write_text(RUNNER)

    def run(cases: list[Case]) -> list[dict[str, Any]]:
        done = subprocess.run(
            [str(NODE), "--no-warnings", "run.js"],
            input=json.dumps(cases).encode(),
            capture_output=True,
            check=True,
            cwd=tmp_path,
            timeout=100,
        )
        answers: list[dict[str, Any]] = json.loads(done.stdout)
        return answers

    return run


def ours(text: str, policy: Policy | None) -> tuple[str, dict[str, str]]:
    verdict = verify_bundle(text.encode("utf-8", "surrogatepass"), policy)
    return verdict.state.value, {check.name: check.state.value for check in verdict.checks}


def theirs(answer: dict[str, Any]) -> tuple[str, dict[str, str]]:
    return answer["state"], {check["name"]: check["state"] for check in answer["checks"]}


def compare(judge: Judge, texts: list[tuple[str, Policy | None]]) -> list[str]:
    answers = judge([(text, policy.write() if policy else None, None) for text, policy in texts])
    for (text, policy), answer in zip(texts, answers, strict=True):
        assert theirs(answer) == ours(text, policy), text
    return [answer["state"] for answer in answers]


LEDGER = Ledger()
BUNDLE = publication(LEDGER)
TEXT = BUNDLE.encode().decode()


def test_under_every_policy_both_say_the_same(judge: Judge) -> None:
    keys = (DatedKey(COSIGNER.key), DatedKey(SECOND.key))
    policies: list[Policy | None] = [
        POLICY,
        None,
        Policy((DatedKey(LOG.key),)),
        Policy((DatedKey(OLD_LOG.key),)),
        Policy((DatedKey(OLD_LOG.key), DatedKey(LOG.key)), keys, 2),
        Policy((DatedKey(LOG.key, None, date(2020, 1, 1)),), keys, 1),
        Policy((DatedKey(LOG.key, date(2026, 3, 2), date(2026, 3, 2)),), keys, 1),
        Policy((DatedKey(LOG.key),), (DatedKey(COSIGNER.key, date(2026, 3, 3)),), 1),
    ]
    both = LEDGER.note(cosigners=(COSIGNER, SECOND)).encode().decode()
    mad = LEDGER.note(at=2**64 - 1).encode().decode()
    texts = [TEXT, *(replace(BUNDLE, checkpoint=note).encode().decode() for note in (both, mad))]
    states = compare(judge, [(text, policy) for text in texts for policy in policies])
    assert {"verified", "untrusted"} == set(states)


def test_about_every_changed_character_both_say_the_same(judge: Judge) -> None:
    raw = parse_object(BUNDLE.encode())
    texts: list[str] = []
    for member in ("content", "entry", "checkpoint", "origin", "pdf_sha256"):
        value = str(raw[member])
        for at in range(len(value)):
            changed = value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
            texts.append(canonical(raw | {member: changed}).decode())
    assert set(compare(judge, [(text, POLICY) for text in texts])) == {"refuted"}


def test_about_what_is_no_bundle_both_say_the_same(judge: Judge) -> None:
    plain = Entry(b"\x01" * 32).encode().decode()
    damaged = [
        "",
        "[]",
        "{}",
        "null",
        TEXT.replace("bundle/1", "bundle/2"),
        TEXT.replace('"index":5', '"index":"5"'),
        TEXT.replace('"index":5', '"index":5.5'),
        TEXT.replace('"index":5', '"index":true'),
        TEXT.replace('"index":5', '"index":-1'),
        TEXT.replace('"index":5', '"index":9'),
        TEXT.replace('"index":5', '"index":5,"more":1'),
        TEXT.replace('"proof":[', '"proof":[1,'),
        TEXT.replace('"proof":[', '"proof":["x",'),
        TEXT.replace('"origin":', '"_origin":'),
        replace(BUNDLE, proof=()).encode().decode(),
        replace(BUNDLE, proof=(*BUNDLE.proof, "00" * 32)).encode().decode(),
        replace(BUNDLE, proof=(BUNDLE.proof[0].upper(), *BUNDLE.proof[1:])).encode().decode(),
        replace(BUNDLE, entry=plain).encode().decode(),
        replace(BUNDLE, entry="null").encode().decode(),
        replace(BUNDLE, size=10).encode().decode(),
        replace(BUNDLE, size=None, pdf_sha256=None).encode().decode(),
        replace(BUNDLE, checkpoint="").encode().decode(),
        replace(BUNDLE, checkpoint=BUNDLE.checkpoint * 2).encode().decode(),
        replace(BUNDLE, checkpoint=BUNDLE.checkpoint.replace("\n9\n", "\n09\n")).encode().decode(),
    ]
    compare(judge, [(text, POLICY) for text in damaged])


def test_the_text_on_the_page_is_compared_with_the_one_proved(judge: Judge) -> None:
    same, other = judge([(TEXT, POLICY.write(), PAGE), (TEXT, POLICY.write(), PAGE + " ")])
    assert (same["state"], other["state"]) == ("verified", "refuted")
    assert {"name": "shown", "state": "failed", "expected": "", "found": ""} in other["checks"]


def test_a_policy_that_could_be_misread_is_refused(judge: Judge) -> None:
    good = POLICY.write()
    spoilt = [
        "",
        "quorum 0\n",
        good + "quorum 1\n",
        good + good,
        good.replace("quorum 1", "quorum 2"),
        good.replace("log ", "witness "),
        good.replace("log ", "trust "),
        good.replace("\nwitness", " from 2026-02-30\nwitness"),
        good.replace("\nwitness", " from\nwitness"),
        good.replace("\nwitness", " from 2026-01-01 from 2026-01-01\nwitness"),
        good.replace("log ", "log x"),
    ]
    for answer in judge([(TEXT, policy, None) for policy in spoilt]):
        assert theirs(answer) == ("unreadable", {"policy": "unreadable"})
    (answer,) = judge([(TEXT, "# comment\r\n\r\n" + good.replace("\n", "   # why\n"), None)])
    assert answer["state"] == "verified"


def test_the_page_gets_what_it_needs_to_explain(judge: Judge) -> None:
    (answer,) = judge([(TEXT, POLICY.write(), None)])
    assert answer["checkpoint"]["cosigners"] == [{"name": "cosigner.example", "at": 1772424000}]
    assert (answer["checkpoint"]["size"], answer["checkpoint"]["root"]) == (9, LEDGER.root.hex())


@pytest.mark.parametrize("module", sorted(MODULES.glob("*.js")), ids=lambda path: path.name)
def test_modules_stay_small_and_fetch_nothing(module: Path) -> None:
    text = module.read_text("utf-8")
    assert len(text.splitlines()) < 150
    assert "fetch(" not in text
    assert "http" not in text.replace("https or localhost", "")
