"""The register itself (C2SP tlog-tiles): checkpoint, tiles, entry bundles, and the policy that names the keys.

The files are served as the sequencer wrote them. Full tiles and entry bundles never
change; a partial one (``.p/N``) never changes either, because N is part of its name.
"""

from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse

from zhunsheng.infra import datadir
from zhunsheng.web.public.caching import FOR_EVER, NEVER, open_data

_TEXT: Final = "text/plain; charset=utf-8"


@open_data
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """The newest signed head of the log."""
    return _file(datadir.current().log / "checkpoint", _TEXT, keep=NEVER)


@open_data
def policy(_request: HttpRequest) -> HttpResponse:
    """The operator's own statement of keys. A careful checker takes it from somewhere else."""
    return _file(datadir.current().policy, _TEXT)


@open_data
def tile(_request: HttpRequest, path: str) -> HttpResponse:
    """A tile or an entry bundle, by its name in the log's own grammar."""
    return _file(datadir.current().log / path, "application/octet-stream", keep=FOR_EVER)


def _file(file: Path, content_type: str, *, keep: str = "") -> HttpResponse:
    # The route admits only names of the log's own grammar, so no path can leave the folder.
    try:
        response = HttpResponse(file.read_bytes(), content_type=content_type)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return HttpResponse("还没有这个文件\n", status=404, content_type=_TEXT)
    if keep:
        response["Cache-Control"] = keep
    return response
