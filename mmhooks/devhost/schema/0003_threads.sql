ALTER TABLE thread_followers ADD COLUMN last_viewed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread_followers ADD COLUMN mentions INTEGER NOT NULL DEFAULT 0;
CREATE INDEX thread_followers_user ON thread_followers (user_id);
