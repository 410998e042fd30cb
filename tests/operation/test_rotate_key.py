"""docs/how-to/rotate-keys.md, done for real: whoever trusted the old key is led to the new one by both."""

from datetime import date, timedelta

import pytest

from tests.apps.journal.world import SHOP, World
from zhunsheng.apps.journal import ledger
from zhunsheng.apps.journal.audit.running import audit
from zhunsheng.cli import rotate_key
from zhunsheng.cli.rotate_key import RotationError
from zhunsheng.core.ledger.keys import VerifierKey
from zhunsheng.core.ledger.note import parse_checkpoint
from zhunsheng.core.ledger.policy import Policy
from zhunsheng.infra import clock
from zhunsheng.infra.keys import KeyRing

pytestmark = pytest.mark.postgres


def round_(world: World, *texts: str) -> None:
    world.file(SHOP, *texts)
    ledger.tick()
    ledger.tick()


def believed(world: World, rules: Policy) -> tuple[VerifierKey, ...]:
    """Return the log's keys that count under the published checkpoint."""
    data = world.store.checkpoint()
    assert data is not None
    note, checkpoint = parse_checkpoint(data)
    trust = rules.examine(note, checkpoint)
    assert trust.has_quorum
    return trust.logs


def test_both_keys_sign_until_the_old_one_is_destroyed(world: World) -> None:
    round_(world, "现场笔录")
    before, today = ledger.policy(), clock.today()
    old = before.logs[0].key

    new = rotate_key.begin(today, today)
    round_(world, "当场处罚决定书")
    assert believed(world, before) == (old,)  # a stranger with the old policy still believes
    assert set(believed(world, ledger.policy())) == {old, new}

    rotate_key.finish(today + timedelta(days=1))
    round_(world, "送达回证")
    assert believed(world, ledger.policy()) == (new,)
    assert [signer.key for signer in KeyRing(world.data).log_signers()] == [new]
    assert audit(world.data.witness, checks=()).findings == ()


def test_an_interrupted_rotation_makes_no_third_key(world: World) -> None:
    round_(world, "现场笔录")
    today = clock.today()
    new = rotate_key.begin(today, today)
    policy = world.data.policy.read_text(encoding="utf-8")
    assert rotate_key.begin(today, today) == new
    assert world.data.policy.read_text(encoding="utf-8") == policy
    assert len(KeyRing(world.data).log_signers()) == 2


def test_an_old_key_that_is_still_good_is_not_destroyed(world: World) -> None:
    round_(world, "现场笔录")
    today = clock.today()
    with pytest.raises(RotationError, match="no rotation"):
        rotate_key.finish(today)
    rotate_key.begin(today, today)
    with pytest.raises(RotationError, match="good until"):
        rotate_key.finish(today)
    assert len(KeyRing(world.data).log_signers()) == 2


def test_a_last_day_in_the_past_is_refused_and_changes_nothing(world: World) -> None:
    round_(world, "现场笔录")
    policy = world.data.policy.read_text(encoding="utf-8")
    with pytest.raises(RotationError, match="is over"):
        rotate_key.begin(date(2020, 1, 1), clock.today())
    assert len(KeyRing(world.data).log_signers()) == 1
    assert world.data.policy.read_text(encoding="utf-8") == policy


def test_comments_and_first_days_of_the_policy_stay(world: World) -> None:
    round_(world, "现场笔录")
    text = world.data.policy.read_text(encoding="utf-8")
    key = str(ledger.policy().logs[0].key)
    world.data.policy.write_text("# ours\n" + text.replace(key, f"{key} from 2026-01-01"), encoding="utf-8")
    today = clock.today()
    new = rotate_key.begin(today, today)
    lines = world.data.policy.read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["# ours", f"log {key} from 2026-01-01 to {today}", f"log {new} from {today}"]
