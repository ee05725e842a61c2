package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

const three = `"workers": 3`

// crew notes what each worker gets, and tells who answers.
const crew = `
import os, time
from pathlib import Path
from mmhooks import JobSpec, hookimpl

ME = os.environ["MMHOOKS_WORKER"]
FOLDER = Path(os.environ["TMPDIR"])

def note(what):
    descriptor = os.open(FOLDER / "notes", os.O_APPEND | os.O_CREAT | os.O_WRONLY)
    os.write(descriptor, f"{what} {ME}\n".encode())
    os.close(descriptor)

@hookimpl
def register_jobs():
    return [JobSpec("tick", 0.02, lambda: note("job"))]

@hookimpl
def on_configuration_change():
    note("changed")

@hookimpl
def on_activate():
    note("activated")
    if (FOLDER / "fail").exists() and ME == "2":
        raise ValueError("worker two does not like it")

@hookimpl
def on_deactivate():
    note("deactivated")

@hookimpl
def on_plugin_cluster_event(ev):
    note("event")

@hookimpl
def on_install(event):
    note("installed")

@hookimpl
def message_will_be_posted(post):
    if post.message == "hold":
        note("holds")
        while not (FOLDER / "release").exists():
            time.sleep(0.005)
    return post.evolve(message=f"{ME} {os.getpid()}")
`

// noted counts what the workers noted, by line.
func noted(t testing.TB, w *world) map[string]int {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(w.temp, "notes"))
	must(t, err)
	count := map[string]int{}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		count[line]++
	}
	return count
}

// who answers a post: its number and process, or nothing if nobody does.
func who(hooks plugin.Hooks, message string) (worker string, pid int) {
	post, _ := hooks.MessageWillBePosted(&plugin.Context{}, &model.Post{Message: message})
	worker, rest, _ := strings.Cut(post.Message, " ")
	pid, err := strconv.Atoi(rest)
	if err != nil {
		return "", 0
	}
	return worker, pid
}

// pids waits until every worker has answered.
func pids(t testing.TB, hooks plugin.Hooks) map[string]int {
	t.Helper()
	found := map[string]int{}
	eventually(t, "all workers answer", 10*time.Second, func() bool {
		if worker, pid := who(hooks, "who"); pid != 0 {
			found[worker] = pid
		}
		return len(found) == 3
	})
	return found
}

func TestWhatGoesToEveryWorker(t *testing.T) {
	w, hooks := activate(t, crew, three)
	processes := pids(t, hooks)
	hooks.OnPluginClusterEvent(&plugin.Context{}, model.PluginClusterEvent{Id: "news"})
	must(t, hooks.OnConfigurationChange())
	must(t, hooks.OnInstall(&plugin.Context{}, model.OnInstallEvent{}))
	eventually(t, "the job runs", 5*time.Second, func() bool { return noted(t, w)["job 1"] > 2 })
	w.env.Deactivate(pluginID)
	got := noted(t, w)
	for worker, pid := range processes {
		for what, want := range map[string]int{"changed": 2, "activated": 1, "event": 1, "deactivated": 1} {
			if count := got[what+" "+worker]; count != want {
				t.Errorf("%s in worker %s: %d times, want %d", what, worker, count, want)
			}
		}
		eventually(t, "no Python", 3*time.Second, func() bool { return gone(pid) })
	}
	if installed := got["installed 1"] + got["installed 2"] + got["installed 3"]; installed != 1 {
		t.Errorf("on_install: %d times", installed)
	}
	if got["job 2"]+got["job 3"] > 0 {
		t.Errorf("jobs ran in other workers than the first: %v", got)
	}
}

func TestAnActivationThatFailsInOneWorkerFailsInAll(t *testing.T) {
	w := install(t, crew, three)
	must(t, os.WriteFile(filepath.Join(w.temp, "fail"), nil, 0o600))
	_, _, err := w.env.Activate(pluginID)
	if err == nil || !strings.Contains(err.Error(), "worker two does not like it") {
		t.Error(err)
	}
	got := noted(t, w)
	if got["deactivated 1"] != 1 || got["deactivated 2"] != 0 || got["deactivated 3"] != 1 {
		t.Errorf("%v", got)
	}
	eventually(t, "no files", 5*time.Second, func() bool { return len(left(t, w)) == 0 })
}

