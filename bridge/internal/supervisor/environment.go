package supervisor

import (
	"os"
	"slices"
	"strings"
)

// inherited is what a servant gets of the server's environment, beside names that begin with MMHOOKS_: the server's
// holds secrets.
var inherited = []string{
	"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV",
}

// Environment is the servant's, with these settings on top.
func Environment(settings map[string]string) []string {
	var out []string
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		_, set := settings[name]
		if !set && (slices.Contains(inherited, name) || strings.HasPrefix(name, "MMHOOKS_")) {
			out = append(out, entry)
		}
	}
	for name, value := range settings {
		out = append(out, name+"="+value)
	}
	slices.Sort(out)
	return out
}
