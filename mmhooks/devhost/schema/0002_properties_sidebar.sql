CREATE TABLE property_groups (id TEXT PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE property_fields (
    id TEXT PRIMARY KEY, group_id TEXT, name TEXT, type TEXT, attrs TEXT, target_id TEXT, target_type TEXT,
    create_at INTEGER, update_at INTEGER, delete_at INTEGER
);
CREATE UNIQUE INDEX property_fields_name ON property_fields (group_id, target_id, name) WHERE delete_at = 0;
CREATE TABLE property_values (
    id TEXT PRIMARY KEY, target_id TEXT, target_type TEXT, group_id TEXT, field_id TEXT, value TEXT,
    create_at INTEGER, update_at INTEGER, delete_at INTEGER
);
CREATE UNIQUE INDEX property_values_target ON property_values (group_id, target_id, field_id) WHERE delete_at = 0;
CREATE TABLE sidebar_categories (
    id TEXT PRIMARY KEY, user_id TEXT, team_id TEXT, sort_order INTEGER, sorting TEXT, type TEXT,
    display_name TEXT, muted INTEGER, collapsed INTEGER
);
CREATE INDEX sidebar_categories_user ON sidebar_categories (user_id, team_id);
CREATE TABLE sidebar_channels (
    channel_id TEXT, user_id TEXT, category_id TEXT, sort_order INTEGER, PRIMARY KEY (channel_id, user_id, category_id)
);
CREATE TABLE drafts (
    create_at INTEGER, update_at INTEGER, delete_at INTEGER, user_id TEXT, channel_id TEXT, root_id TEXT,
    message TEXT, type TEXT, props TEXT, file_ids TEXT, priority TEXT, PRIMARY KEY (user_id, channel_id, root_id)
);
