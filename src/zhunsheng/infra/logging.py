"""Structured logs on stderr, one event a line, without personal data.

House rule: an event is a fixed English phrase; facts are keyword arguments; names of
persons and firms, certificate and identity numbers, texts of documents and queries are
never among them: ids, counts, durations, codes are. As a second line of defence values
that look like a resident number, a credit code or a mobile number are struck out.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Final, TypeAlias

import structlog
from structlog.typing import Processor

from zhunsheng.infra import env

Facts: TypeAlias = MutableMapping[str, object]

_PERSONAL: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}|1[3-9]\d{9})(?![0-9A-Za-z])"
)
_DETAIL: Final = re.compile(r"^((?:DETAIL|CONTEXT|HINT):).*$", re.MULTILINE)


def configure() -> None:
    """Send our events and those of libraries to stderr in one form. Doing it twice is harmless."""
    settings = env.current()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        strike_out,
    ]
    plain = structlog.dev.ConsoleRenderer(colors=False)
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False) if settings.log_format == "json" else plain
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    # Django repeats each 4xx with its path, which may carry a name; our own request line says enough.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("_granian").setLevel(logging.WARNING)


def strike_out(_logger: object, _method: str, facts: Facts) -> Facts:
    """Replace what looks like a number of a person, and the values in a database error's detail, by ``[struck]``."""
    for name, value in facts.items():
        if isinstance(value, str):
            facts[name] = _DETAIL.sub(r"\1 [struck]", _PERSONAL.sub("[struck]", value))
    return facts
