"""The embedded host: plays the Mattermost server's part, so that plugins run and are tested without one."""
