"""What each document must contain, and what its sheet says."""

from zhunsheng.core.documents.definition import form_from, group_from
from zhunsheng.core.documents.model import Choice, FieldDef, FieldType, FormDef, FormError, FormKind, Section, Show
from zhunsheng.core.documents.numbers import Numbering, case_number, normalise
from zhunsheng.core.documents.parse import Checks, Parsed, carried, carried_from, missing, parse, unflatten

__all__ = [
    "Checks",
    "Choice",
    "FieldDef",
    "FieldType",
    "FormDef",
    "FormError",
    "FormKind",
    "Numbering",
    "Parsed",
    "Section",
    "Show",
    "carried",
    "carried_from",
    "case_number",
    "form_from",
    "group_from",
    "missing",
    "normalise",
    "parse",
    "unflatten",
]
