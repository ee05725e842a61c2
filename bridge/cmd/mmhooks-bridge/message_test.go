package main

import (
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

const moderation = `
from mmhooks import hookimpl, reject

@hookimpl
def message_will_be_posted(post, api):
    if "secret" in post.message:
        return reject("no secrets here")
    if post.message == "who":
        return post.evolve(message=api.get_user(post.user_id).username)
    if post.message == "nobody":
        try:
            api.get_user("nobody")
        except LookupError as error:
            return reject(f"lookup: {error}")
        except Exception as error:
            return reject(f"{type(error).__name__} {error.status_code}")
    if post.message == "setting":
        return post.evolve(message=api.get_server_version())
    if post.message == "shout":
        return post.evolve(message="SHOUT", props={**post.props, "n": 1})
`

func TestMessageWillBePosted(t *testing.T) {
	_, hooks := activate(t, moderation)
	for _, c := range []struct{ said, becomes, reason string }{
		{"hello", "hello", ""},
		{"a secret", "a secret", "no secrets here"},
		{"shout", "SHOUT", ""},
		{"who", "name-of-u1", ""},
		{"setting", "11.1.0", ""},
		{"nobody", "nobody", "NotFoundError 404"},
	} {
		t.Run(c.said, func(t *testing.T) {
			post, reason := hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{
				Id: "p1", UserId: "u1", Message: c.said, Props: map[string]any{"old": "kept"},
			})
			if post.Message != c.becomes || reason != c.reason || post.Props["old"] != "kept" {
				t.Errorf("got %q, %q, %v; want %q, %q", post.Message, reason, post.Props, c.becomes, c.reason)
			}
		})
	}
}

func TestOnlyWhatPythonHasIsImplemented(t *testing.T) {
	_, hooks := activate(t, moderation)
	names, err := hooks.Implemented()
	must(t, err)
	if got := strings.Join(names, " "); got != "OnActivate OnDeactivate MessageWillBePosted" {
		t.Error(got)
	}
}

const stuck = `
import time
from mmhooks import hookimpl

@hookimpl
async def user_will_log_in(user):
    time.sleep(3)  # not even Python's own deadline gets a turn
`

func TestAHookThatHangsFailsOpenAtItsDeadline(t *testing.T) {
	_, hooks := activate(t, stuck)
	start := time.Now()
	if reason := hooks.UserWillLogIn(&plugin.Context{}, &model.User{Id: "u1"}); reason != "" {
		t.Error(reason)
	}
	if took := time.Since(start); took < time.Second || took > 2*time.Second {
		t.Errorf("after %s", took)
	}
}
