from datetime import UTC, datetime

import pytest

from zhunsheng.apps.accounts import totp

# RFC 6238, appendix B, SHA-1: the last six of eight digits.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_vectors_of_the_rfc(second: int, code: str) -> None:
    assert totp.step_of(RFC_SECRET, code, datetime.fromtimestamp(second, UTC)) == second // 30


def test_a_secret_is_new_each_time_and_fits_an_authenticator() -> None:
    secret = totp.new_secret()
    assert secret != totp.new_secret()
    assert totp.address(secret, "kong").startswith("otpauth://totp/")


@pytest.mark.parametrize("secret", ["", "AAAA", "not base32 at all, but long enough to be one", "\x00" * 32])
def test_what_is_no_secret_has_no_code(secret: str) -> None:
    assert totp.step_of(secret, "123456", datetime(2026, 11, 20, tzinfo=UTC)) is None
