package hooks

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/mattermost/mattermost/server/public/model"
)

// configured is what origins need of plugin.API.
type configured interface {
	GetConfig() *model.Config
}

// origins says which pages may open a WebSocket: a browser sends the user's cookie along, whatever page asks. The server
// itself checks this for its own WebSocket and leaves those of plugins to them.
type origins struct {
	api atomic.Pointer[configured]
}

func (o *origins) set(api configured) {
	o.api.Store(&api)
}

// allow follows the server's rule: the server's own pages, and those of AllowCorsFrom. Who is no browser sends no origin.
func (o *origins) allow(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	if from, err := url.Parse(origin); err == nil && strings.EqualFold(from.Host, r.Host) {
		return true
	}
	api := o.api.Load()
	if api == nil {
		return false
	}
	list := allowed((*api).GetConfig())
	return slices.Contains(list, "*") || slices.Contains(list, origin)
}

func allowed(config *model.Config) []string {
	if config == nil {
		return nil
	}
	var list []string
	if from := config.ServiceSettings.AllowCorsFrom; from != nil {
		list = strings.Fields(*from)
	}
	if site := config.ServiceSettings.SiteURL; site != nil {
		if u, err := url.Parse(*site); err == nil && u.Host != "" {
			list = append(list, u.Scheme+"://"+u.Host)
		}
	}
	return list
}
