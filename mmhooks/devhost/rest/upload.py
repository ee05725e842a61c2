"""Uploads that are announced first, and pictures that the host does not make."""

from __future__ import annotations

from typing import Any

from mmhooks.api.models import UploadSession
from mmhooks.devhost.api.base import fail
from mmhooks.devhost.ids import new_id
from mmhooks.devhost.rest.call import Answer, Call, Router, forbidden, invalid

router = Router()


@router.on("POST", "/uploads")
def create_upload(call: Call) -> Answer:
    body = call.read(UploadSession)
    if body.type not in ("", "attachment"):
        raise fail(
            "createUpload",
            "mmhooks.devhost.upload_type",
            501,
            "The embedded host imports with: mmhooks host import.",
        )
    call.need_channel(body.channel_id, "upload_file")
    new = UploadSession(
        id=new_id(),
        type="attachment",
        user_id=call.user_id,
        channel_id=body.channel_id,
        filename=body.filename,
        file_size=body.file_size,
    )
    return Answer(_shown(call.api.create_upload_session(new)), 201)


@router.on("GET", "/uploads/{upload_id}")
def get_upload(call: Call) -> Any:
    return _shown(_mine(call))


@router.on("POST", "/uploads/{upload_id}", uploads=True)
def upload_data(call: Call) -> Any:
    session = _mine(call)
    if call.form is None:
        return call.api.upload_data(session, call.content or b"")
    part = next((one for one in call.form.values() if not isinstance(one, str)), None)
    if part is None:
        raise invalid("data")
    return call.api.upload_data(session, part.file)


def _mine(call: Call) -> UploadSession:
    session: UploadSession = call.api.get_upload_session(call.path("upload_id"))
    if session.user_id != call.user_id:
        raise forbidden("upload_file")
    return session


def _shown(session: UploadSession) -> UploadSession:
    return session.evolve(path="")
