package hooks

import (
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

// DeadlinesOf reads server.python.deadlines: seconds by the hook's name in Python, and "default".
func DeadlinesOf(given map[string]float64) Deadlines {
	return Deadlines{given: given}
}

// Of is the deadline of a hook, given by its Go name.
func (d Deadlines) Of(hook string) time.Duration {
	if d.none {
		return forever
	}
	for _, name := range []string{snake[hook], "default"} {
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

func holdsUp(hook string) bool {
	return strings.Contains(hook, "Will") || hook == "ExecuteCommand" || hook == "OnSAMLLogin"
}
