// Command goplugin is what the Python side is measured against: the same hook in Go.
package main

import (
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

type upper struct {
	plugin.MattermostPlugin
}

func (*upper) MessageWillBePosted(_ *plugin.Context, post *model.Post) (*model.Post, string) {
	post.Message = strings.ToUpper(post.Message)
	return post, ""
}

func main() {
	plugin.ClientMain(&upper{})
}
