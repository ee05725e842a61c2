"""A pytest plugin that puts our plugin manager in the place of pluggy's; see ``test_pluggy_suite.py``."""

import pluggy
import pluggy._manager

from mmhooks.runtime.manager import PluginManager

pluggy.PluginManager = PluginManager
pluggy._manager.PluginManager = PluginManager
