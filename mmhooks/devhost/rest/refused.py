"""What clients may ask of a server and the host does not have: refused by name, so that nobody looks for a fault."""

from __future__ import annotations

from typing import Any, Final

from mmhooks.devhost.api.base import fail
from mmhooks.devhost.rest.call import Call, Handler, Router

router = Router()

_REFUSED: Final = {
    "scheduled posts": ["GET /posts/scheduled/team/{team_id}"],
    "acknowledgements": [
        "POST /users/{user_id}/posts/{post_id}/ack",
        "DELETE /users/{user_id}/posts/{post_id}/ack",
    ],
}


def _handler(name: str) -> Handler:
    def refuse(call: Call) -> Any:
        id, text = "mmhooks.devhost.not_offered", f"The embedded host has no {name}; a Mattermost server has."
        raise fail("REST", id, 501, text)

    return refuse


for _name, _routes in _REFUSED.items():
    for _route in _routes:
        router.on(*_route.split(" "))(_handler(_name))
