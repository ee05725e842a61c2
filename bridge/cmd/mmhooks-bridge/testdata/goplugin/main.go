// Command goplugin is what Python plugins are measured against: the same plugin in Go.
package main

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

const (
	chunk  = 64 << 10
	chunks = 1024
)

type native struct {
	plugin.MattermostPlugin
}

func (p *native) MessageWillBePosted(_ *plugin.Context, post *model.Post) (*model.Post, string) {
	if post.Message == "who" {
		user, err := p.API.GetUser(post.UserId)
		if err != nil {
			return nil, err.Error()
		}
		post.Message = user.Username
		return post, ""
	}
	post.Message = strings.ToUpper(post.Message)
	return post, ""
}

func (*native) ServeHTTP(_ *plugin.Context, w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/download" {
		_, _ = w.Write([]byte("small"))
		return
	}
	part := bytes.Repeat([]byte("x"), chunk)
	for range chunks {
		if _, err := w.Write(part); err != nil {
			return
		}
	}
}

func main() {
	plugin.ClientMain(&native{})
}
