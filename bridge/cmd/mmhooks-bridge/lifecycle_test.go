package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

// alive has a hook that tells the process's id, and one that tells how often it was activated.
const alive = `
import logging, os, subprocess
from mmhooks import hookimpl

child = subprocess.Popen(["sleep", "600"])
settings = []

@hookimpl
def on_configuration_change():
    settings.append("changed")

@hookimpl
def on_activate():
    print("printed words")
    logging.getLogger("mine").warning("logged words", extra={"colour": "blue"})
    settings.append("activated")

@hookimpl
def message_will_be_posted(post):
    if post.message == "pid":
        return post.evolve(message=f"{os.getpid()} {child.pid} {' '.join(settings)}")
    if post.message == "die":
        os._exit(7)
`

func processes(t testing.TB, hooks plugin.Hooks) (python, child int, settings string) {
	t.Helper()
	post, _ := hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{Message: "pid"})
	parts := strings.SplitN(post.Message, " ", 3)
	if len(parts) != 3 {
		return 0, 0, ""
	}
	python, _ = strconv.Atoi(parts[0])
	child, _ = strconv.Atoi(parts[1])
	return python, child, parts[2]
}

func gone(pid int) bool {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	return err != nil || strings.Contains(string(data), ") Z ")
}

func TestActivationError(t *testing.T) {
	w := install(t, `
from mmhooks import hookimpl

@hookimpl
def on_activate():
    raise ValueError("no database here")
`)
	_, _, err := w.env.Activate(pluginID)
	if err == nil || !strings.Contains(err.Error(), "no database here") {
		t.Error(err)
	}
	if !strings.Contains(w.server.logged(), "Traceback (most recent call last)") {
		t.Error("no traceback in the log")
	}
}

func TestImportError(t *testing.T) {
	w := install(t, "import no_such_module\n")
	_, _, err := w.env.Activate(pluginID)
	if err == nil || !strings.Contains(err.Error(), "no_such_module") {
		t.Error(err)
	}
}

func TestLogAndOrderOfActivation(t *testing.T) {
	w, hooks := activate(t, alive)
	_, _, settings := processes(t, hooks)
	if settings != "changed activated" {
		t.Error(settings)
	}
	for _, line := range []string{"info printed words", "warn logged words colour blue logger mine"} {
		eventually(t, line, 5*time.Second, func() bool { return strings.Contains(w.server.logged(), line) })
	}
}

func TestAKilledPythonComesBackActivated(t *testing.T) {
	w, hooks := activate(t, alive)
	first, child, _ := processes(t, hooks)
	must(t, syscall.Kill(first, syscall.SIGKILL))
	start := time.Now()
	second := first
	for second == first || second == 0 {
		var settings string
		if second, _, settings = processes(t, hooks); second != first && second != 0 && settings != "changed activated" {
			t.Errorf("hooks came before activation: %q", settings)
		}
		if time.Since(start) > 10*time.Second {
			t.Fatal("it did not come back")
		}
	}
	t.Logf("back after %s", time.Since(start).Round(time.Millisecond))
	if !gone(first) || !gone(child) {
		t.Error("the first one or its child is still there")
	}
	if !strings.Contains(w.server.logged(), "is started again") {
		t.Error("not logged")
	}
}

func TestAHookThatEndsPythonFailsOpen(t *testing.T) {
	_, hooks := activate(t, alive)
	post, reason := hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{Message: "die"})
	if post == nil || post.Message != "die" || reason != "" {
		t.Errorf("got %v, %q", post, reason)
	}
	eventually(t, "a new Python", 10*time.Second, func() bool { pid, _, _ := processes(t, hooks); return pid != 0 })
}

func TestDeactivationLeavesNothingBehind(t *testing.T) {
	w, hooks := activate(t, alive)
	pid, child, _ := processes(t, hooks)
	w.env.Deactivate(pluginID)
	eventually(t, "no Python", 3*time.Second, func() bool { return gone(pid) && gone(child) })
	eventually(t, "no files", 3*time.Second, func() bool { return len(left(t, w)) == 0 })
}

func TestAKilledBridgeLeavesNothing(t *testing.T) {
	w, hooks := activate(t, alive)
	pid, child, _ := processes(t, hooks)
	must(t, syscall.Kill(parentOf(t, pid), syscall.SIGKILL))
	eventually(t, "no Python", 2*time.Second, func() bool { return gone(pid) && gone(child) })
	eventually(t, "no files", 2*time.Second, func() bool { return len(left(t, w)) == 0 })
	must(t, w.env.RestartPlugin(pluginID))
	if directories := left(t, w); len(directories) != 1 {
		t.Errorf("the next start did not clean up: %v", directories)
	}
}

// TestBridgeAndPythonKilledAtOnce leaves the folder, which nobody was there to remove, until the next bridge starts.
func TestBridgeAndPythonKilledAtOnce(t *testing.T) {
	w, hooks := activate(t, alive)
	pid, _, _ := processes(t, hooks)
	parent := parentOf(t, pid)
	must(t, syscall.Kill(pid, syscall.SIGSTOP)) // so that it cannot see the other one's end
	must(t, syscall.Kill(parent, syscall.SIGKILL))
	must(t, syscall.Kill(-pid, syscall.SIGKILL))
	eventually(t, "no Python", 2*time.Second, func() bool { return gone(pid) && gone(parent) })
	before := left(t, w)
	must(t, w.env.RestartPlugin(pluginID))
	if after := left(t, w); len(before) != 1 || len(after) != 1 || after[0] == before[0] {
		t.Errorf("%v before the next start, %v after it", before, after)
	}
}

