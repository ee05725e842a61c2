package hooks

import (
	"slices"
	"strings"
	"time"
)

const (
	heldUp     = 5 * time.Second  // somebody waits for the answer
	beside     = 30 * time.Second // nobody does
	activation = time.Minute      // imports and on_activate
	forever    = 7 * 24 * time.Hour
	margin     = time.Second // for Python to answer with what its own deadline makes of it
)

// Deadlines says how long a hook may take.
type Deadlines struct {
	given map[string]float64
	none  bool
}

// NoDeadlines is for who looks at hooks with a debugger.
func NoDeadlines() Deadlines {
	return Deadlines{none: true}
}

// DeadlinesOf reads server.python.deadlines: seconds by the hook's name in Python, "background" for hooks that nobody
// waits for, and "default" for all that is not named.
func DeadlinesOf(given map[string]float64) Deadlines {
	return Deadlines{given: given}
}

// Of is the deadline of a hook, given by its Go name.
func (d Deadlines) Of(hook string) time.Duration {
	if d.none {
		return forever
	}
	names := []string{snake[hook], "background", "default"}
	if holdsUp(hook) {
		names = []string{snake[hook], "default"}
	}
	for _, name := range names {
		if seconds, ok := d.given[name]; ok {
			return time.Duration(seconds*float64(time.Second)) + margin
		}
	}
	switch {
	case hook == "OnActivate":
		return activation
	case holdsUp(hook):
		return heldUp
	}
	return beside
}

// holdsUp tells whether somebody waits for the hook. mmhooks/bundle/deadline.py says the same.
func holdsUp(hook string) bool {
	return strings.Contains(hook, "Will") || slices.Contains([]string{"ExecuteCommand", "OnSAMLLogin", "ServeHTTP"}, hook)
}
