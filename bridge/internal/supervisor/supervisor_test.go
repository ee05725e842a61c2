package supervisor

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
)

// notes is a log's target.
type notes struct {
	mu    sync.Mutex
	lines []string
}

func (n *notes) add(level, msg string, pairs []any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	line := level + " " + msg
	for _, p := range pairs {
		if text, ok := p.(string); ok {
			line += " " + text
		}
	}
	n.lines = append(n.lines, line)
}

func (n *notes) LogDebug(msg string, pairs ...any) { n.add("debug", msg, pairs) }
func (n *notes) LogInfo(msg string, pairs ...any)  { n.add("info", msg, pairs) }
func (n *notes) LogWarn(msg string, pairs ...any)  { n.add("warn", msg, pairs) }
func (n *notes) LogError(msg string, pairs ...any) { n.add("error", msg, pairs) }

func (n *notes) all() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.Join(n.lines, "\n")
}

var quick = Restart{
	FirstPause: time.Millisecond, LongestPause: 5 * time.Millisecond,
	ShortLife: time.Minute, InARow: 4, Deaths: 100, Window: time.Minute,
}

// options run a plugin without hookimpls: MMHOOKS_PYTHON's, or the tree's own.
func options(t *testing.T) Options {
	t.Helper()
	python := os.Getenv("MMHOOKS_PYTHON")
	if python == "" {
		python, _ = filepath.Abs("../../../.venv/bin/python")
	}
	if exec.Command(python, "-c", "import mmhooks.runtime").Run() != nil {
		why := "no Python with mmhooks at " + python + "; name one in MMHOOKS_PYTHON, or make .venv with: make test"
		if os.Getenv("CI") == "true" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	dir, err := os.MkdirTemp("", "mm") // short: socket paths have a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	manifest := filepath.Join(dir, "plugin.json")
	text := `{"id": "empty.one", "name": "Empty", "version": "1.0.0", "server": {"python": {"packages": []}}}`
	if err := os.WriteFile(manifest, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return Options{
		Command:      []string{python, "-m", "mmhooks.runtime", "--manifest", manifest},
		Env:          Environment(map[string]string{"TMPDIR": dir}),
		Log:          &Log{},
		StartTimeout: time.Minute,
		Restart:      quick,
		Prepare:      func(context.Context, *Servant) error { return nil },
		GiveUp:       func(error) {},
	}
}

func get(t *testing.T, s *Supervisor) *Servant {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	servant, err := s.Get(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return servant
}

func TestWhatDoesNotStartSaysWhy(t *testing.T) {
	s := Start(Options{
		Command: []string{"sh", "-c", `echo "no such interpreter" >&2; exit 3`},
		Env:     Environment(nil), Log: &Log{}, StartTimeout: time.Minute, Restart: quick,
	})
	defer s.Stop(0)
	_, err := s.Get(t.Context())
	if err == nil || !strings.Contains(err.Error(), "no such interpreter") {
		t.Error(err)
	}
}

func TestAMissingInterpreter(t *testing.T) {
	s := Start(Options{
		Command: []string{"no-such-python"}, Env: Environment(nil), Log: &Log{}, StartTimeout: time.Minute,
	})
	defer s.Stop(0)
	if _, err := s.Get(t.Context()); err == nil || !strings.Contains(err.Error(), "no-such-python") {
		t.Error(err)
	}
}

func TestTheDeadAreReplacedUntilItIsTooMuch(t *testing.T) {
	o := options(t)
	var prepared []int
	gaveUp := make(chan error, 1)
	o.Prepare = func(_ context.Context, servant *Servant) error {
		prepared = append(prepared, servant.PID())
		return nil
	}
	o.GiveUp = func(err error) { gaveUp <- err }
	s := Start(o)
	defer s.Stop(time.Second)
	var seen []int
	for range quick.InARow {
		servant := get(t, s)
		seen = append(seen, servant.PID())
		_ = syscall.Kill(servant.PID(), syscall.SIGKILL)
		<-servant.Gone()
		for { // until the supervisor has noticed too
			if now, err := s.Get(t.Context()); err != nil || now != servant {
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
	select {
	case <-gaveUp:
	case <-time.After(10 * time.Second):
		t.Fatal("it does not give up")
	}
	if !slices.Equal(prepared, seen[1:]) {
		t.Errorf("activated again: %v, of %v", prepared, seen)
	}
}

func TestAnActivationThatFailsIsADeath(t *testing.T) {
	o := options(t)
	failures := 1
	o.Prepare = func(context.Context, *Servant) error {
		if failures--; failures >= 0 {
			return errors.New("not yet")
		}
		return nil
	}
	out := &notes{}
	o.Log.SetTarget(out)
	s := Start(o)
	defer s.Stop(time.Second)
	first := get(t, s)
	_ = syscall.Kill(first.PID(), syscall.SIGKILL)
	<-first.Gone()
	for get(t, s) == first {
		time.Sleep(time.Millisecond)
	}
	if !strings.Contains(out.all(), "error the Python side is started again reason not yet") {
		t.Error(out.all())
	}
}

func TestNobodyGetsAServantAfterTheEnd(t *testing.T) {
	s := Start(options(t))
	pid := get(t, s).PID()
	s.Stop(5 * time.Second)
	if _, err := s.Get(t.Context()); !errors.Is(err, ErrStopped) {
		t.Error(err)
	}
	if syscall.Kill(pid, 0) == nil {
		t.Error("the process is still there")
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	s := &Supervisor{changed: make(chan struct{})}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := s.Get(ctx); err == nil {
		t.Error("there is none")
	}
}

func TestEnvironment(t *testing.T) {
	t.Setenv("MM_SQLSETTINGS_DATASOURCE", "secret")
	t.Setenv("MMHOOKS_OWN", "kept")
	t.Setenv("PYTHONPATH", "old")
	got := Environment(map[string]string{"PYTHONPATH": "new"})
	for _, entry := range got {
		if strings.Contains(entry, "secret") || entry == "PYTHONPATH=old" {
			t.Error(entry)
		}
	}
	for _, want := range []string{"MMHOOKS_OWN=kept", "PYTHONPATH=new", "PATH=" + os.Getenv("PATH")} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing in %v", want, got)
		}
	}
}

func TestLog(t *testing.T) {
	l, out := &Log{}, &notes{}
	l.Accept("python3", hclog.Warn, "early", "timestamp", "now", "z", "1", "@module", "mine", "a", "2")
	l.Accept("", hclog.Debug, "chatter of the library")
	l.SetTarget(out)
	l.Accept("python3", hclog.Info, "later")
	l.Error("own", "k", "v")
	want := "warn early a 2 logger mine z 1\ninfo later\nerror own k v"
	for end := time.Now().Add(5 * time.Second); out.all() != want; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("got %s", out.all())
		}
	}
}

// busy is a target that takes nothing until it is released.
type busy struct {
	notes
	asked, released chan struct{}
}

func (b *busy) LogInfo(msg string, pairs ...any) {
	select {
	case b.asked <- struct{}{}:
	default:
	}
	<-b.released
	b.notes.LogInfo(msg[:5], pairs...)
}

func TestALogThatNobodyTakesIsBounded(t *testing.T) {
	l, out := &Log{}, &busy{asked: make(chan struct{}, 1), released: make(chan struct{})}
	l.SetTarget(out)
	flood := strings.Repeat("flood", 10_000)
	l.Accept("python3", hclog.Info, flood)
	<-out.asked
	for range 10_000 {
		l.Accept("python3", hclog.Info, flood)
	}
	l.Error("the bridge's own")
	l.mu.Lock()
	if l.bytes > 2*queueBytes || l.leftOut < 9_000 {
		t.Errorf("%d bytes wait, %d records were left out", l.bytes, l.leftOut)
	}
	l.mu.Unlock()
	close(out.released)
	for end := time.Now().Add(5 * time.Second); !strings.Contains(out.all(), "were left out"); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nobody says that records were left out")
		}
	}
	if !strings.Contains(out.all(), "the bridge's own") {
		t.Error("the bridge could not say anything")
	}
}

func TestTailOfALineWithoutEnd(t *testing.T) {
	said := &tail{}
	for range 1000 {
		_, _ = said.Write([]byte(strings.Repeat("x", 10_000)))
	}
	_, _ = said.Write([]byte("\nlast words\n"))
	if words := said.complaints(); len(words) > 2*tailLine || !strings.HasSuffix(words, "last words") {
		t.Errorf("%d bytes", len(words))
	}
}

func TestDirectoriesOfTheDeadAreRemoved(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	first, err := NewRunDir()
	if err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(first.Path); info.Mode().Perm() != 0o700 {
		t.Error(info.Mode())
	}
	second, err := NewRunDir()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(first.Path); err != nil {
		t.Error("a living one's is gone")
	}
	_ = first.lock.Close() // as the kernel does for the dead
	third, err := NewRunDir()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(first.Path); err == nil {
		t.Error("a dead one's is still there")
	}
	second.Remove()
	third.Remove()
	if left, _ := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "*")); len(left) > 0 {
		t.Error(left)
	}
}

