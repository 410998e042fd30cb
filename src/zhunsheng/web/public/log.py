"""The register itself (C2SP tlog-tiles): checkpoint, tiles, entry bundles, and the policy that names the keys.

The files are served as the sequencer wrote them. Full tiles and entry bundles never
change; a partial one (``.p/N``) never changes either, because N is part of its name.
"""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

from zhunsheng.infra import datadir


def checkpoint(_request: HttpRequest) -> HttpResponse:
    response = _file(datadir.current().log / "checkpoint", "text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def policy(_request: HttpRequest) -> HttpResponse:
    """The operator's own statement of keys. A careful checker takes it from somewhere else."""
    return _file(datadir.current().policy, "text/plain; charset=utf-8")


def tile(_request: HttpRequest, path: str) -> HttpResponse:
    response = _file(datadir.current().log / path, "application/octet-stream")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _file(file: Path, content_type: str) -> HttpResponse:
    # The route admits only names of the log's own grammar, so no path can leave the folder.
    try:
        return HttpResponse(file.read_bytes(), content_type=content_type)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Http404 from None
