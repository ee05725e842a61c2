CREATE TABLE users (
    id TEXT PRIMARY KEY, create_at INTEGER, update_at INTEGER, delete_at INTEGER, username TEXT UNIQUE,
    password TEXT, auth_data TEXT, auth_service TEXT, email TEXT UNIQUE, email_verified INTEGER, nickname TEXT,
    first_name TEXT, last_name TEXT, position TEXT, roles TEXT, allow_marketing INTEGER, props TEXT,
    notify_props TEXT, last_password_update INTEGER, last_picture_update INTEGER, failed_attempts INTEGER,
    locale TEXT, timezone TEXT, mfa_active INTEGER, mfa_secret TEXT, remote_id TEXT, last_login INTEGER
);
CREATE TABLE bots (
    user_id TEXT PRIMARY KEY, description TEXT, owner_id TEXT, last_icon_update INTEGER, create_at INTEGER,
    update_at INTEGER, delete_at INTEGER
);
CREATE TABLE teams (
    id TEXT PRIMARY KEY, create_at INTEGER, update_at INTEGER, delete_at INTEGER, display_name TEXT,
    name TEXT UNIQUE, description TEXT, email TEXT, type TEXT, company_name TEXT, allowed_domains TEXT,
    invite_id TEXT, allow_open_invite INTEGER, last_team_icon_update INTEGER, scheme_id TEXT,
    group_constrained INTEGER
);
CREATE TABLE team_members (
    team_id TEXT, user_id TEXT, delete_at INTEGER, scheme_guest INTEGER, scheme_user INTEGER,
    scheme_admin INTEGER, explicit_roles TEXT, create_at INTEGER, PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_user ON team_members (user_id);
CREATE TABLE channels (
    id TEXT PRIMARY KEY, create_at INTEGER, update_at INTEGER, delete_at INTEGER, team_id TEXT, type TEXT,
    display_name TEXT, name TEXT, header TEXT, purpose TEXT, last_post_at INTEGER, total_msg_count INTEGER,
    extra_update_at INTEGER, creator_id TEXT, scheme_id TEXT, props TEXT, group_constrained INTEGER,
    shared INTEGER, total_msg_count_root INTEGER, last_root_post_at INTEGER, banner_info TEXT,
    UNIQUE (team_id, name)
);
CREATE TABLE channel_members (
    channel_id TEXT, user_id TEXT, last_viewed_at INTEGER, msg_count INTEGER, mention_count INTEGER,
    mention_count_root INTEGER, urgent_mention_count INTEGER, msg_count_root INTEGER, notify_props TEXT,
    last_update_at INTEGER, scheme_guest INTEGER, scheme_user INTEGER, scheme_admin INTEGER,
    explicit_roles TEXT, PRIMARY KEY (channel_id, user_id)
);
CREATE INDEX channel_members_user ON channel_members (user_id);
CREATE TABLE posts (
    id TEXT PRIMARY KEY, create_at INTEGER, update_at INTEGER, edit_at INTEGER, delete_at INTEGER,
    is_pinned INTEGER, user_id TEXT, channel_id TEXT, root_id TEXT, original_id TEXT, message TEXT, type TEXT,
    props TEXT, hashtags TEXT, filenames TEXT, file_ids TEXT, has_reactions INTEGER, remote_id TEXT,
    metadata TEXT
);
CREATE INDEX posts_channel ON posts (channel_id, delete_at, create_at);
CREATE INDEX posts_updated ON posts (channel_id, update_at);
CREATE INDEX posts_root ON posts (root_id, create_at) WHERE root_id <> '';
CREATE TABLE thread_followers (post_id TEXT, user_id TEXT, following INTEGER, PRIMARY KEY (post_id, user_id));
CREATE TABLE reactions (
    user_id TEXT, post_id TEXT, emoji_name TEXT, create_at INTEGER, update_at INTEGER, delete_at INTEGER,
    remote_id TEXT, channel_id TEXT, PRIMARY KEY (post_id, user_id, emoji_name)
);
CREATE TABLE file_infos (
    id TEXT PRIMARY KEY, creator_id TEXT, post_id TEXT, channel_id TEXT, create_at INTEGER, update_at INTEGER,
    delete_at INTEGER, path TEXT, thumbnail_path TEXT, preview_path TEXT, name TEXT, extension TEXT,
    size INTEGER, mime_type TEXT, width INTEGER, height INTEGER, has_preview_image INTEGER, mini_preview BLOB,
    content TEXT, remote_id TEXT, archived INTEGER
);
CREATE INDEX file_infos_post ON file_infos (post_id);
CREATE TABLE blobs (path TEXT, seq INTEGER, data BLOB, PRIMARY KEY (path, seq));
CREATE TABLE uploads (
    id TEXT PRIMARY KEY, type TEXT, create_at INTEGER, user_id TEXT, channel_id TEXT, filename TEXT, path TEXT,
    file_size INTEGER, file_offset INTEGER, remote_id TEXT, req_file_id TEXT
);
CREATE TABLE plugin_values (
    plugin_id TEXT, key TEXT, value BLOB, expire_at INTEGER, PRIMARY KEY (plugin_id, key)
) WITHOUT ROWID;
CREATE TABLE commands (
    id TEXT PRIMARY KEY, token TEXT, create_at INTEGER, update_at INTEGER, delete_at INTEGER, creator_id TEXT,
    team_id TEXT, "trigger" TEXT, method TEXT, username TEXT, icon_url TEXT, auto_complete INTEGER,
    auto_complete_desc TEXT, auto_complete_hint TEXT, display_name TEXT, description TEXT, url TEXT,
    plugin_id TEXT
);
CREATE TABLE preferences (
    user_id TEXT, category TEXT, name TEXT, value TEXT, PRIMARY KEY (user_id, category, name)
);
CREATE TABLE statuses (
    user_id TEXT PRIMARY KEY, status TEXT, manual INTEGER, last_activity_at INTEGER, dnd_end_time INTEGER,
    prev_status TEXT
);
CREATE TABLE sessions (
    id TEXT PRIMARY KEY, token TEXT UNIQUE, create_at INTEGER, expires_at INTEGER, last_activity_at INTEGER,
    user_id TEXT, device_id TEXT, roles TEXT, is_oauth INTEGER, expired_notify INTEGER, props TEXT
);
CREATE TABLE access_tokens (
    id TEXT PRIMARY KEY, token TEXT UNIQUE, user_id TEXT, description TEXT, is_active INTEGER, expires_at INTEGER
);
CREATE TABLE emojis (
    id TEXT PRIMARY KEY, create_at INTEGER, update_at INTEGER, delete_at INTEGER, creator_id TEXT, name TEXT
);
CREATE TABLE oauth_apps (
    id TEXT PRIMARY KEY, creator_id TEXT, create_at INTEGER, update_at INTEGER, client_secret TEXT, name TEXT,
    description TEXT, icon_url TEXT, callback_urls TEXT, homepage TEXT, is_trusted INTEGER,
    mattermost_app_id TEXT, is_dynamically_registered INTEGER
);
CREATE TABLE documents (name TEXT PRIMARY KEY, body TEXT);
