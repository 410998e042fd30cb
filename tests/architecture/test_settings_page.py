"""The page of settings says what the class reads."""

from tools import settings_page


def test_the_page_is_up_to_date() -> None:
    assert settings_page.PAGE.read_text(encoding="utf-8") == settings_page.page(), "make docs"
