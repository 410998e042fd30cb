"""What the command line answers about the law, and how it refuses a bad question."""

import json

import pytest

from zhunsheng.cli.main import main


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(["law", *words])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_a_deadline_is_told_with_every_day(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "deadline", "hearing.request", "--from", "2026-09-28")
    assert status == 0
    assert "最后一日：2026年10月10日（星期六）" in out
    assert "2026年10月1日（星期四）至2026年10月7日（星期三）：国庆节放假，不算。" in out
    assert "第 5 个工作日（国庆节调休上班）" in out
    assert "行政处罚法第八十五条" in out


@pytest.mark.parametrize("place", ["before", "after"])
def test_json_may_stand_before_and_after_the_question(capsys: pytest.CaptureFixture[str], place: str) -> None:
    question = ["law", "deadline", "pay", "--from", "2026-09-20"]
    assert main(["--json", *question] if place == "before" else [*question, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["raw"], found["shifted"], found["last"]) == ("2026-10-05", "2026-10-08", "2026-10-08")
    assert (found["rule"], found["whose"], found["provisional"], found["basis"]) == (
        "pay",
        "party",
        False,
        "xzcff:67.3",
    )
    assert [day["day"] for day in found["days"] if day["number"] == 15] == ["2026-10-05"]


def test_the_agencys_term_shows_both_days(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "deadline", "decide", "--from", "2026-07-04")
    assert "7月 27 天＋8月 31 天＋9月 30 天＋10月 2 天＝90 天" in out
    assert "按这一天提醒；顺延后是2026年10月8日（星期四）" in out


def test_a_provisional_day_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "deadline", "litigation", "--from", "2026-08-31")
    assert "2027年3月1日（星期一）（暂定）" in out
    assert "2027年放假安排还没有公布" in out


def test_a_month_has_its_corresponding_day_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "deadline", "litigation", "--from", "2026-01-15")
    assert "6 个月以后的对应日：2026年7月15日（星期三）" in out


def test_a_notice_is_counted_backwards(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "deadline", "hearing.notice", "--from", "2026-10-20")
    assert "最迟：2026年10月10日（星期六）" in out


def test_hours_want_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "deadline", "transfer.hand_over", "--from", "2026-09-30T16:40", "--json")
    assert (status, json.loads(out)["last"]) == (0, "2026-10-01T16:40")
    status, out, _ = ask(capsys, "deadline", "transfer.hand_over", "--from", "2026-09-30T16:40")
    assert "最迟：2026年10月1日（星期四） 16:40" in out
    status, _, err = ask(capsys, "deadline", "transfer.hand_over", "--from", "2026-09-30")
    assert status == 2
    assert "要写到时分" in err


def test_a_chinese_title_is_a_name_too(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "deadline", "缴纳罚款", "--from", "2026-09-20", "--json")
    assert (status, json.loads(out)["rule"]) == (0, "pay")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("deadline", "hearing.reqest", "--from", "2026-09-28"), "unknown-name", "是不是“hearing.request”"),
        (("deadline", "simple.fine_max.citizen", "--from", "2026-09-28"), "unknown-name", "这个期限"),
        (("deadline", "pay", "--from", "2026-02-30"), "bad-date", "不是真实的日期"),
        (("deadline", "pay", "--from", "26-02-03"), "bad-date", "不是真实的日期"),
        (("deadline", "pay", "--from", ""), "bad-date", "不是真实的日期"),
        (("deadline", "pay", "--from", "9999-12-31"), "date-out-of-range", "超出"),
        (("deadline", "pay", "--from", "2017-12-31"), "no-rule", "最早的一条从 2018-01-01 起"),
        (("parameter", "nothing", "--on", "2026-01-01"), "unknown-name", "没有“nothing”"),
        (("parameter", "publish.other", "--on", "2018-12-04"), "no-rule", "还没有规定"),
        (("parameter", "pay", "--on", "tomorrow"), "bad-date", "不是真实的日期"),
        (("procedure", "penalty-grand"), "procedure-unknown", "没有“penalty-grand”这种程序"),
    ],
)
def test_a_bad_question_ends_with_2_and_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str, said: str
) -> None:
    status, out, err = ask(capsys, *words, "--json")
    assert status == 2
    assert said in err
    assert json.loads(out)["error"] == code


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (("deadline", "x", "--from", "2026-09-28"), "hearing.request"),
        (("parameter", "x"), "simple.fine_max.citizen"),
        (("procedure", "x"), "penalty-simple"),
    ],
)
def test_a_bad_name_is_answered_with_the_known_ones(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], known: str
) -> None:
    status, out, err = ask(capsys, *words, "--json")
    assert (status, known in json.loads(out)["known"], known in err) == (2, True, True)


@pytest.mark.parametrize(("day", "fen"), [("2018-06-04", 5_000), ("2021-07-14", 5_000), ("2021-07-15", 20_000)])
def test_a_parameter_is_that_of_its_day(capsys: pytest.CaptureFixture[str], day: str, fen: int) -> None:
    _, out, _ = ask(capsys, "parameter", "simple.fine_max.citizen", "--on", day, "--json")
    found = json.loads(out)
    assert (found["value"], found["unit"]) == (fen, "fen")
    assert found["confidence"] in {"L", "BG"}


def test_a_parameter_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "parameter", "simple.fine_max.organisation", "--on", "2018-06-04")
    assert "1,000.00 元" in out
    assert "第三十三条" in out
    assert "2021年7月15日（星期四）以前" in out
    _, out, _ = ask(capsys, "parameter", "decide", "--on", "2026-06-04")
    assert "90 日" in out
    assert "说明：" in out


@pytest.mark.parametrize("name", ["surcharge.daily", "officers.minimum", "reconsideration.body", "seizure"])
def test_each_kind_of_quantity_has_words(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert ask(capsys, "parameter", name)[0] == 0


def test_a_procedure_is_told_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ask(capsys, "procedure", "penalty-simple", "--on", "2026-11-22")
    assert status == 0
    assert "recorded → decided：spot-decision" in out
    assert "《中华人民共和国行政处罚法》第五十一条" in out
    _, out, _ = ask(capsys, "procedure", "penalty-simple", "--json")
    found = json.loads(out)
    assert {"stages", "edges", "gates", "basis", "forms"} <= found.keys()


def test_a_procedure_of_2018_cites_the_articles_of_2018(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capsys, "procedure", "penalty-simple", "--on", "2018-06-22")
    assert "第三十三条" in out
    assert "第五十一条" not in out
    assert "当时没有对应的条文" in out
