"""A procedure as plain data: what ``zhunsheng law procedure NAME``, flow chart and guide are made from."""

from datetime import date

from zhunsheng.core.casefile.events import Json
from zhunsheng.core.citation import Citation
from zhunsheng.core.law.book import Book
from zhunsheng.core.law.cite import cite
from zhunsheng.core.procedures.gates import GATES
from zhunsheng.core.procedures.model import Gate, Procedure, Row, Sub


def describe(procedure: Procedure, book: Book | None = None, day: date | None = None) -> dict[str, Json]:
    """Return stages, edges, gates, sub-procedures and forms of ``procedure`` as JSON.

    Args:
        book: with ``day``, every basis also comes in Chinese, as numbered on that day.
    """

    def basis(citation: Citation) -> Json:
        return _basis(citation, book, day)

    def gate(found: Gate) -> Json:
        return {
            "name": found.name,
            "basis": basis(found.basis),
            "codes": list(found.codes),
            "severity": found.severity.value,
            "parameters": list(found.parameters),
        }

    def row(found: Row) -> Json:
        rule = procedure.form(found.form)
        return {
            "from": found.stage,
            "to": found.to,
            "form": found.form,
            "sub": found.sub,
            "when": found.when or None,
            "about": found.about or None,
            "at": list(found.at),
            "requires": list(found.requires),
            "resets": list(found.resets),
            "basis": basis(found.basis),
            "gates": list(found.gates),
            "roles": list(rule.roles) if rule else [],
        }

    def sub(found: Sub) -> Json:
        return {
            "key": found.key,
            "label": found.label,
            "opens_at": found.opens_at,
            "first": found.first,
            "last": found.last,
            "when": found.when or None,
            "rests": list(found.rests),
            "basis": basis(found.basis),
            "term": found.term or None,
            "runs_from": found.runs_from or None,
        }

    used = dict.fromkeys(name for found in procedure.rows for name in found.gates)
    return {
        "name": procedure.name,
        "version": procedure.version,
        "title": procedure.title,
        "basis": basis(procedure.basis),
        "stages": [{"key": key, "label": label} for key, label in procedure.stages],
        "first": procedure.first,
        "closes_from": procedure.closes_from,
        "final": procedure.final,
        "edges": [row(found) for found in procedure.rows],
        "subs": [sub(found) for found in procedure.subs],
        "gates": [gate(GATES[name]) for name in used],
        "forms": [rule.form for rule in procedure.forms],
    }


def _basis(citation: Citation, book: Book | None, day: date | None) -> Json:
    if book is None or day is None:
        return str(citation)
    then = book.as_of(citation, day)
    if then is None:  # no counterpart on that day: nothing, rather than a wrong number
        return None
    return {"citation": str(then), "text": cite(then, day, book)}