// TestAHangingPythonEndsWithItsBridge has hookimpls that never return, on a thread and on the event loop.
func TestAHangingPythonEndsWithItsBridge(t *testing.T) {
	w, hooks := activate(t, `
import os, threading, time
from mmhooks import hookimpl

@hookimpl
def message_will_be_posted(post):
    return post.evolve(message=str(os.getpid()))

@hookimpl
def channel_has_been_created(channel):
    threading.Event().wait()

@hookimpl
async def user_has_been_created(user):
    time.sleep(600)
`)
	post, _ := hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{Message: "pid"})
	pid, err := strconv.Atoi(post.Message)
	must(t, err)
	go hooks.ChannelHasBeenCreated(&plugin.Context{}, &model.Channel{})
	go hooks.UserHasBeenCreated(&plugin.Context{}, &model.User{})
	time.Sleep(100 * time.Millisecond) // nothing tells from outside that they hang
	must(t, syscall.Kill(parentOf(t, pid), syscall.SIGKILL))
	eventually(t, "no Python", 2*time.Second, func() bool { return gone(pid) })
	eventually(t, "no files", time.Second, func() bool { return len(left(t, w)) == 0 })
}

func parentOf(t testing.TB, pid int) int {
	t.Helper()
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	must(t, err)
	_, rest, _ := strings.Cut(string(stat), ") ")
	parent, err := strconv.Atoi(strings.Fields(rest)[1])
	must(t, err)
	return parent
}

func TestStartedByHand(t *testing.T) {
	out, err := exec.Command(bridge(t)).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "a server starts it") {
		t.Errorf("%v: %s", err, out)
	}
}

// TestKillsUnderLoad wants an answer to every post, in time, while Python is killed again and again.
func TestKillsUnderLoad(t *testing.T) {
	_, hooks := activate(t, alive)
	var slowest time.Duration
	var recoveries []time.Duration
	for kills := 0; kills < 6; {
		pid, _, _ := processes(t, hooks)
		if pid == 0 {
			continue
		}
		must(t, syscall.Kill(pid, syscall.SIGKILL))
		kills++
		killed := time.Now()
		for {
			start := time.Now()
			now, _, settings := processes(t, hooks)
			slowest = max(slowest, time.Since(start))
			if now != 0 && now != pid {
				recoveries = append(recoveries, time.Since(killed))
				if settings != "changed activated" {
					t.Errorf("hooks came before activation: %q", settings)
				}
				break
			}
		}
		time.Sleep(1100 * time.Millisecond) // a life that is not short
	}
	slices.Sort(recoveries)
	t.Logf("slowest answer %s, recoveries %v", slowest, recoveries)
	if recoveries[len(recoveries)-1] > 2*time.Second {
		t.Error("recovery took more than 2 s")
	}
}

// left are the directories of bridges.
func left(t testing.TB, w *world) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(w.temp, "mmhooks-*"))
	must(t, err)
	return found
}

// TestAFloodOfOutput has Python write without end, with lines and without: the bridge neither grows nor waits.
func TestAFloodOfOutput(t *testing.T) {
	_, hooks := activate(t, `
import os, sys, threading
from mmhooks import hookimpl

MEGABYTE = 1 << 20

def raw():
    for _ in range(100):
        os.write(1, b"x" * MEGABYTE)

def lines():
    for _ in range(20):
        print("\n".join(["y" * 99] * 10_000))

def endless():
    for _ in range(50):
        sys.stdout.write("z" * MEGABYTE)

threads = []

@hookimpl
def message_will_be_posted(post):
    if post.message == "flood":
        threads[:] = [threading.Thread(target=one) for one in (raw, lines, endless)]
        for thread in threads:
            thread.start()
    return post.evolve(message=f"{os.getpid()} {sum(thread.is_alive() for thread in threads)}")
`)
	ask := func(message string) (pid, writing int) {
		t.Helper()
		post, _ := hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{Message: message})
		parts := strings.Fields(post.Message)
		if len(parts) != 2 {
			t.Fatalf("no answer: %q", post.Message)
		}
		pid, _ = strconv.Atoi(parts[0])
		writing, _ = strconv.Atoi(parts[1])
		return pid, writing
	}
	pid, _ := ask("hello")
	bridge := parentOf(t, pid)
	before := peak(t, bridge)
	ask("flood")
	var slowest time.Duration
	eventually(t, "everything is written", time.Minute, func() bool {
		start := time.Now()
		_, writing := ask("hello")
		slowest = max(slowest, time.Since(start))
		return writing == 0
	})
	grown := peak(t, bridge) - before
	t.Logf("the bridge grew by %d MiB; slowest answer %s", grown>>20, slowest.Round(time.Millisecond))
	if grown > 100<<20 {
		t.Errorf("the bridge grew by %d MiB", grown>>20)
	}
}

// peak is the most memory that a process had, in bytes.
func peak(t testing.TB, pid int) int {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	must(t, err)
	_, rest, _ := strings.Cut(string(data), "VmHWM:")
	kilobytes, err := strconv.Atoi(strings.Fields(rest)[0])
	must(t, err)
	return kilobytes << 10
}
