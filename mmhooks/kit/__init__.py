"""What packages are composed with: slash commands, settings, typed values in the KV store."""
