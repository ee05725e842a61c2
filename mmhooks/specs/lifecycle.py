"""The plugin's own life: activation, configuration, deactivation, installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mmhooks.specs.semantics import hookspec, lifecycle

if TYPE_CHECKING:
    from mmhooks.api.client import API
    from mmhooks.api.models import OnInstallEvent, PluginContext


@hookspec(lifecycle(all_or_nothing=True, undo="on_deactivate"))
def on_activate(api: API) -> None:
    """Get ready: the plugin is being switched on.

    Fires: Once per start, after a first `on_configuration_change`; no other hook arrives before it has ended
        well.
    Combines: Lifecycle, all or nothing. The hookimpls run in order; when one raises, those that had succeeded
        get `on_deactivate` in reverse order, and every error is reported.

    Args:
        api: The plugin API, usable from now on.

    Minimum server version: 5.2

    Rejecting: Raising ends the activation, and the server shows the plugin as failed.
    """


@hookspec(lifecycle())
def on_deactivate(api: API) -> None:
    """Put things away: the plugin is being switched off.

    Fires: Once per stop, when the server has just ceased to send other hooks. The process ends shortly
        afterwards.
    Combines: Lifecycle. Every hookimpl is called, whatever the others do; their errors are reported together.

    Args:
        api: The plugin API, usable for the last time.

    Minimum server version: 5.2

    Rejecting: Not possible; errors are logged and the plugin stops all the same.
    """


@hookspec(lifecycle())
def on_configuration_change(api: API) -> None:
    """Read the configuration anew: it may have changed.

    Fires: Once before `on_activate`, then after each saved change of the server's configuration, also one
        that leaves this plugin's settings as they were.
    Combines: Lifecycle. Every hookimpl is called; their errors are reported together.

    Args:
        api: The plugin API; `load_plugin_configuration` gives the settings.

    Minimum server version: 5.2

    Rejecting: Not possible. An error is only logged, also before the activation, so go on with the settings
        that worked before. `configuration_will_be_saved` is where a change can be refused.
    """


@hookspec(lifecycle())
def on_install(context: PluginContext, event: OnInstallEvent, api: API) -> None:
    """Welcome the administrator who has installed the plugin.

    Fires: After an installation during the onboarding of a new server; other ways to install do not fire it.
        It fires for each installation, so expect it more than once.
    Combines: Lifecycle. Every hookimpl is called; their errors are reported together.

    Args:
        context: The request that installed the plugin.
        event: Carries the id of the user who installed it.
        api: The plugin API.

    Minimum server version: 6.5

    Rejecting: Not possible; the plugin is installed already.
    """
