package hooks

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/gosaml2"
	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"

	"mmhooks.dev/bridge/internal/fill"
	"mmhooks.dev/bridge/internal/supervisor"
)

// opaque types travel as one document, which is not compared.
var opaque = []reflect.Type{
	reflect.TypeFor[model.Config](), reflect.TypeFor[model.License](), reflect.TypeFor[saml2.AssertionInfo](),
}

// python is the interpreter with mmhooks: MMHOOKS_PYTHON, or the tree's own.
func python(t *testing.T) string {
	t.Helper()
	path := os.Getenv("MMHOOKS_PYTHON")
	if path == "" {
		path, _ = filepath.Abs("../../../.venv/bin/python")
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

// everything runs testdata/everything.py, and tells where it notes what it gets.
func everything(t *testing.T) (*Hooks, string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "mm") // short: socket paths have a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	record, manifest := filepath.Join(dir, "record"), filepath.Join(dir, "plugin.json")
	code, _ := filepath.Abs("testdata")
	text := `{"id": "every.thing", "name": "Everything", "version": "1.0.0",
		"server": {"python": {"entry_point": "everything", "packages": ["everything"]}}}`
	if err := os.WriteFile(manifest, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	log := &supervisor.Log{}
	log.SetTarget(logTo{t})
	s := supervisor.Start(supervisor.Options{
		Command:      []string{python(t), "-B", "-m", "mmhooks.runtime", "--manifest", manifest},
		Env:          supervisor.Environment(map[string]string{"PYTHONPATH": code, "MMHOOKS_RECORD": record, "TMPDIR": dir}),
		Log:          log,
		StartTimeout: time.Minute,
	})
	t.Cleanup(func() { s.Stop(5 * time.Second) })
	return New(Options{Servants: s, Log: log, SetAPI: func(plugin.API) {}, Ended: func() {}}), record
}

type logTo struct {
	t *testing.T
}

func (l logTo) LogDebug(string, ...any) {}
func (l logTo) LogInfo(string, ...any)  {}
func (l logTo) LogWarn(msg string, pairs ...any) {
	l.t.Log(msg, fmt.Sprintf("%.1500v", pairs))
}
func (l logTo) LogError(msg string, pairs ...any) {
	l.t.Log(msg, fmt.Sprintf("%.1500v", pairs))
}

// names lists what plugin.Hooks has, but for what is streamed and has tests of its own.
func names() []string {
	var out []string
	for method := range reflect.TypeFor[plugin.Hooks]().Methods() {
		if !slices.Contains([]string{"Implemented", "ServeHTTP", "ServeMetrics", "FileWillBeUploaded"}, method.Name) {
			out = append(out, method.Name)
		}
	}
	return out
}

// call calls a hook with values in every field.
func call(h *Hooks, name string) (arguments, results []reflect.Value) {
	method := reflect.ValueOf(h).MethodByName(name)
	for i := range method.Type().NumIn() {
		argument := reflect.New(method.Type().In(i)).Elem()
		fill.Value(argument, i+1)
		arguments = append(arguments, argument)
	}
	return arguments, method.Call(arguments)
}

// TestEveryHookReachesPythonAndBack wants every value of the arguments in Python, and what Python answers in Go.
func TestEveryHookReachesPythonAndBack(t *testing.T) {
	h, record := everything(t)
	if _, err := h.servants.Get(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range names() {
		t.Run(name, func(t *testing.T) {
			arguments, results := call(h, name)
			var sent []string
			for _, argument := range arguments {
				sent = append(sent, fill.Leaves(argument, opaque)...)
			}
			if lost := missing(sent, noted(t, record, name)); len(lost) > 0 {
				t.Errorf("lost on the way to Python: %.300v", lost)
			}
			checkResults(t, name, sent, results)
		})
	}
}

func checkResults(t *testing.T, name string, sent []string, results []reflect.Value) {
	t.Helper()
	wanted := map[string][]string{
		"ExecuteCommand":              {"answered", "ephemeral"},
		"RunDataRetention":            {"7"},
		"GenerateSupportData":         {"support.txt", "01ff"},
		"OnSharedChannelsSyncMsg":     {"5", "6"},
		"ConfigurationWillBeSaved":    {"http://new"},
		"EmailNotificationWillBeSent": {"S"},
	}
	var got []string
	for _, result := range results {
		if err, isError := result.Interface().(error); isError && !result.IsNil() {
			t.Error(err)
			continue
		}
		got = append(got, fill.Leaves(result, nil)...)
	}
	want, special := wanted[name]
	switch {
	case special:
		if lost := missing(want, got); len(lost) > 0 {
			t.Errorf("lost on the way back: %v", lost)
		}
	case len(results) == 1 && results[0].Kind() == reflect.String:
		if !strings.HasPrefix(results[0].String(), "because of ") {
			t.Errorf("reason: %q", results[0])
		}
	case name == "OnSharedChannelsPing":
		if !results[0].Bool() {
			t.Error("ping: false")
		}
	case len(results) > 0 && results[0].Type() != reflect.TypeFor[error]():
		if len(got) == 0 {
			t.Error("nothing came back")
		}
		if over := missing(got, sent); len(over) > 0 {
			t.Errorf("came back changed: %.300v", over)
		}
	}
}

// noted is what Python has written down about the last call of a hook.
func noted(t *testing.T, record, hook string) []string {
	t.Helper()
	data, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for line := range strings.Lines(string(data)) {
		var entry struct {
			Hook   string
			Leaves []string
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		if entry.Hook == hook {
			found = entry.Leaves
		}
	}
	return found
}

func missing(wanted, got []string) []string {
	rest := slices.Clone(got)
	var lost []string
	for _, leaf := range wanted {
		if i := slices.Index(rest, leaf); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		} else {
			lost = append(lost, leaf)
		}
	}
	return lost
}

// down is a Python side that never comes up.
type down struct {
	rejecting bool
}

func (down) Get(context.Context) (*supervisor.Servant, error) {
	return nil, supervisor.ErrStopped
}

func (d down) Rejects(string) bool {
	return d.rejecting
}

// TestEveryHookWithoutPython holds what the server gets: hooks fail open, unless they are to fail closed.
func TestEveryHookWithoutPython(t *testing.T) {
	for _, rejecting := range []bool{false, true} {
		h := New(Options{Servants: down{rejecting}, Log: &supervisor.Log{}, SetAPI: func(plugin.API) {}, Ended: func() {}})
		for _, name := range names() {
			arguments, results := call(h, name)
			stopped := false
			for i, result := range results {
				switch result.Kind() {
				case reflect.String:
					stopped = stopped || result.String() != ""
				case reflect.Interface:
					stopped = stopped || !result.IsNil()
				case reflect.Pointer:
					same := name == "MessageWillBeUpdated" && !rejecting && result.Pointer() == arguments[1].Pointer()
					isError := result.Type() == reflect.TypeFor[*model.AppError]()
					stopped = stopped || isError && !result.IsNil()
					if !result.IsNil() && !same && !isError {
						t.Errorf("%s: result %d is %v", name, i, result)
					}
					if name == "MessageWillBeUpdated" && !rejecting && result.IsNil() {
						t.Errorf("%s: no post would mean a rejection", name)
					}
				}
			}
			want := rejecting && len(results) > 0 && (holdsUp(name) || gates[name]) || mustFail[name]
			if strings.HasPrefix(name, "MessagesWillBeConsumed") {
				want = false // it has no way to reject
			}
			if stopped != want {
				t.Errorf("%s, to fail closed %v: stopped %v", name, rejecting, stopped)
			}
		}
	}
}

// mustFail are hooks that do something for the server, which has to know that it was not done.
var mustFail = map[string]bool{
	"OnActivate": true, "OnDeactivate": true, "OnConfigurationChange": true, "OnInstall": true, "ExecuteCommand": true,
	"RunDataRetention": true, "GenerateSupportData": true, "OnSharedChannelsSyncMsg": true,
	"OnSharedChannelsAttachmentSyncMsg": true, "OnSharedChannelsProfileImageSyncMsg": true,
}

func TestDeadlines(t *testing.T) {
	given := DeadlinesOf(map[string]float64{"message_will_be_posted": 0.5, "default": 2})
	both := DeadlinesOf(map[string]float64{"default": 2, "background": 60, "on_activate": 90})
	for _, c := range []struct {
		deadlines Deadlines
		hook      string
		want      time.Duration
	}{
		{Deadlines{}, "MessageWillBePosted", 5 * time.Second},
		{Deadlines{}, "MessageHasBeenPosted", 30 * time.Second},
		{Deadlines{}, "ExecuteCommand", 5 * time.Second},
		{Deadlines{}, "OnActivate", time.Minute},
		{given, "MessageWillBePosted", 1500 * time.Millisecond},
		{given, "OnSAMLLogin", 3 * time.Second},
		{given, "MessageHasBeenPosted", 3 * time.Second},
		{both, "MessageWillBePosted", 3 * time.Second},
		{both, "MessageHasBeenPosted", 61 * time.Second},
		{both, "OnActivate", 91 * time.Second},
		{DeadlinesOf(map[string]float64{"background": 60}), "ExecuteCommand", 5 * time.Second},
	} {
		if got := c.deadlines.Of(c.hook); got != c.want {
			t.Errorf("%s: %s, want %s", c.hook, got, c.want)
		}
	}
}

// TestPythonKnowsTheSameHooksThatHoldUp holds the two lists of deadline.go and deadline.py together.
func TestPythonKnowsTheSameHooksThatHoldUp(t *testing.T) {
	code := `import json
from mmhooks.api._generated.hooks import HOOKS
from mmhooks.bundle.deadline import holds_up
print(json.dumps({hook.rpc: holds_up(name) for name, hook in HOOKS.items()}))`
	out, err := exec.Command(python(t), "-c", code).Output()
	if err != nil {
		t.Fatal(err)
	}
	var said map[string]bool
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names(), "ServeHTTP", "ServeMetrics", "FileWillBeUploaded") {
		if does, known := said[name]; !known || does != holdsUp(name) {
			t.Errorf("%s: Python says %v (known: %v)", name, does, known)
		}
	}
}
