package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
	"github.com/mattermost/mattermost/server/public/shared/mlog"
)

const pluginID = "org.example.bridged"

// server is the part of the server's API that the tests' plugins call; any other method panics.
type server struct {
	plugin.API

	mu     sync.Mutex
	log    []string
	file   []byte
	values map[string][]byte
}

func (s *server) GetServerVersion() string { return "11.1.0" }

// GetConfig has nothing but what is asked before a page may open a WebSocket.
func (s *server) GetConfig() *model.Config {
	return &model.Config{ServiceSettings: model.ServiceSettings{
		SiteURL:       model.NewPointer("https://chat.example/site"),
		AllowCorsFrom: model.NewPointer("https://friend.example https://other.example"),
	}}
}

func (s *server) GetUser(id string) (*model.User, *model.AppError) {
	if id == "nobody" {
		return nil, model.NewAppError("GetUser", "not_found", nil, "", 404)
	}
	return &model.User{Id: id, Username: "name-of-" + id}, nil
}

func (s *server) LoadPluginConfiguration(dest any) error {
	*(dest.(*any)) = map[string]any{"word": "configured"}
	return nil
}

// PluginHTTP answers with what it was asked, in capitals.
func (s *server) PluginHTTP(r *http.Request) *http.Response {
	body, _ := io.ReadAll(r.Body)
	header := http.Header{"X-Path": {r.Method + " " + r.URL.String()}, "X-Mine": r.Header["X-Mine"]}
	return &http.Response{StatusCode: 202, Header: header, Body: io.NopCloser(bytes.NewReader(bytes.ToUpper(body)))}
}

func (s *server) UploadFile(data []byte, channelID, name string) (*model.FileInfo, *model.AppError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.file = data
	return &model.FileInfo{Id: "f1", Name: name, ChannelId: channelID, Size: int64(len(data))}, nil
}

func (s *server) GetFile(id string) ([]byte, *model.AppError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id != "f1" {
		return nil, model.NewAppError("GetFile", "no_file", nil, "", 404)
	}
	return s.file, nil
}

func (s *server) KVSetWithOptions(key string, value []byte, _ model.PluginKVSetOptions) (bool, *model.AppError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values == nil {
		s.values = map[string][]byte{}
	}
	s.values[key] = value
	return true, nil
}

func (s *server) KVGet(key string) ([]byte, *model.AppError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values[key], nil
}

func (s *server) note(level, msg string, pairs []any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	line := level + " " + msg
	for _, p := range pairs {
		if text, ok := p.(string); ok {
			line += " " + text
		}
	}
	s.log = append(s.log, line)
}

func (s *server) LogDebug(msg string, pairs ...any) { s.note("debug", msg, pairs) }
func (s *server) LogInfo(msg string, pairs ...any)  { s.note("info", msg, pairs) }
func (s *server) LogWarn(msg string, pairs ...any)  { s.note("warn", msg, pairs) }
func (s *server) LogError(msg string, pairs ...any) { s.note("error", msg, pairs) }

func (s *server) logged() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.log, "\n")
}

// python is the interpreter with mmhooks: MMHOOKS_PYTHON, or the tree's own.
func python(t testing.TB) string {
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

var (
	buildOnce sync.Once
	buildPath string
	buildErr  error
)

func TestMain(m *testing.M) {
	code := m.Run()
	if buildPath != "" {
		_ = os.RemoveAll(filepath.Dir(buildPath))
	}
	os.Exit(code)
}

// bridge builds the executable once for all tests.
func bridge(t testing.TB) string {
	t.Helper()
	buildOnce.Do(func() {
		var dir string
		if dir, buildErr = os.MkdirTemp("", "mmhooks-test-"); buildErr != nil {
			return
		}
		buildPath = filepath.Join(dir, "mmhooks-bridge")
		var out []byte
		if out, buildErr = exec.Command("go", "build", "-o", buildPath, ".").CombinedOutput(); buildErr != nil {
			t.Log(string(out))
		}
	})
	if buildErr != nil {
		t.Fatal(buildErr)
	}
	return buildPath
}

// activateExecutable adds an ordinary Go plugin to the environment.
func activateExecutable(t testing.TB, w *world, id, executable string) plugin.Hooks {
	t.Helper()
	bundle := filepath.Join(w.dir, id)
	must(t, os.MkdirAll(bundle, 0o755))
	must(t, os.WriteFile(filepath.Join(bundle, "plugin.json"),
		[]byte(`{"id": "`+id+`", "name": "Native", "version": "1.0.0", "server": {"executable": "it"}}`), 0o644))
	must(t, os.Link(executable, filepath.Join(bundle, "it")))
	_, _, err := w.env.Activate(id)
	must(t, err)
	hooks, err := w.env.HooksForPlugin(id)
	must(t, err)
	return hooks
}

// world is a server's plugin environment with one plugin in it.
type world struct {
	env    *plugin.Environment
	server *server
	temp   string
	dir    string
}

// install lays a plugin out as a bundle does, with this Python module, and perhaps more keys of server.python.
func install(t testing.TB, code string, keys ...string) *world {
	t.Helper()
	t.Setenv("MMHOOKS_PYTHON", python(t))
	executable := bridge(t)             // before TMPDIR changes
	temp, err := os.MkdirTemp("", "mm") // short: socket paths have a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(temp) })
	t.Setenv("TMPDIR", temp)
	dir := filepath.Join(t.TempDir(), "plugins")
	bundle := filepath.Join(dir, pluginID)
	packages := filepath.Join(bundle, "python", "site-packages")
	manifest := `{"id": "` + pluginID + `", "name": "Bridged", "version": "1.0.0", "server": {
		"executable": "server/mmhooks-bridge", "runtime": "python",
		"python": {"entry_point": "the_plugin", "packages": ["the_plugin"], "deadlines": {"user_will_log_in": 0.2}` +
		strings.Join(append([]string{""}, keys...), ", ") + `}}}`
	must(t, os.MkdirAll(packages, 0o755))
	must(t, os.MkdirAll(filepath.Join(bundle, "server"), 0o755))
	must(t, os.WriteFile(filepath.Join(bundle, "plugin.json"), []byte(manifest), 0o644))
	must(t, os.WriteFile(filepath.Join(packages, "the_plugin.py"), []byte(code), 0o644))
	must(t, os.Link(executable, filepath.Join(bundle, "server", "mmhooks-bridge")))

	logger, err := mlog.NewLogger()
	must(t, err)
	w := &world{server: &server{}, temp: temp, dir: dir}
	w.env, err = plugin.NewEnvironment(
		func(*model.Manifest) plugin.API { return w.server }, nil, dir, filepath.Join(t.TempDir(), "webapp"), logger, nil)
	must(t, err)
	t.Cleanup(func() {
		w.env.Shutdown()
		if t.Failed() {
			t.Log(w.server.logged())
		}
	})
	return w
}

// activate installs and enables a plugin that must start.
func activate(t testing.TB, code string, keys ...string) (*world, plugin.Hooks) {
	t.Helper()
	w := install(t, code, keys...)
	if _, _, err := w.env.Activate(pluginID); err != nil {
		t.Fatalf("%v\n%s", err, w.server.logged())
	}
	hooks, err := w.env.HooksForPlugin(pluginID)
	must(t, err)
	return w, hooks
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// eventually waits for something that happens beside.
func eventually(t testing.TB, what string, within time.Duration, is func() bool) {
	t.Helper()
	for end := time.Now().Add(within); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %s: %s", within, what)
		}
	}
}
