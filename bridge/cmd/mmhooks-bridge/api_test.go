package main

import (
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

const callsBack = `
import attrs
from mmhooks import hookimpl
from mmhooks.api.http import Request

@attrs.define
class Configuration:
    word: str = ""

def configuration(api):
    return api.load_plugin_configuration(Configuration).word

def plugin_http(api):
    request = Request(method="POST", url="/other/path?q=1", headers=[("X-Mine", "yes")], body=iter([b"some ", b"words"]))
    response = api.plugin_http(request)
    headers = dict(response.headers)
    return f"{response.status} {headers['X-Path']} {headers['X-Mine']} {b''.join(response.body).decode()}"

def files(api):
    content = bytes(range(256)) * 10_000
    info = api.upload_file(content, "c1", "a.bin")
    same = b"".join(api.get_file("f1")) == content
    return f"{info.id} {info.name} {info.channel_id} {info.size} {same}"

def no_file(api):
    try:
        return str(len(b"".join(api.get_file("f2"))))
    except Exception as error:
        return f"{type(error).__name__} {error.id}"

def values(api):
    return f"{api.kv_get('none')} {api.kv_get('activated')}"

@hookimpl
def on_activate(api):
    from mmhooks.api.models import PluginKVSetOptions
    api.kv_set_with_options("activated", b"\x00\xff", PluginKVSetOptions())

@hookimpl
def message_will_be_posted(post, api):
    return post.evolve(message=globals()[post.message](api))

@hookimpl
async def message_will_be_updated(new_post, api):
    return new_post.evolve(message=(await api.get_user("u2")).username)
`

func TestCallsBack(t *testing.T) {
	_, hooks := activate(t, callsBack)
	for what, want := range map[string]string{
		"configuration": "configured",
		"plugin_http":   "202 POST /other/path?q=1 yes SOME WORDS",
		"files":         "f1 a.bin c1 2560000 True",
		"no_file":       "NotFoundError no_file",
		"values":        `None b'\x00\xff'`,
	} {
		t.Run(what, func(t *testing.T) {
			post, _ := hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{Message: what})
			if post.Message != want {
				t.Errorf("got %q, want %q", post.Message, want)
			}
		})
	}
	post, reason := hooks.MessageWillBeUpdated(&plugin.Context{}, &model.Post{Message: "new"}, &model.Post{Message: "old"})
	if post == nil || post.Message != "name-of-u2" || reason != "" {
		t.Errorf("%v, %q", post, reason)
	}
}