func TestWhenToGiveUp(t *testing.T) {
	for _, c := range []struct {
		name   string
		rule   Restart
		lives  []time.Duration
		pauses []time.Duration
		end    bool
	}{
		{"at once", Restart{FirstPause: 1, LongestPause: 4, ShortLife: 10, InARow: 5, Deaths: 99, Window: time.Hour},
			[]time.Duration{0, 0, 5, 10, 0}, []time.Duration{1, 2, 4, 4, 4}, true},
		{"now and then", Restart{FirstPause: 1, LongestPause: 4, ShortLife: 10, InARow: 3, Deaths: 99, Window: time.Hour},
			[]time.Duration{0, 0, 11, 0, 11}, []time.Duration{1, 2, 1, 2, 1}, false},
		{"again and again", Restart{FirstPause: 1, LongestPause: 4, ShortLife: 10, InARow: 9, Deaths: 3, Window: time.Hour},
			[]time.Duration{50, 50, 50}, []time.Duration{1, 1, 1}, true},
	} {
		count, end := deaths{rule: c.rule}, false
		for i, life := range c.lives {
			var pause time.Duration
			if pause, end = count.add(life); pause != c.pauses[i] {
				t.Errorf("%s: pause %d is %d", c.name, i, pause)
			}
			if end != (c.end && i == len(c.lives)-1) {
				t.Errorf("%s: after %d: %v", c.name, i, end)
			}
		}
	}
}

func TestWhatDoesNotAnswerIsRestarted(t *testing.T) {
	o := options(t)
	o.HealthInterval = 20 * time.Millisecond
	s := Start(o)
	defer s.Stop(time.Second)
	first := get(t, s)
	_ = syscall.Kill(first.PID(), syscall.SIGSTOP)
	select {
	case <-first.Gone():
	case <-time.After(10 * time.Second):
		t.Fatal("it is not noticed")
	}
}

func TestWhatStandsAtABreakpointIsLeftAlone(t *testing.T) {
	o := options(t)
	o.HealthInterval = 0
	s := Start(o)
	defer s.Stop(time.Second)
	first := get(t, s)
	_ = syscall.Kill(first.PID(), syscall.SIGSTOP)
	select { // many times what the test above needs
	case <-first.Gone():
		t.Error("it is given up")
	case <-time.After(2 * time.Second):
	}
	_ = syscall.Kill(first.PID(), syscall.SIGCONT)
	if get(t, s) != first {
		t.Error("it is another one")
	}
}
