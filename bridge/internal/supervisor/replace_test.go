package supervisor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const good = "from mmhooks import hookimpl\n\n@hookimpl\ndef user_has_been_created(user):\n    pass\n"

// story notes who is told what.
type story struct {
	mu    sync.Mutex
	lines []string
}

func (s *story) add(what string, servant *Servant) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, fmt.Sprint(what, " ", servant.PID()))
}

func (s *story) prepare(_ context.Context, servant *Servant) error {
	s.add("prepare", servant)
	return nil
}

func (s *story) retire(_ context.Context, servant *Servant) {
	s.add("retire", servant)
}

func (s *story) is(t *testing.T, want ...string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Equal(s.lines, want) {
		t.Errorf("got %q, want %q", s.lines, want)
	}
}

// write gives the plugin of these options a module of its own.
func write(t *testing.T, o *Options, code string) {
	t.Helper()
	manifest := o.Command[len(o.Command)-1]
	text := `{"id": "small.one", "name": "Small", "version": "1.0.0",
		"server": {"python": {"entry_point": "small", "packages": ["small"]}}}`
	for path, text := range map[string]string{manifest: text, filepath.Join(filepath.Dir(manifest), "small.py"): code} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	o.Env = Environment(map[string]string{
		"TMPDIR": filepath.Dir(manifest), "PYTHONPATH": filepath.Dir(manifest), "PYTHONDONTWRITEBYTECODE": "1",
	})
}

func TestReplace(t *testing.T) {
	o, told := options(t), &story{}
	o.Prepare = told.prepare
	s := Start(o)
	defer s.Stop(time.Second)
	old := get(t, s)
	if err := s.Replace(told.retire); err != nil {
		t.Fatal(err)
	}
	next := get(t, s)
	if next == old {
		t.Fatal("it is the same")
	}
	told.is(t, fmt.Sprint("retire ", old.PID()), fmt.Sprint("prepare ", next.PID()))
	select {
	case <-old.Gone():
	case <-time.After(10 * time.Second):
		t.Error("the old one is still there")
	}
	_ = syscall.Kill(next.PID(), syscall.SIGKILL) // the new one is looked after like the first
	for get(t, s) == next {
		time.Sleep(time.Millisecond)
	}
}

func TestHooksWaitForTheReplacement(t *testing.T) {
	o := options(t)
	release, entered := make(chan struct{}), make(chan struct{})
	o.Prepare = func(context.Context, *Servant) error { close(entered); <-release; return nil }
	s := Start(o)
	defer s.Stop(time.Second)
	old := get(t, s)
	done := make(chan error, 1)
	go func() { done <- s.Replace(func(context.Context, *Servant) {}) }()
	<-entered
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if servant, err := s.Get(ctx); err == nil {
		t.Errorf("hooks reach %d before it is activated", servant.PID())
	}
	if next := get(t, s); next == old { // bounded: on_activate may fire them
		t.Error("hooks reach the old one")
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestTheLastGoodOneStays(t *testing.T) {
	for name, c := range map[string]struct {
		code, want string
		refuse     bool
		is         error
	}{
		"no import":     {code: good + "import no_such_module\n", want: "no_such_module"},
		"no activation": {code: good, refuse: true, want: "not today"},
		"other hooks":   {code: good + "\n@hookimpl\ndef user_has_logged_in(user):\n    pass\n", is: ErrHooksChanged},
	} {
		t.Run(name, func(t *testing.T) {
			o, refused := options(t), 0
			write(t, &o, good)
			var first *Servant
			o.Prepare = func(_ context.Context, servant *Servant) error {
				if c.refuse && servant != first {
					refused = servant.PID()
					return errors.New("not today")
				}
				return nil
			}
			s := Start(o)
			defer s.Stop(time.Second)
			first = get(t, s)
			write(t, &o, c.code)
			err := s.Replace(func(context.Context, *Servant) {})
			if err == nil || !strings.Contains(err.Error(), c.want) || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("got %v", err)
			}
			if get(t, s) != first {
				t.Error("it has not stayed")
			}
			if refused != 0 && syscall.Kill(refused, 0) == nil {
				t.Error("the refused one is still there")
			}
		})
	}
}

func TestActivationMayComeAndGo(t *testing.T) {
	o := options(t)
	write(t, &o, good)
	s := Start(o)
	defer s.Stop(time.Second)
	get(t, s)
	write(t, &o, good+"\n@hookimpl\ndef on_activate():\n    pass\n")
	if err := s.Replace(func(context.Context, *Servant) {}); err != nil {
		t.Error(err)
	}
}

func TestWhatStandsStillIsReplaced(t *testing.T) {
	o := options(t)
	s := Start(o)
	defer s.Stop(time.Second)
	old := get(t, s)
	_ = syscall.Kill(old.PID(), syscall.SIGSTOP)
	if err := s.Replace(func(ctx context.Context, _ *Servant) { <-ctx.Done() }); err != nil {
		t.Fatal(err)
	}
	if get(t, s) == old {
		t.Error("it is the same")
	}
}

func TestNothingIsReplacedAfterTheEnd(t *testing.T) {
	s := Start(options(t))
	get(t, s)
	s.Stop(time.Second)
	if err := s.Replace(func(context.Context, *Servant) {}); !errors.Is(err, ErrStopped) {
		t.Error(err)
	}
}
