"""How a REST call is answered."""

from __future__ import annotations

from typing import Any, Final

from attrs import define, field
from starlette.responses import JSONResponse, Response

from mmhooks.api.converter import json_converter
from mmhooks.devhost.api.system import SERVER_VERSION
from mmhooks.errors import AppError

__all__ = ["Answer", "etag", "no_content", "ok", "refusal", "written"]

_VERSION: Final = {"X-Version-Id": f"{SERVER_VERSION}.mmhooks"}


@define
class Answer:
    """What a handler answers if it is more than a value with status 200."""

    value: Any = None
    status: int = 200
    headers: dict[str, str] = field(factory=dict)


def etag(*parts: object) -> str:
    """A tag as the server writes it."""
    return ".".join([SERVER_VERSION, *(str(part) for part in parts)])


def ok() -> dict[str, str]:
    """What the server answers where there is nothing to say."""
    return {"status": "OK"}


def no_content() -> Answer:
    """An answer without a body."""
    return Answer(status=204)


def refusal(error: AppError, request_id: str = "") -> JSONResponse:
    """An error as the server writes it."""
    document = {
        "id": error.id,
        "message": error.message,
        "detailed_error": "",
        "request_id": request_id,
        "status_code": error.status_code,
    }
    return JSONResponse(document, error.status_code or 500, {"X-Request-Id": request_id, **_VERSION})


def written(result: Any, request_id: str) -> Response:
    """What a handler returned, as a response."""
    answer = result if isinstance(result, Answer) else Answer(result)
    if isinstance(answer.value, Response):
        answer.value.headers.update({**_VERSION, **answer.headers})
        return answer.value
    headers = {"X-Request-Id": request_id, **_VERSION, **answer.headers}
    if answer.status in (204, 304):
        return Response(status_code=answer.status, headers=headers)
    return JSONResponse(json_converter().unstructure(answer.value), answer.status, headers)
