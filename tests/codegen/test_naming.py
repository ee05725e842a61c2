"""Go names to Python names: the table is the rule."""

import pytest
from codegen.naming import identifier, snake, upper


@pytest.mark.parametrize(
    ("go", "python"),
    [
        ("MessageWillBePosted", "message_will_be_posted"),
        ("OnSAMLLogin", "on_saml_login"),
        ("ServeHTTP", "serve_http"),
        ("PluginHTTP", "plugin_http"),
        ("KVSetWithOptions", "kv_set_with_options"),
        ("userID", "user_id"),
        ("UserIds", "user_ids"),
        ("userIDs", "user_ids"),
        ("userId1", "user_id1"),
        ("webConnID", "web_conn_id"),
        ("GetLDAPUserAttributes", "get_ldap_user_attributes"),
        ("SetUserStatusTimedDND", "set_user_status_timed_dnd"),
        ("CreateOAuthApp", "create_oauth_app"),
        ("GetAccessControlVisualAST", "get_access_control_visual_ast"),
        ("IPAddress", "ip_address"),
        ("SiteURL", "site_url"),
        ("AutoShareDMs", "auto_share_dms"),
        ("VoIPDeviceID", "voip_device_id"),
        ("MessageHTML", "message_html"),
        ("OnWebSocketConnect", "on_web_socket_connect"),
        ("T", "t"),
    ],
)
def test_snake(go: str, python: str) -> None:
    assert snake(go) == python


def test_keywords_get_an_underscore() -> None:
    assert identifier("From") == "from_"
    assert identifier("Name") == "name"


def test_upper() -> None:
    assert upper("CreatePost") == "CREATE_POST"
