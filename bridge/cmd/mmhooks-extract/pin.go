//go:build pin

// The extractor loads this package's source at run time; the import keeps its version in go.mod.

package main

import _ "github.com/mattermost/mattermost/server/public/plugin"
