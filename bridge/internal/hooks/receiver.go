package hooks

import (
	"context"
	"fmt"

	goplugin "github.com/hashicorp/go-plugin"
)

// Wrap makes the server see only the hooks that the Python side has: upstream reports every method of the plugin's
// type, and would send all of them. To be given to plugin.ClientMain.
func (h *Hooks) Wrap(config *goplugin.ServeConfig) error {
	original, ok := config.Plugins["hooks"]
	if !ok {
		return fmt.Errorf("server/public serves no %q any more", "hooks")
	}
	config.Plugins["hooks"] = &wrapped{original, h}
	return nil
}

type wrapped struct {
	goplugin.Plugin
	hooks *Hooks
}

func (w *wrapped) Server(broker *goplugin.MuxBroker) (any, error) {
	original, err := w.Plugin.Server(broker)
	if err != nil {
		return nil, err
	}
	methods, ok := original.(upstream)
	if !ok {
		return nil, fmt.Errorf("the RPC receiver of server/public lacks a hook: %T; run make gen", original)
	}
	return &receiver{methods, w.hooks}, nil
}

type receiver struct {
	upstream
	hooks *Hooks
}

// Implemented takes the place of upstream's.
func (r *receiver) Implemented(_ struct{}, reply *[]string) error {
	*reply = r.hooks.reported()
	return nil
}

// reported waits for the Python side. If that cannot start, OnActivate says why.
func (h *Hooks) reported() []string {
	names := []string{"OnActivate", "OnDeactivate"}
	ctx, cancel := context.WithTimeout(context.Background(), activation)
	defer cancel()
	servant, err := h.servants.Get(ctx)
	if err != nil {
		return names
	}
	for _, name := range servant.Implemented() {
		if name != "OnActivate" && name != "OnDeactivate" {
			names = append(names, name)
		}
	}
	return names
}
