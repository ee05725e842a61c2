"""Users: accounts, logins and preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mmhooks.errors import Rejection
from mmhooks.specs.semantics import hookspec, lifecycle, notify, veto

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import PluginContext, Preference, User


@hookspec(notify())
def user_has_been_created(context: PluginContext, user: User, api: API) -> None:
    """Act on a new account.

    Fires: After a user is stored.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the account.
        user: The new user.
        api: The plugin API.

    Minimum server version: 5.10

    Rejecting: Not possible.
    """


@hookspec(notify())
def user_has_been_deactivated(context: PluginContext, user: User, api: API) -> None:
    """Act on an account that has been switched off.

    Fires: After a user is deactivated.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the deactivation.
        user: The user, who cannot log in any more.
        api: The plugin API.

    Minimum server version: 9.1

    Rejecting: Not possible.
    """


@hookspec(veto())
def user_will_log_in(context: PluginContext, user: User, api: API) -> Rejection | str | None:
    """Refuse a login.

    Fires: When a user's credentials are found right, before the login is answered.
    Combines: Veto. The hookimpls are asked in order, the first reason stops: a rejection, or a text that is
        not empty.

    Args:
        context: The request behind the login, with address and user agent.
        user: Who wants to log in.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: The login fails with status 400, and the user reads the reason, behind the words "Login
        rejected by plugin".
    """


@hookspec(notify())
def user_has_logged_in(context: PluginContext, user: User, api: API) -> None:
    """Act on a login.

    Fires: After a user has logged in.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the login, with address and user agent.
        user: Who has logged in.
        api: The plugin API.

    Minimum server version: 5.2

    Rejecting: Not possible; see `user_will_log_in`.
    """


@hookspec(lifecycle())
def on_saml_login(context: PluginContext, user: User, assertion: dict[str, Any], api: API) -> None:
    """Use what the identity provider said of a user.

    Fires: After a successful login through SAML.
    Combines: Lifecycle. Every hookimpl is called in order; their errors are reported to the server together.

    Args:
        context: The request behind the login.
        user: Who has logged in.
        assertion: The assertion, named as in the server's SAML library: ``NameID``, ``Values`` and more.
        api: The plugin API.

    Minimum server version: 10.7

    Rejecting: There is no reason to give; an error raised is handed to the server. To refuse a login, use
        `user_will_log_in`.
    """


@hookspec(notify())
def preferences_have_changed(context: PluginContext, preferences: list[Preference], api: API) -> None:
    """Act on a user's changed preferences.

    Fires: After one or more preferences of a user are stored, by users, plugins, this plugin.
    Combines: Notify. Every hookimpl is called, results are ignored.

    Args:
        context: The request behind the change.
        preferences: Those that changed, with their new values.
        api: The plugin API.

    Minimum server version: 9.5

    Rejecting: Not possible.
    """
