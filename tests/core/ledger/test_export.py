"""An exported case file: what is verified, and that every kind of damage names its record."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.ledger.makers import NUMBER, PHOTO, POLICY, Export, Ledger, case_file
from zhunsheng.core.ledger.bundle import BundleError
from zhunsheng.core.ledger.canonical import canonical, parse_object, sha256
from zhunsheng.core.ledger.entry import Entry
from zhunsheng.core.ledger.export import ExportedEvent, FileRefusedError, Manifest, event_path, verify_export
from zhunsheng.core.ledger.verdict import Found, State, Verdict


def export() -> Export:
    return case_file(Ledger())


def verify(one: Export) -> Verdict:
    return verify_export(one.read, one.names, POLICY)


def failures(verdict: Verdict) -> set[tuple[str, str]]:
    return {(check.name, check.record) for check in verdict.failed}


def with_event(one: Export, position: int, **changes: object) -> None:
    events = list(one.manifest.events)
    events[position - 1] = replace(events[position - 1], **changes)  # type: ignore[arg-type]  # members by name
    one.manifest = replace(one.manifest, events=tuple(events))


def test_an_untouched_case_file_is_verified() -> None:
    verdict = verify(export())
    assert verdict.state is State.VERIFIED, verdict.failed
    assert [check.record for check in verdict.checks if check.name == "event"] == ["event 1", "event 2", "event 3"]
    assert [check.record for check in verdict.checks if check.name == "file"] == ["files/现场.jpg", "files/笔录.pdf"]


def test_without_a_policy_it_is_consistent_and_untrusted() -> None:
    one = export()
    assert verify_export(one.read, one.names, None).state is State.UNTRUSTED


def test_large_files_are_hashed_by_whoever_can_do_it_in_pieces() -> None:
    one, asked = export(), []

    def digest(path: str) -> bytes:
        asked.append(path)
        return sha256(one.files[path])

    assert verify_export(one.read, one.names, POLICY, digest=digest).state is State.VERIFIED
    assert asked == ["files/现场.jpg", "files/笔录.pdf"]


# --- Damage, each named ---


def change_body(one: Export) -> None:
    one.files[event_path(2)] = one.files[event_path(2)].replace(b"d1", b"d2")


def change_body_to_no_json(one: Export) -> None:
    one.files[event_path(2)] = b"{"


def lose_body(one: Export) -> None:
    del one.files[event_path(2)]
    with_event(one, 2)


def change_header(one: Export) -> None:
    with_event(one, 2, header=one.manifest.events[1].header.replace("account-7", "account-8"))


def break_header(one: Export) -> None:
    with_event(one, 2, header="{}")


def change_salt(one: Export) -> None:
    with_event(one, 2, salt="00" * 32)


def shorten_salt(one: Export) -> None:
    with_event(one, 2, salt="00" * 31)


def shout_salt(one: Export) -> None:
    with_event(one, 2, salt=("ab" * 32).upper())


def drop_salt(one: Export) -> None:
    with_event(one, 2, salt=None)


def drop_body_path(one: Export) -> None:
    with_event(one, 2, body=None)


def climb_out(one: Export) -> None:
    with_event(one, 2, body="events/../../etc/passwd")


def break_entry(one: Export) -> None:
    with_event(one, 2, entry="{}")


def change_index(one: Export) -> None:
    with_event(one, 2, index=one.manifest.events[1].index + 1)


def change_proof(one: Export) -> None:
    with_event(one, 2, proof=("00" * 32, *one.manifest.events[1].proof[1:]))


def delete_event(one: Export) -> None:
    events = one.manifest.events
    one.manifest = replace(one.manifest, events=(events[0], events[2]))
    del one.files[event_path(2)]


def delete_first_event(one: Export) -> None:
    one.manifest = replace(one.manifest, events=one.manifest.events[1:])
    del one.files[event_path(1)]


def swap_events(one: Export) -> None:
    first, second, third = one.manifest.events
    one.manifest = replace(one.manifest, events=(first, third, second))


def change_number(one: Export) -> None:
    one.manifest = replace(one.manifest, number="厦海卫案〔2026〕2号")


def change_file(one: Export) -> None:
    one.files["files/现场.jpg"] = b"another photo"


def change_file_and_its_digest(one: Export) -> None:
    one.files["files/现场.jpg"] = b"another photo"
    files = (("files/现场.jpg", sha256(b"another photo").hex()), one.manifest.files[1])
    one.manifest = replace(one.manifest, files=files)


def lose_file(one: Export) -> None:
    del one.files["files/现场.jpg"]


def lose_file_and_its_line(one: Export) -> None:
    del one.files["files/现场.jpg"]
    one.manifest = replace(one.manifest, files=one.manifest.files[1:])


def add_file(one: Export) -> None:
    one.files["files/confession.pdf"] = b"forged"


def add_file_and_its_line(one: Export) -> None:
    one.files["files/confession.pdf"] = b"forged"
    files = (*one.manifest.files, ("files/confession.pdf", sha256(b"forged").hex()))
    one.manifest = replace(one.manifest, files=files)


def name_a_path_outside(one: Export) -> None:
    one.manifest = replace(one.manifest, files=(*one.manifest.files, ("../../etc/passwd", "00" * 32)))


def break_checkpoint(one: Export) -> None:
    one.manifest = replace(one.manifest, checkpoint="no note")


def no_events(one: Export) -> None:
    one.manifest = replace(one.manifest, events=(), files=())
    one.files = {}


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (change_body, {("event-payload", "event 2")}),
        (change_body_to_no_json, {("event-payload", "event 2")}),
        (lose_body, {("file-unreadable", "event 2")}),
        (change_header, {("event-commitment", "event 2")}),
        (break_header, {("event-header", "event 2"), ("event-commitment", "event 2")}),
        (change_salt, {("event-payload", "event 2")}),
        (shorten_salt, {("event-salt", "event 2")}),
        (shout_salt, {("event-salt", "event 2")}),
        (drop_salt, {("event-salt", "event 2")}),
        (drop_body_path, {("file-path", "event 2")}),
        (climb_out, {("file-path", "event 2")}),
        (break_entry, {("entry", "event 2"), ("inclusion", "event 2")}),
        (change_index, {("inclusion", "event 2")}),
        (change_proof, {("inclusion", "event 2")}),
        (delete_event, {("event-position", "event 2")}),
        (delete_first_event, {("event-position", "event 1"), ("event-position", "event 2")}),
        (swap_events, {("event-position", "event 2"), ("event-position", "event 3"), ("event-order", "event 3")}),
        (change_number, {("number", "event 1")}),
        (change_file, {("file-digest", "files/现场.jpg")}),
        (change_file_and_its_digest, {("file-unbound", "files/现场.jpg")}),
        (lose_file, {("file-unreadable", "files/现场.jpg")}),
        (lose_file_and_its_line, {("file-missing", sha256(PHOTO).hex())}),
        (add_file, {("file-extra", "files/confession.pdf")}),
        (add_file_and_its_line, {("file-unbound", "files/confession.pdf")}),
        (name_a_path_outside, {("file-path", "../../etc/passwd")}),
        (break_checkpoint, {("checkpoint", "")}),
        (no_events, {("stream", "")}),
    ],
)
def test_damage_is_refuted_and_the_record_named(damage: Callable[[Export], None], named: set[tuple[str, str]]) -> None:
    one = export()
    damage(one)
    verdict = verify(one)
    assert verdict.state is State.REFUTED
    assert named <= failures(verdict)


def test_an_event_of_another_case_is_noticed() -> None:
    verdict = verify(case_file(Ledger(), other_stream_at=2))
    assert failures(verdict) == {("stream", "")}


def test_a_publication_of_another_cases_decision_is_noticed() -> None:
    one = export()
    entry = Entry.parse(one.manifest.events[2].entry.encode())
    with_event(one, 3, entry=replace(entry, of=b"\x07" * 32).encode().decode())
    assert ("event-of", "event 3") in failures(verify(one))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_byte_of_the_manifest_can_change_unseen(data: st.DataObject) -> None:
    one = export()
    text = one.manifest.encode()
    at = data.draw(st.integers(0, len(text) - 1))
    one.files["manifest.json"] = text[:at] + bytes([text[at] ^ 1 << data.draw(st.integers(0, 7))]) + text[at + 1 :]
    assert verify(one).state in {State.REFUTED, State.UNREADABLE}


# --- Disposal ---


def test_a_disposed_payload_leaves_a_proof_that_something_happened() -> None:
    one = export()
    with_event(one, 2, salt=None, body=None)
    del one.files[event_path(2)]
    verdict = verify(one)
    assert verdict.state is State.VERIFIED
    open_questions = {(check.name, check.record) for check in verdict.checks if check.state is Found.NOT_CHECKED}
    assert ("event-disposed", "event 2") in open_questions
    assert ("file-unbound", "files/现场.jpg") in open_questions


def test_a_file_outside_the_two_folders_is_said_to_be_unproved() -> None:
    one = export()
    one.files["README.txt"] = b"hello"
    verdict = verify(one)
    assert verdict.state is State.VERIFIED
    (extra,) = (check for check in verdict.checks if check.name == "file-extra")
    assert (extra.record, extra.state) == ("README.txt", Found.NOT_CHECKED)


def test_a_payload_without_files_and_one_with_odd_ones_are_read() -> None:
    one = export()
    odd = canonical({"number": NUMBER, "files": [1, {"sha256": 5}, {"name": "x"}]})
    one.files[event_path(1)] = odd
    assert failures(verify(one)) == {("event-payload", "event 1")}


# --- What is no export ---


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"{}",
        canonical({"format": "zhunsheng-casefile/1"}),
        canonical({"format": "zhunsheng-casefile/1", "number": "", "events": 1, "checkpoint": "", "files": []}),
        canonical({"format": "zhunsheng-casefile/1", "number": "", "events": [1], "checkpoint": "", "files": []}),
        canonical({"format": "zhunsheng-casefile/1", "number": "", "events": [{}], "checkpoint": "", "files": []}),
        canonical({"format": "zhunsheng-casefile/1", "number": 1, "events": [], "checkpoint": "", "files": []}),
        canonical(
            {"format": "zhunsheng-casefile/1", "number": "", "events": [], "checkpoint": "", "files": [{"a": 1}]}
        ),
    ],
)
def test_what_is_no_manifest_is_unreadable(manifest: bytes) -> None:
    assert verify_export(lambda _: manifest, ["manifest.json"], POLICY).state is State.UNREADABLE
    with pytest.raises(BundleError):
        Manifest.parse(manifest)


def test_a_folder_without_a_manifest_is_unreadable() -> None:
    def missing(_: str) -> bytes:
        raise FileRefusedError("missing")

    assert verify_export(missing, [], POLICY).state is State.UNREADABLE


def test_a_manifest_reads_as_it_was_written() -> None:
    manifest = export().manifest
    assert Manifest.parse(manifest.encode()) == manifest
    assert parse_object(manifest.encode())["format"] == "zhunsheng-casefile/1"
    assert isinstance(manifest.events[0], ExportedEvent)
