package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSatisfies(t *testing.T) {
	for _, c := range []struct {
		version, wanted string
		want            bool
	}{
		{"3.11.7", "3.11", true},
		{"3.12.1", "3.11", false},
		{"3.11.7", "3.11.*", true},
		{"3.11.7", "==3.11.7", true},
		{"3.11.7", "!=3.11", false},
		{"3.9.2", ">=3.11", false},
		{"3.12.0", ">=3.11", true},
		{"3.13.0", ">=3.11, <3.13", false},
		{"3.12.9", ">= 3.11,<3.13", true},
		{"3.13.0", ">3.13", false},
		{"3.13.0", "<=3.13", true},
		{"3.12.0", "~=3.11", true},
		{"4.0.0", "~=3.11", false},
		{"4.0.0", ">=3", true},
	} {
		if got, err := satisfies(c.version, c.wanted); err != nil || got != c.want {
			t.Errorf("%s with %s: %v, %v", c.version, c.wanted, got, err)
		}
	}
	if _, err := satisfies("3.11.7", "newest"); err == nil || !strings.Contains(err.Error(), "'>=3.11'") {
		t.Error(err)
	}
}

// wrongPython is an interpreter that can do nothing but tell its version, as far as a bundle is concerned.
const wrongPython = `#!/bin/sh
if [ "$1" = -I ]; then printf 3.9.2; exit; fi
echo "SyntaxError: invalid syntax" >&2
exit 1
`

func TestAnotherPythonThanTheBundleIsFor(t *testing.T) {
	for wanted, word := range map[string]string{`"3.11"`: "Python 3.11", `null`: "Python >=3.11"} {
		t.Run(wanted, func(t *testing.T) { // each puts its environment back
			w := install(t, "from mmhooks import hookimpl\n")
			other := filepath.Join(t.TempDir(), "python3")
			must(t, os.WriteFile(other, []byte(wrongPython), 0o755))
			t.Setenv("MMHOOKS_PYTHON", other)
			manifest := filepath.Join(w.dir, pluginID, "plugin.json")
			text, err := os.ReadFile(manifest)
			must(t, err)
			changed := strings.Replace(string(text), `"python": {`, `"python": {"python_version": `+wanted+`, `, 1)
			must(t, os.WriteFile(manifest, []byte(changed), 0o644))
			_, _, err = w.env.Activate(pluginID)
			if err == nil {
				t.Fatal("it runs")
			}
			for _, part := range []string{word, other + " is Python 3.9.2", "MMHOOKS_PYTHON"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q is not in: %v", part, err)
				}
			}
			if strings.Contains(err.Error(), "SyntaxError") {
				t.Errorf("it was started: %v", err)
			}
		})
	}
}
