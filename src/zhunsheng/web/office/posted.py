"""What a browser sends for a form beside its answers, and small changes to what was sent.

The answers themselves are read by ``core.documents``; here are the acts that only
rearrange a page (one row more, one row less) and the way back from kept values to what a
person types. Nothing is judged here.
"""

import secrets
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from django.http import QueryDict

from zhunsheng.core.documents.model import FieldDef, FieldType, FormDef
from zhunsheng.core.documents.parse import unflatten

Raw: TypeAlias = dict[str, object]

KEY_BYTES: Final = 18
NOT_CARRIED: Final = frozenset({"csrfmiddlewaretoken", "act"})


def new_key() -> str:
    """Return an idempotency key for a form that is about to be shown: unguessable, never used again."""
    return secrets.token_urlsafe(KEY_BYTES)


def raw_from(form: FormDef, posted: QueryDict) -> Raw:
    """Return the answers to ``form`` as typed. Only the form's own names are taken."""
    return unflatten(form, dict(posted.lists()))


def rearrange(form: FormDef, raw: Raw, act: str) -> bool:
    """Carry out ``add:findings`` or ``remove:findings:1`` on ``raw``; False when ``act`` is neither."""
    verb, _, rest = act.partition(":")
    name, _, index = rest.partition(":")
    if name not in form.names:
        return False
    rows = _rows(form.field(name), raw)
    if verb == "add" and rows is not None:
        rows.append({} if form.field(name).type is FieldType.LIST else "")
    elif verb == "remove" and rows is not None and index.isascii() and index.isdigit() and int(index) < len(rows):
        del rows[int(index)]
    else:
        return False
    raw[name] = rows
    return True


def _rows(field: FieldDef, raw: Raw) -> list[object] | None:
    """Return the rows of a field as they stand on the page: a list shows one row, officers two places, at least."""
    if field.type not in {FieldType.LIST, FieldType.OFFICERS}:
        return None
    kept = raw.get(field.name)
    rows = list(kept) if isinstance(kept, list) else []
    empty: list[object] = [{}] if field.type is FieldType.LIST else ["", ""]
    return rows + empty[len(rows) :]


def hidden_pairs(posted: QueryDict) -> Iterator[tuple[str, str]]:
    """Return what was sent as pairs for hidden fields, so that a check page carries the whole form."""
    for name in posted:
        if name not in NOT_CARRIED:
            for value in posted.getlist(name):
                yield name, str(value)


def raw_of_content(form: FormDef, content: Mapping[str, object]) -> Raw:
    """Return kept values as answers that fill the form again: fen become yuan as typed."""
    given = (field for field in form.fields if content.get(field.name) is not None)
    return {field.name: typed(field, content[field.name]) for field in given}


def typed(field: FieldDef, value: object) -> object:
    """Return one kept value the way a person types it."""
    if field.type is FieldType.MONEY and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}"
    if field.type is FieldType.LIST and isinstance(value, list):
        return [{part.name: typed(part, row[part.name]) for part in field.fields if part.name in row} for row in value]
    return value
