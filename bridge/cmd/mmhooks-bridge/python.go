package main

import (
	"cmp"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldest is what mmhooks itself needs.
const oldest = ">=3.11"

// tellVersion is understood by every Python there is: one that is too old cannot even import mmhooks.
const tellVersion = `import sys; sys.stdout.write("%d.%d.%d" % sys.version_info[:3])`

var condition = regexp.MustCompile(`^(>=|<=|==|!=|~=|>|<|)\s*(\d+(?:\.\d+)*)(?:\.\*)?$`)

// checkPython compares the interpreter with server.python.python_version: packages that are compiled fit one version.
func (b *bundle) checkPython() error {
	python := b.command()[0]
	out, err := exec.Command(python, "-I", "-c", tellVersion).Output()
	if err != nil {
		return nil // that it cannot be started is reported when it is
	}
	here, wanted := string(out), cmp.Or(b.version, oldest)
	switch ok, err := satisfies(here, wanted); {
	case err != nil:
		return err
	case ok:
		return nil
	}
	return fmt.Errorf("the plugin needs Python %s, and %s is Python %s: set MMHOOKS_PYTHON in the server's "+
		"environment to a Python %s, or build the plugin with the Python of the server", wanted, python, here, wanted)
}

// satisfies reads conditions as 'mmhooks build' does: 3.11, or >=3.11,<3.13.
func satisfies(version, wanted string) (bool, error) {
	for _, part := range strings.Split(wanted, ",") {
		found := condition.FindStringSubmatch(strings.TrimSpace(part))
		if found == nil {
			return false, fmt.Errorf("server.python.python_version: %q is not like '3.11' or '>=3.11'", wanted)
		}
		if !fits(numbers(version), found[1], numbers(found[2])) {
			return false, nil
		}
	}
	return true, nil
}

func fits(here []int, sign string, limit []int) bool {
	near := slices.Compare(here[:min(len(here), len(limit))], limit)
	switch sign {
	case "!=":
		return near != 0
	case ">=":
		return near >= 0
	case "<=":
		return near <= 0
	case ">":
		return near > 0
	case "<":
		return near < 0
	case "~=":
		family := max(len(limit)-1, 1)
		return near >= 0 && slices.Equal(here[:min(len(here), family)], limit[:family])
	}
	return near == 0
}

func numbers(version string) []int {
	var out []int
	for _, part := range strings.Split(version, ".") {
		number, _ := strconv.Atoi(part)
		out = append(out, number)
	}
	return out
}
