"""Which acts an officer's page offers to who keeps the registry, with their fields and words."""

from collections.abc import Iterator

from zhunsheng.apps.registry import queries as registry
from zhunsheng.apps.registry.commands.officers import KINDS
from zhunsheng.apps.registry.facts import OfficerView, RecusalView
from zhunsheng.web.office.accountforms import units
from zhunsheng.web.office.acts import ONE_LINE, Field, Form
from zhunsheng.web.office.widgets import Option
from zhunsheng.web.shared.words import plain_day


def registering(agency: str) -> Form:
    """Return the form by which an officer is entered."""
    exam = "没有考的先空着；没有合格记录的不能登记执法证"
    fields = (
        Field("officer", "编号", "小写字母和数字，例如姓名的拼音。登记以后不能改", max=32),
        Field("name", "姓名", "照执法证上的写"),
        Field("unit", "机构", "在哪个机构办案", "document", options=units(agency)),
        Field("post", "岗位", "要是所选机构的岗位", "document", required=False, options=posts(agency)),
        Field("exam_passed_on", "资格考试合格日期", exam, "date", required=False),
        Field("legal_qualification", "法律职业资格证号", "法制审核人员填", required=False),
    )
    return Form("register", "这名执法人员是谁", "登记执法人员", fields)


def acts(view: OfficerView, agency: str, *, sent: bool = False) -> tuple[Form, ...]:
    """Return the acts on the officer as he stands; ``sent``: those too that an older page may have offered."""
    return tuple(_acts(view, agency, sent=sent))


def _acts(view: OfficerView, agency: str, *, sent: bool) -> Iterator[Form]:
    yield _issuing(agency)
    held = [each.certificate for each in view.certificates if sent or each.certificate.withdrawn_on is None]
    if sent or held:
        options = tuple(Option(each.number, f"{each.number}，到{plain_day(each.valid_to)}") for each in held)
        yield _withdrawing(options)
    yield _recusing()
    standing = [each for each in view.recusals if sent or each.lifted_on is None]
    if sent or standing:
        yield _lifting(
            tuple(Option(str(each.number), each.recusal.party_name or each.recusal.party_code) for each in standing)
        )
    on = Field("on", "合格日期", "成绩单上的日期", "date")
    yield Form("exam", "登记考试合格", "登记考试合格", (on,), "全省行政执法人员资格考试；合格以后才能登记执法证。")
    where = (
        Field("unit", "机构", "从今天起在哪个机构", "document", options=units(agency), default=view.unit),
        Field(
            "post", "岗位", "要是所选机构的岗位", "document", required=False, options=posts(agency), default=view.post
        ),
    )
    yield Form("move", "调动", "登记调动", where, "以前办的案件还记在原来的机构。")


def _against(view: RecusalView) -> str:
    return view.recusal.party_name or view.recusal.party_code


def _issuing(agency: str) -> Form:
    area, kinds = registry.agency(agency).area, tuple(Option(kind, kind) for kind in KINDS)
    fields = (
        Field("number", "证号", "照证件上的写，全机关不能重复"),
        Field("kind", "证件", "种类", "document", options=kinds, default=KINDS[0]),
        Field("category", "执法类别", "证件上的执法类别，例如“卫生健康”"),
        Field("area", "执法区域", "六位行政区划代码，照证件上的区域填", max=6, default=area),
        Field("valid_from", "有效期从", "证件上的第一天", "date"),
        Field("valid_to", "有效期到", "证件上的最后一天", "date"),
        Field("issuer", "发证机关", "照证件上的写", max=ONE_LINE),
    )
    return Form("issue", "登记执法证", "登记执法证", fields, "登记以后不能改；写错了的，收回以后重新登记。")


def _withdrawing(held: tuple[Option, ...]) -> Form:
    fields = (
        Field("number", "执法证", "收回哪一个", "document", options=held),
        Field("on", "从哪一天起没有", "这一天起不能再凭它执法；以前办的不受影响", "date"),
        Field("reason", "理由", "例如：换证、调离、吊销", max=ONE_LINE),
    )
    return Form("withdraw", "收回执法证", "收回执法证", fields, grave=True)


def _recusing() -> Form:
    fields = (
        Field("party_name", "对哪个当事人", "名称或者姓名；知道代码的，代码也填", required=False, max=ONE_LINE),
        Field("party_code", "当事人代码", "统一社会信用代码或者居民身份证号码，18 位", required=False, max=18),
        Field("since", "从哪一天起", "决定回避的日期", "date"),
        Field("reason", "理由", "有什么利害关系", max=ONE_LINE),
        Field("decided_by", "谁决定的", "行政机关负责人的职务和姓名"),
    )
    return Form("recuse", "记录回避决定", "记录回避", fields, "记录以后，这个人对这个当事人的案件签不了文书。")


def _lifting(standing: tuple[Option, ...]) -> Form:
    fields = (
        Field("number", "哪一项回避", "对哪个当事人", "document", options=standing),
        Field("on", "从哪一天起不用回避", "利害关系结束以后的第一天", "date"),
        Field("reason", "理由", "为什么不用回避了", max=ONE_LINE),
    )
    return Form("lift", "结束回避", "结束回避", fields)


def _moving(view: OfficerView, agency: str) -> Form:
    fields = (
        Field("unit", "机构", "从今天起在哪个机构", "document", options=units(agency), default=view.unit),
        Field("post", "岗位", "要是机构的岗位", "document", required=False, options=posts(agency), default=view.post),
    )
    return Form("move", "调动", "登记调动", fields, "以前办的案件还记在原来的机构。")


def posts(agency: str) -> tuple[Option, ...]:
    """Return the posts of an agency to choose from, with the unit each belongs to."""
    known = registry.units(agency)
    named = [
        Option(post.id, f"{known[post.unit].name} {post.name}" if post.unit in known else post.name)
        for post in registry.posts(agency).values()
    ]
    return tuple(sorted(named, key=lambda option: option.label))
