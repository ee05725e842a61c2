// Package loader loads the bridge with the plugin library of Mattermost 9.9, the oldest server that it promises to run on.
package loader

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
	"github.com/mattermost/mattermost/server/public/shared/mlog"
)

const (
	id     = "org.example.old"
	module = `
from mmhooks import AppError, Response, hookimpl
from mmhooks.api.models import SendToastMessageOptions

@hookimpl
def message_will_be_posted(post, api):
    if post.message == "new":
        try:
            api.send_toast_message("someone", "", "hello", SendToastMessageOptions())
        except AppError as error:
            return post.evolve(message=f"{error.id} {error.message} {error.status_code}")
    return post.evolve(message=f"{api.get_user(post.user_id).username} {post.message.upper()}")

@hookimpl
def serve_http(request):
    return Response(status=201, headers=[("X-Path", request.url)], body=request.body.read().upper())

@hookimpl
def generate_support_data(context):
    return []
`
	manifest = `{"id": "` + id + `", "name": "Old", "version": "1.0.0", "server": {"executable": "server/bridge",
"runtime": "python", "python": {"entry_point": "the_plugin", "packages": ["the_plugin"]}}}`
)

// server is what the plugin asks of the old server.
type server struct {
	plugin.API
	t *testing.T
}

func (*server) GetServerVersion() string { return "9.9.0" }

func (*server) GetConfig() *model.Config {
	c := &model.Config{}
	c.SetDefaults()
	return c
}

func (*server) GetUser(id string) (*model.User, *model.AppError) {
	return &model.User{Id: id, Username: "ann"}, nil
}

func (*server) LoadPluginConfiguration(any) error      { return nil }
func (s *server) LogDebug(msg string, pairs ...any)    { s.t.Log(append([]any{msg}, pairs...)...) }
func (s *server) LogInfo(msg string, pairs ...any)     { s.LogDebug(msg, pairs...) }
func (s *server) LogWarn(msg string, pairs ...any)     { s.LogDebug(msg, pairs...) }
func (s *server) LogError(msg string, pairs ...any)    { s.LogDebug(msg, pairs...) }
func (*server) RegisterCommand(*model.Command) error   { return nil }
func (*server) GetPluginConfig() map[string]any        { return nil }
func (*server) KVGet(string) ([]byte, *model.AppError) { return nil, nil }

func python(t *testing.T) string {
	t.Helper()
	path := os.Getenv("MMHOOKS_PYTHON")
	if path == "" {
		path, _ = filepath.Abs("../../.venv/bin/python")
	}
	if exec.Command(path, "-c", "import mmhooks.runtime").Run() != nil {
		why := "no Python with mmhooks at " + path + "; name one in MMHOOKS_PYTHON, or make .venv with: make test"
		if os.Getenv("CI") == "true" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	return path
}

func load(t *testing.T) (*plugin.Environment, plugin.Hooks) {
	t.Helper()
	t.Setenv("MMHOOKS_PYTHON", python(t))
	dir := t.TempDir()
	bundle := filepath.Join(dir, "plugins", id)
	for _, folder := range []string{"server", "python/site-packages"} {
		must(t, os.MkdirAll(filepath.Join(bundle, folder), 0o755))
	}
	build := exec.Command("go", "build", "-o", filepath.Join(bundle, "server", "bridge"), "./cmd/mmhooks-bridge")
	build.Dir = "../../bridge"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	temp, err := os.MkdirTemp("", "mm") // short: socket paths have a limit
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(temp) })
	t.Setenv("TMPDIR", temp)
	must(t, os.WriteFile(filepath.Join(bundle, "plugin.json"), []byte(manifest), 0o644))
	must(t, os.WriteFile(filepath.Join(bundle, "python", "site-packages", "the_plugin.py"), []byte(module), 0o644))
	logger, err := mlog.NewLogger()
	must(t, err)
	env, err := plugin.NewEnvironment(func(*model.Manifest) plugin.API { return &server{t: t} }, nil,
		filepath.Dir(bundle), filepath.Join(dir, "webapp"), logger, nil)
	must(t, err)
	t.Cleanup(env.Shutdown)
	_, _, err = env.Activate(id)
	must(t, err)
	hooks, err := env.HooksForPlugin(id)
	must(t, err)
	return env, hooks
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheBridgeOnTheOldestServer(t *testing.T) {
	env, hooks := load(t)
	post, reason := hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{Message: "hi", UserId: "u"})
	if reason != "" || post == nil || post.Message != "ann HI" {
		t.Error(post, reason)
	}

	post, _ = hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{Message: "new", UserId: "u"})
	for _, part := range []string{"mmhooks.server_too_old", "SendToastMessage needs Mattermost ", "this server is 9.9", "501"} {
		if !strings.Contains(post.Message, part) {
			t.Errorf("%q does not say %q", post.Message, part)
		}
	}

	w := httptest.NewRecorder()
	hooks.ServeHTTP(&plugin.Context{}, w, httptest.NewRequest("POST", "/a?b=c", strings.NewReader("body")))
	if w.Code != 201 || w.Body.String() != "BODY" || w.Header().Get("X-Path") != "/a?b=c" {
		t.Error(w.Code, w.Body, w.Header())
	}

	implemented, err := hooks.Implemented()
	must(t, err)
	if len(implemented) < 3 {
		t.Error(implemented)
	}
	start := time.Now()
	env.Deactivate(id)
	if time.Since(start) > 10*time.Second {
		t.Error("it does not end")
	}
}