func TestTheLeastBusyWorkerIsAsked(t *testing.T) {
	w, hooks := activate(t, crew, three)
	pids(t, hooks)
	var held sync.WaitGroup
	for i := range 6 {
		held.Go(func() { who(hooks, "hold") })
		eventually(t, "it is held", 5*time.Second, func() bool {
			got := noted(t, w)
			return got["holds 1"]+got["holds 2"]+got["holds 3"] == i+1
		})
	}
	got := noted(t, w)
	must(t, os.WriteFile(filepath.Join(w.temp, "release"), nil, 0o600))
	held.Wait()
	if got["holds 1"] != 2 || got["holds 2"] != 2 || got["holds 3"] != 2 {
		t.Errorf("%v", got)
	}
}

func TestParallelLoadReachesEveryWorker(t *testing.T) {
	_, hooks := activate(t, crew, three)
	pids(t, hooks)
	const callers, calls = 12, 50
	var mu sync.Mutex
	var all sync.WaitGroup
	answers := map[string]int{}
	for range callers {
		all.Go(func() {
			for range calls {
				worker, _ := who(hooks, "who")
				mu.Lock()
				answers[worker]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	for _, worker := range []string{"1", "2", "3"} {
		if answers[worker] < callers*calls/6 {
			t.Errorf("worker %s had too little to do: %v", worker, answers)
		}
	}
	if answers[""] > 0 {
		t.Errorf("calls without an answer: %v", answers)
	}
}

// TestOneOfThreeIsKilled wants the others to answer meanwhile, and the third one back, activated.
func TestOneOfThreeIsKilled(t *testing.T) {
	w, hooks := activate(t, crew, three)
	before := pids(t, hooks)
	const callers = 4
	var mu sync.Mutex
	var all sync.WaitGroup
	var slowest time.Duration
	unanswered := 0
	over := make(chan struct{})
	for range callers {
		all.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
				}
				start := time.Now()
				worker, _ := who(hooks, "who")
				mu.Lock()
				slowest = max(slowest, time.Since(start))
				if worker == "" {
					unanswered++
				}
				mu.Unlock()
			}
		})
	}
	killed := time.Now()
	must(t, syscall.Kill(before["2"], syscall.SIGKILL))
	eventually(t, "the second one is back", 10*time.Second, func() bool {
		worker, pid := who(hooks, "who")
		return worker == "2" && pid != before["2"]
	})
	back := time.Since(killed)
	close(over)
	all.Wait()
	t.Logf("back after %s, slowest answer %s, %d calls lost", back.Round(time.Millisecond), slowest, unanswered)
	if unanswered > callers { // those that it was busy with
		t.Errorf("%d calls had no answer", unanswered)
	}
	if slowest > time.Second {
		t.Errorf("an answer took %s", slowest)
	}
	if got := noted(t, w)["activated 2"]; got != 2 {
		t.Errorf("the second worker was activated %d times", got)
	}
	after := pids(t, hooks)
	if after["1"] != before["1"] || after["3"] != before["3"] {
		t.Errorf("before %v, after %v", before, after)
	}
}

func TestEveryWorkerIsKilled(t *testing.T) {
	_, hooks := activate(t, crew, three)
	before := pids(t, hooks)
	for _, pid := range before {
		must(t, syscall.Kill(pid, syscall.SIGKILL))
	}
	start := time.Now()
	eventually(t, "a new one answers", 10*time.Second, func() bool {
		worker, pid := who(hooks, "who")
		return worker != "" && pid != before[worker]
	})
	t.Logf("an answer after %s", time.Since(start).Round(time.Millisecond))
	after := pids(t, hooks)
	for worker, pid := range after {
		if slices.Contains([]int{before["1"], before["2"], before["3"]}, pid) {
			t.Error(fmt.Sprintf("worker %s", worker), before, after)
		}
	}
}
