from mmhooks._pb import hooks_channel_pb2 as _hooks_channel_pb2
from mmhooks._pb import hooks_command_pb2 as _hooks_command_pb2
from mmhooks._pb import hooks_file_pb2 as _hooks_file_pb2
from mmhooks._pb import hooks_http_pb2 as _hooks_http_pb2
from mmhooks._pb import hooks_lifecycle_pb2 as _hooks_lifecycle_pb2
from mmhooks._pb import hooks_message_pb2 as _hooks_message_pb2
from mmhooks._pb import hooks_shared_channel_pb2 as _hooks_shared_channel_pb2
from mmhooks._pb import hooks_system_pb2 as _hooks_system_pb2
from mmhooks._pb import hooks_team_pb2 as _hooks_team_pb2
from mmhooks._pb import hooks_user_pb2 as _hooks_user_pb2
from mmhooks._pb import hooks_websocket_pb2 as _hooks_websocket_pb2
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor
