"""Apps that may ask users for access. Nobody logs in through one on the embedded host."""

from __future__ import annotations

from urllib.parse import urlsplit

from mmhooks.api.models import OAuthApp
from mmhooks.devhost.api.base import Topic, fail, first_wrong
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.tables import OAUTH_APPS


class OAuthTopic(Topic):
    """Apps that may ask users for access. Nobody logs in through one on the embedded host."""

    def get_oauth_app(self, app_id: str) -> OAuthApp:
        app = self.store.get(OAUTH_APPS, app_id)
        if app is None:
            raise fail("GetOAuthApp", "app.oauth.get_app.find.app_error", 404, "There is no such app.")
        return app

    def create_oauth_app(self, app: OAuthApp) -> OAuthApp:
        now = self.now()
        new = app.evolve(id=new_id(), client_secret=new_id(), create_at=now, update_at=now)
        _check(new)
        self.store.insert(OAUTH_APPS, new)
        return new

    def update_oauth_app(self, app: OAuthApp) -> OAuthApp:
        old = self.get_oauth_app(app.id)
        new = app.evolve(
            creator_id=old.creator_id,
            create_at=old.create_at,
            client_secret=old.client_secret,
            update_at=self.now(),
        )
        _check(new)
        self.store.update(OAUTH_APPS, new)
        return new

    def delete_oauth_app(self, app_id: str) -> None:
        self.store.execute("DELETE FROM oauth_apps WHERE id = ?", app_id)


def _check(app: OAuthApp) -> None:
    urls = app.callback_urls
    wrong = first_wrong(
        ("creator_id", not is_id(app.creator_id)),
        ("name", not 0 < len(app.name) <= 64),
        ("callback", not urls or len(" ".join(urls)) > 1022 or not all(map(_is_url, urls))),
        ("homepage", len(app.homepage) > 256 or not _is_url(app.homepage)),
        ("description", len(app.description) > 512),
        ("icon_url", bool(app.icon_url) and (len(app.icon_url) > 512 or not _is_url(app.icon_url))),
        ("mattermost_app_id", len(app.mattermost_app_id) > 32),
    )
    if wrong:
        id = f"model.oauth.is_valid.{wrong}.app_error"
        raise fail("OAuthApp.IsValid", id, 400, f"This is no valid {wrong} of an app.")


def _is_url(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc)
