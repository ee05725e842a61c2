package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
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

type event struct {
	Event    string                      `json:"event"`
	Error    string                      `json:"error"`
	Message  string                      `json:"message"`
	Reattach *model.PluginReattachConfig `json:"reattach"`
}

// command is what a developer's command does with a bridge.
type command struct {
	bridge *exec.Cmd
	orders io.WriteCloser
	events chan event
	module string
	said   bytes.Buffer // on standard error
}

// offer starts a bridge for a module; its server's local mode is at this socket.
func offer(t *testing.T, code, socket string) *command {
	t.Helper()
	folder := t.TempDir()
	manifest := filepath.Join(folder, "plugin.json")
	text := `{"id": "` + pluginID + `", "name": "Attached", "version": "1.0.0",
		"server": {"python": {"entry_point": "saved", "packages": ["saved"]}}}`
	c := &command{module: filepath.Join(folder, "saved.py"), events: make(chan event, 100)}
	must(t, os.WriteFile(manifest, []byte(text), 0o644))
	must(t, os.WriteFile(c.module, []byte(code), 0o644))
	first, err := json.Marshal(assignment{
		ID: pluginID, Socket: socket, Command: []string{python(t), "-m", "mmhooks.runtime", "--manifest", manifest},
		Environment: map[string]string{"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"},
	})
	must(t, err)
	c.bridge = exec.Command(bridge(t), attachArgument)
	c.bridge.Stderr = &c.said
	c.orders, err = c.bridge.StdinPipe()
	must(t, err)
	out, err := c.bridge.StdoutPipe()
	must(t, err)
	must(t, c.bridge.Start())
	t.Cleanup(func() { _ = c.orders.Close(); _ = c.bridge.Wait() })
	go func() {
		defer close(c.events)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var e event
			if json.Unmarshal(lines.Bytes(), &e) == nil {
				c.events <- e
			}
		}
	}()
	c.order(t, string(first))
	return c
}

func (c *command) order(t *testing.T, line string) {
	t.Helper()
	_, err := io.WriteString(c.orders, line+"\n")
	must(t, err)
}

// wait passes over what else happens.
func (c *command) wait(t *testing.T, name string) event {
	t.Helper()
	timeout := time.After(30 * time.Second)
	for {
		select {
		case e, ok := <-c.events:
			if !ok {
				t.Fatalf("the bridge has ended without %q", name)
			}
			if e.Event == name {
				return e
			}
		case <-timeout:
			t.Fatalf("no %q", name)
		}
	}
}

// local is a server's plugin environment with the one call of its local mode that a bridge makes.
func local(t *testing.T) (*plugin.Environment, string) {
	t.Helper()
	logger, err := mlog.NewLogger()
	must(t, err)
	env, err := plugin.NewEnvironment(func(*model.Manifest) plugin.API { return &server{} }, nil,
		filepath.Join(t.TempDir(), "plugins"), filepath.Join(t.TempDir(), "webapp"), logger, nil)
	must(t, err)
	dir, err := os.MkdirTemp("", "mm") // short: socket paths have a limit
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	listener, err := net.Listen("unix", filepath.Join(dir, "local.sock"))
	must(t, err)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v4/plugins/{id}/detach", func(_ http.ResponseWriter, r *http.Request) {
		env.Deactivate(r.PathValue("id"))
		env.RemovePlugin(r.PathValue("id"))
	})
	server := &http.Server{Handler: mux}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return env, listener.Addr().String()
}

const upper = `
from mmhooks import hookimpl

@hookimpl
def message_will_be_posted(post):
    return post.evolve(message=post.message.upper())
`

func says(t *testing.T, env *plugin.Environment) string {
	t.Helper()
	hooks, err := env.HooksForPlugin(pluginID)
	must(t, err)
	post, _ := hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{Message: "hello"})
	return post.Message
}

func TestAttach(t *testing.T) {
	env, socket := local(t)
	c := offer(t, strings.ReplaceAll(upper, "post.message.upper()", `"one"`), socket)
	manifest := &model.Manifest{Id: pluginID, Name: "Attached", Version: "1.0.0", Server: &model.ManifestServer{}}
	must(t, env.Reattach(manifest, c.wait(t, "ready").Reattach))
	if e := c.wait(t, "activated"); e.Error != "" {
		t.Fatal(e.Error)
	}
	if got := says(t, env); got != "one" {
		t.Error(got)
	}
	must(t, os.WriteFile(c.module, []byte(strings.ReplaceAll(upper, "post.message.upper()", `"two"`)), 0o644))
	c.order(t, "replace")
	if e := c.wait(t, "replaced"); e.Error != "" {
		t.Fatal(e.Error)
	}
	if got := says(t, env); got != "two" {
		t.Error(got)
	}
	must(t, os.WriteFile(c.module, []byte("import no_such_module\n"), 0o644))
	c.order(t, "replace")
	if e := c.wait(t, "replaced"); !strings.Contains(e.Error, "no_such_module") {
		t.Errorf("got %q", e.Error)
	}
	if got := says(t, env); got != "two" {
		t.Error(got)
	}
	more := upper + "\n@hookimpl\ndef user_has_been_created(user):\n    pass\n"
	must(t, os.WriteFile(c.module, []byte(more), 0o644))
	c.order(t, "replace")
	c.wait(t, "hooks_changed")
	must(t, c.orders.Close()) // as when the command is killed
	c.wait(t, "ended")
	must(t, c.bridge.Wait())
	if env.IsActive(pluginID) {
		t.Error("the server still has it")
	}
	if c.said.Len() > 0 {
		t.Errorf("it says: %s", c.said.String())
	}
}

func TestWhatWasNotAttachedIsNotTakenAway(t *testing.T) {
	env, socket := local(t)
	manifest := &model.Manifest{Id: pluginID, Name: "Attached", Version: "1.0.0", Server: &model.ManifestServer{}}
	first := offer(t, upper, socket)
	must(t, env.Reattach(manifest, first.wait(t, "ready").Reattach))
	second := offer(t, "import no_such_module\n", socket)
	if e := second.wait(t, "failed"); !strings.Contains(e.Error, "no_such_module") {
		t.Errorf("got %q", e.Error)
	}
	third := offer(t, upper, socket)
	third.wait(t, "ready")
	for _, c := range []*command{second, third} {
		must(t, c.orders.Close())
		must(t, c.bridge.Wait())
	}
	if got := says(t, env); got != "HELLO" {
		t.Error(got)
	}
}

func TestAttachByHand(t *testing.T) {
	out, err := exec.Command(bridge(t), attachArgument).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "is for 'mmhooks dev'") {
		t.Errorf("%v: %s", err, out)
	}
}
