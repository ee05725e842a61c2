package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"

	"mmhooks.dev/bridge/internal/api"
	"mmhooks.dev/bridge/internal/hooks"
	"mmhooks.dev/bridge/internal/supervisor"
)

const (
	// attachArgument makes the bridge run beside a server that did not start it.
	attachArgument = "attach"
	detachTime     = 15 * time.Second // the server waits 10 s for OnDeactivate
	noHurry        = 24 * time.Hour   // to wait for a debugger
	lastMoment     = 7 * time.Second  // for Python to end; what is still being imported does not listen
)

// assignment is the first line on standard input. Each further line is an order; the end of the input is the end.
type assignment struct {
	ID          string             `json:"id"`
	Socket      string             `json:"socket"` // of the server's local mode
	Command     []string           `json:"command"`
	Environment map[string]string  `json:"environment"`
	Deadlines   map[string]float64 `json:"deadlines"`  // null for none at all
	IsPatient   bool               `json:"is_patient"` // the start may take as long as it likes
}

// attached is a plugin that a developer's command offers to a server. It tells the command what happens, a JSON object
// a line.
type attached struct {
	assignment
	dir    *supervisor.RunDir
	events *events
	hooks  *hooks.Hooks
	python *supervisor.Supervisor
	loaded atomic.Bool // the server has it, or had it
	ended  atomic.Bool // the server has let go of it
}

func attach(orders io.Reader, out io.Writer) error {
	signal.Ignore(syscall.SIGPIPE) // a command that was killed reads no events
	lines := bufio.NewReader(orders)
	a := &attached{events: &events{encoder: json.NewEncoder(out)}}
	first, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("%q is for 'mmhooks dev', which says on standard input what to run", attachArgument)
	}
	if err := json.Unmarshal(first, &a.assignment); err != nil {
		return err
	}
	dir, err := supervisor.NewRunDir()
	if err != nil {
		return err
	}
	defer dir.Remove()
	a.dir = dir
	if err := os.Setenv("PLUGIN_UNIX_SOCKET_DIR", dir.Path); err != nil { // go-plugin listens there
		return err
	}
	server, err := api.Serve(dir.Path)
	if err != nil {
		return err
	}
	defer server.Stop()
	a.start(server)
	end := make(chan struct{})
	go func() {
		defer close(end)
		a.obey(lines)
	}()
	return a.serve(end)
}

// start prepares all that is served, and starts Python beside.
func (a *attached) start(server *api.Server) {
	records := &supervisor.Log{Copy: a.events}
	deadlines := hooks.NoDeadlines()
	if a.Deadlines != nil {
		deadlines = hooks.DeadlinesOf(a.Deadlines)
	}
	a.hooks = hooks.New(hooks.Options{
		Servants:  later[*supervisor.Supervisor](func() *supervisor.Supervisor { return a.python }),
		Log:       records,
		Deadlines: deadlines,
		SetAPI: func(api plugin.API) {
			server.SetAPI(api)
			if api != nil {
				records.SetTarget(api)
			}
		},
		Activated: func(err error) {
			log.SetOutput(io.Discard) // the library has set it to standard error: a server reads that, we do not
			a.loaded.Store(true)
			a.events.outcome("activated", err)
		},
		Ended: func() {
			a.ended.Store(true)
			a.python.Stop(drain)
		},
	})
	settings := map[string]string{
		apiTargetName:            server.Target,
		apiFramesName:            server.Frames,
		apiTokenName:             server.Token,
		runFolderName:            a.dir.Path,
		"PLUGIN_UNIX_SOCKET_DIR": a.dir.Path,
		"PYTHONUNBUFFERED":       "1",
	}
	for name, value := range a.Environment {
		settings[name] = value
	}
	environment := os.Environ() // the developer's own, unlike a server's
	for name, value := range settings {
		environment = append(environment, name+"="+value)
	}
	timeout := startTimeout
	if a.IsPatient {
		timeout = noHurry
	}
	a.python = supervisor.Start(supervisor.Options{
		Command:      a.Command,
		Env:          environment,
		Log:          records,
		StartTimeout: timeout,
		Restart:      supervisor.DefaultRestart,
		Prepare:      a.hooks.Reactivate,
		GiveUp:       func(err error) { a.events.outcome("given_up", err) },
	})
}

// serve offers the plugin until the server has let go of it or the input has ended.
func (a *attached) serve(end <-chan struct{}) error {
	defer a.python.Stop(quickDrain)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-end
		if a.loaded.Load() && !a.ended.Load() { // what another bridge offers is not ours to take away
			a.detach()
		}
		cancel()
		time.Sleep(lastMoment)
		a.dir.Remove()
		os.Exit(exitCode)
	}()
	if _, err := a.python.Get(ctx); err != nil {
		a.events.outcome("failed", err)
		return nil
	}
	config := make(chan *goplugin.ReattachConfig, 1)
	go func() {
		select {
		case c := <-config:
			a.events.say(map[string]any{"event": "ready", "reattach": model.NewPluginReattachConfig(c)})
		case <-ctx.Done():
		}
	}()
	plugin.ClientMain(a.hooks, a.hooks.Wrap, quiet,
		plugin.WithTestContext(ctx), plugin.WithTestReattachConfigCh(config))
	a.events.outcome("ended", nil)
	return nil
}

// quiet keeps the library's own messages from the terminal.
func quiet(config *goplugin.ServeConfig) error {
	config.Logger = hclog.NewNullLogger()
	return nil
}

// obey reads orders until the command ends, however it ends.
func (a *attached) obey(lines *bufio.Reader) {
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		if line == "replace\n" {
			go a.replace()
		}
	}
}

func (a *attached) replace() {
	err := a.python.Replace(a.hooks.Retire)
	if errors.Is(err, supervisor.ErrHooksChanged) {
		a.events.say(map[string]any{"event": "hooks_changed"})
		return
	}
	a.events.outcome("replaced", err)
}

// detach asks the server to let go of the plugin, so that a command that was killed leaves nothing behind.
func (a *attached) detach() {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", a.Socket)
	}
	client := http.Client{Transport: &http.Transport{DialContext: dial}, Timeout: detachTime}
	path := "/api/v4/plugins/" + url.PathEscape(a.ID) + "/detach"
	if answer, err := client.Post("http://localhost"+path, "application/json", nil); err == nil {
		_ = answer.Body.Close()
	}
}

// events tells the command what happens. It is also where log records go.
type events struct {
	mu      sync.Mutex
	encoder *json.Encoder
}

func (e *events) say(event map[string]any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	_ = e.encoder.Encode(event) // nobody may read it any more
}

func (e *events) outcome(event string, err error) {
	said := map[string]any{"event": event}
	if err != nil {
		said["error"] = err.Error()
	}
	e.say(said)
}

func (e *events) log(level, msg string, pairs []any) {
	fields := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if key, ok := pairs[i].(string); ok {
			fields[key] = pairs[i+1]
		}
	}
	e.say(map[string]any{"event": "log", "level": level, "message": msg, "fields": fields})
}

func (e *events) LogDebug(msg string, pairs ...any) { e.log("debug", msg, pairs) }
func (e *events) LogInfo(msg string, pairs ...any)  { e.log("info", msg, pairs) }
func (e *events) LogWarn(msg string, pairs ...any)  { e.log("warn", msg, pairs) }
func (e *events) LogError(msg string, pairs ...any) { e.log("error", msg, pairs) }
