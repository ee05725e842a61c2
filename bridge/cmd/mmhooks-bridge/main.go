// Command mmhooks-bridge is the executable of every bundle: a stock server loads it like any Go plugin, and it runs the
// bundle's Python side.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/mattermost/mattermost/server/public/plugin"

	"mmhooks.dev/bridge/internal/api"
	"mmhooks.dev/bridge/internal/hooks"
	"mmhooks.dev/bridge/internal/supervisor"
)

const (
	startTimeout  = time.Minute
	drain         = 5 * time.Second // the server waits 10 s for OnDeactivate
	quickDrain    = time.Second     // it kills what does not end within 2 s
	exitCode      = 3
	logGoodbye    = 200 * time.Millisecond // for the last record to reach the server
	cookieName    = "MATTERMOST_PLUGIN"    // set by every server for every plugin
	apiTargetName = "MATTERMOST_PLUGIN_API_TARGET"
	apiFramesName = "MATTERMOST_PLUGIN_API_FRAMES"
	apiTokenName  = "MATTERMOST_PLUGIN_API_TOKEN"
	runFolderName = "MMHOOKS_RUN_FOLDER" // what the Python side removes when the bridge was killed
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "mmhooks-bridge:", err)
		os.Exit(exitCode)
	}
}

func run() error {
	if len(os.Args) == 2 && os.Args[1] == attachArgument {
		return attach(os.Stdin, os.Stdout)
	}
	if os.Getenv(cookieName) == "" {
		return errors.New("this is a Mattermost plugin: a server starts it")
	}
	bundle, err := findBundle()
	if err != nil {
		return err
	}
	dir, err := supervisor.NewRunDir()
	if err != nil {
		return err
	}
	defer dir.Remove()
	server, err := api.Serve(dir.Path)
	if err != nil {
		return err
	}
	defer server.Stop()

	log := &supervisor.Log{}
	var python *supervisor.Pool // set before anything is served
	end := sync.OnceFunc(func() {
		python.Stop(quickDrain)
		dir.Remove()
	})
	h := hooks.New(hooks.Options{
		Servants:  later[*supervisor.Pool](func() *supervisor.Pool { return python }),
		Workers:   workers(bundle.workers, func(i int) *supervisor.Supervisor { return python.Worker(i) }),
		Log:       log,
		Deadlines: hooks.DeadlinesOf(bundle.deadlines),
		SetAPI: func(a plugin.API) {
			server.SetAPI(a)
			if a != nil {
				log.SetTarget(a)
			}
		},
		Ended: func() { python.Stop(drain) },
	})
	python = supervisor.StartPool(bundle.workers, supervisor.Options{
		Command: bundle.command(),
		Env: supervisor.Environment(bundle.environment(map[string]string{
			apiTargetName:            server.Target,
			apiFramesName:            server.Frames,
			apiTokenName:             server.Token,
			"PLUGIN_UNIX_SOCKET_DIR": dir.Path,
			runFolderName:            dir.Path,
			"PYTHONUNBUFFERED":       "1",
		})),
		Check:          bundle.checkPython,
		Log:            log,
		StartTimeout:   startTimeout,
		HealthInterval: supervisor.DefaultHealthInterval,
		Restart:        supervisor.DefaultRestart,
		Prepare:        h.Reactivate,
		GiveUp: func(error) {
			time.Sleep(logGoodbye)
			dir.Remove()
			os.Exit(exitCode)
		},
	})
	go onSignal(end)
	go onParentDeath(end)
	plugin.ClientMain(h, h.Wrap) // returns when the server says so
	end()
	return nil
}

// later leads to a supervisor that is made after those who need it: it activates what it restarts.
type later[S hooks.Servants] func() S

func (l later[S]) Get(ctx context.Context) (*supervisor.Servant, error) {
	return l().Get(ctx)
}

func (l later[S]) Rejects(hook string) bool {
	return l().Rejects(hook)
}

func workers(number int, of func(int) *supervisor.Supervisor) []hooks.Servants {
	var all []hooks.Servants
	for i := range number {
		all = append(all, later[*supervisor.Supervisor](func() *supervisor.Supervisor { return of(i) }))
	}
	return all
}

// onParentDeath ends with a server that was killed: it had no time to say so.
func onParentDeath(end func()) {
	<-supervisor.ParentDeath()
	end()
	os.Exit(exitCode)
}

func onSignal(end func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	<-signals
	end()
	os.Exit(0)
}
