// Package hooks is the plugin as the server sees it: every hook is passed on to the Python side.
package hooks

import (
	"context"
	"errors"
	"sync"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"

	"mmhooks.dev/bridge/internal/supervisor"
)

// Servants is where hooks find the Python side.
type Servants interface {
	Get(context.Context) (*supervisor.Servant, error)
	// Rejects tells whether a hook is to reject when it gets no answer.
	Rejects(hook string) bool
}

// Log takes what the bridge itself has to say.
type Log interface {
	Error(msg string, args ...any)
}

// Options are what Hooks needs.
type Options struct {
	Servants Servants
	// Workers are the same ones by one, if there are several. What concerns each goes to each.
	Workers   []Servants
	Log       Log
	Deadlines Deadlines
	// SetAPI passes the server's API on, once there is one.
	SetAPI func(plugin.API)
	// Ended is called after OnDeactivate.
	Ended func()
	// Activated is told what came of OnActivate; it may be nil.
	Activated func(error)
}

// Hooks implements plugin.Hooks. The methods not written here are generated, on calls.
type Hooks struct {
	calls
	options Options
	workers []*worker
	ended   sync.Once
}

var _ plugin.Hooks = (*Hooks)(nil)

// New makes the plugin that plugin.ClientMain serves.
func New(o Options) *Hooks {
	from := &origins{}
	h := &Hooks{calls: calls{o.Servants, o.Log, o.Deadlines, from}, options: o}
	if len(o.Workers) == 0 {
		o.Workers = []Servants{o.Servants}
	}
	for _, servants := range o.Workers {
		h.workers = append(h.workers, &worker{calls: calls{servants, o.Log, o.Deadlines, from}})
	}
	return h
}

// SetAPI is called by the server's library, first with nil.
func (h *Hooks) SetAPI(api plugin.API) {
	if api != nil {
		h.origins.set(api)
	}
	h.options.SetAPI(api)
}

// SetDriver is part of what the server's library demands; Python plugins have no database driver.
func (h *Hooks) SetDriver(plugin.Driver) {}

// Implemented answers only in tests; the server asks the receiver, see Wrap.
func (h *Hooks) Implemented() ([]string, error) {
	return h.reported(), nil
}

// OnActivate waits for the Python side. Its error is shown to the administrator.
func (h *Hooks) OnActivate() error {
	err := h.workers[0].activate() // alone: what must exist only once, it makes before the others look for it
	if err == nil {
		err = each(h.workers[1:], (*worker).activate)
	}
	if err != nil {
		_ = each(h.workers, (*worker).deactivate)
	}
	if h.options.Activated != nil {
		h.options.Activated(err)
	}
	return err
}

// OnDeactivate ends the Python side after it was told.
func (h *Hooks) OnDeactivate() error {
	err := each(h.workers, func(w *worker) error {
		w.activated.Store(false)
		return w.OnDeactivate()
	})
	h.ended.Do(h.options.Ended)
	return err
}

// OnConfigurationChange goes to every worker.
func (h *Hooks) OnConfigurationChange() error {
	return each(h.workers, func(w *worker) error { return w.OnConfigurationChange() })
}

// OnPluginClusterEvent goes to every worker.
func (h *Hooks) OnPluginClusterEvent(c *plugin.Context, event model.PluginClusterEvent) {
	_ = each(h.workers, func(w *worker) error {
		w.OnPluginClusterEvent(c, event)
		return nil
	})
}

// Reactivate does for a servant that replaces a dead one what the server did for the first.
func (h *Hooks) Reactivate(ctx context.Context, servant *supervisor.Servant) error {
	if !h.workers[servant.Worker()].activated.Load() {
		return nil
	}
	one := h.to(servant)
	if err := one.OnConfigurationChange(); err != nil {
		h.log.Error("on_configuration_change failed", "error", err.Error())
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return plain(one.OnActivate())
}

// Retire deactivates a servant that is replaced, and waits for it until the context ends.
func (h *Hooks) Retire(ctx context.Context, servant *supervisor.Servant) {
	if !h.workers[servant.Worker()].activated.Load() {
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		one := h.to(servant)
		if err := one.OnDeactivate(); err != nil {
			h.log.Error("on_deactivate failed", "error", err.Error())
		}
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// to makes calls to one servant, whichever is the current one.
func (h *Hooks) to(servant *supervisor.Servant) *calls {
	return &calls{fixed{servant}, h.log, h.deadlines, h.origins}
}

type fixed struct {
	servant *supervisor.Servant
}

func (f fixed) Get(context.Context) (*supervisor.Servant, error) {
	return f.servant, nil
}

func (f fixed) Rejects(string) bool {
	return false
}

// plain takes the text out of an AppError, whose own form is made for logs.
func plain(err error) error {
	var e *model.AppError
	if errors.As(err, &e) {
		return errors.New(e.Message)
	}
	return err
}
