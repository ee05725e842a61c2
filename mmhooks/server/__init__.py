"""A real Mattermost server, from outside: its REST API, and a bridge beside it."""
