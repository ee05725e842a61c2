"""Every struct of the server's plugin API as a frozen attrs class: ``Post``, ``User``, ``Channel`` ...

Fields have Go's names in snake_case and Go's zero values as defaults; what is a pointer there is ``None`` here when
absent. Times are milliseconds since the epoch.
"""

from mmhooks.api._generated.models import *  # noqa: F403
from mmhooks.api._generated.models import __all__ as __all__
