// Package supervisor keeps the Python process running: hashicorp/go-plugin starts it and shakes hands, and what dies
// is started again.
package supervisor

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"time"
)

// hookWait is how long hooks wait for a restarted plugin's on_activate. Not longer: it may itself call the server in a
// way that fires them.
const hookWait = time.Second

// unprepared is added to a servant's calls while on_activate still runs: those of other workers go first.
const unprepared = 1 << 20

// Restart says how what has died is started again, and when that is given up.
type Restart struct {
	// FirstPause comes before the first attempt; each further one is twice as long, to at most LongestPause.
	FirstPause, LongestPause time.Duration
	// What lives longer than ShortLife begins anew with FirstPause. InARow deaths after short lives are too many.
	ShortLife time.Duration
	InARow    int
	// So are Deaths within Window.
	Deaths int
	Window time.Duration
}

// DefaultRestart gives up after about 15 s on what dies at once, and after minutes on what dies again and again.
var DefaultRestart = Restart{
	FirstPause: 100 * time.Millisecond, LongestPause: 10 * time.Second,
	ShortLife: time.Second, InARow: 8,
	Deaths: 30, Window: 5 * time.Minute,
}

// deaths counts.
type deaths struct {
	rule  Restart
	row   int
	times []time.Time
}

// add tells how long to pause, and whether to give up.
func (d *deaths) add(life time.Duration) (time.Duration, bool) {
	now := time.Now()
	d.row++
	if life > d.rule.ShortLife {
		d.row = 1
	}
	d.times = append(d.times, now)
	for now.Sub(d.times[0]) > d.rule.Window {
		d.times = d.times[1:]
	}
	pause := d.rule.FirstPause << min(d.row-1, 20)
	return min(pause, d.rule.LongestPause), d.row >= d.rule.InARow || len(d.times) >= d.rule.Deaths
}

// ErrStopped is what callers get once the plugin is being deactivated.
var ErrStopped = errors.New("the plugin is being deactivated")

// ErrHooksChanged says that a successor has not the same hooks: the server asks for them only when it loads the plugin.
var ErrHooksChanged = errors.New("the hooks have changed")

// Options says what to run.
type Options struct {
	// Command starts a servant.
	Command []string
	// Env is its whole environment.
	Env []string
	// Check is called before the first start; its error is that start's. It may be nil.
	Check func() error
	// Log gets what it says.
	Log *Log
	// StartTimeout is for imports and handshake.
	StartTimeout time.Duration
	// HealthInterval is between two pings; what leaves three of them unanswered is restarted. 0 is for never: a
	// process that stands at a breakpoint answers nothing.
	HealthInterval time.Duration
	// Restart is DefaultRestart in bundles.
	Restart Restart
	// Prepare activates a servant that takes a dead one's place. Its error counts as another death.
	Prepare func(context.Context, *Servant) error
	// GiveUp is called, once, when servants keep dying.
	GiveUp func(error)

	worker int    // in a Pool
	notify func() // called when there is another servant, or none
}

// Supervisor runs one servant at a time.
type Supervisor struct {
	options    Options
	successors chan successor
	stopping   chan struct{}
	done       chan struct{}
	once       sync.Once
	retiring   sync.WaitGroup

	mu        sync.Mutex
	current   *Servant
	failure   error
	changed   chan struct{}
	rejecting []string
	asked     []string
	grace     time.Duration
}

// Start returns at once; the first servant is started beside.
func Start(o Options) *Supervisor {
	s := &Supervisor{
		options:    o,
		successors: make(chan successor),
		stopping:   make(chan struct{}),
		done:       make(chan struct{}),
		changed:    make(chan struct{}),
	}
	go s.run()
	return s
}

// Get waits for a servant until the context ends. The first one's failure to start is final.
func (s *Supervisor) Get(ctx context.Context) (*Servant, error) {
	for {
		current, failure, changed := s.now()
		if failure != nil || current != nil {
			return current, failure
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, errNotRunning
		}
	}
}

// now gives the living servant if there is one, the final failure, and what is closed when that changes.
func (s *Supervisor) now() (*Servant, error, <-chan struct{}) {
	s.mu.Lock()
	current, failure, changed := s.current, s.failure, s.changed
	s.mu.Unlock()
	if failure != nil || current != nil && current.isGone() {
		current = nil
	}
	return current, failure, changed
}

// Rejects tells whether a hook that gets no answer is to reject: as the last servant said, also while there is none.
func (s *Supervisor) Rejects(hook string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.rejecting, hook)
}

// Stop ends the servant; it has that long for the calls under way.
func (s *Supervisor) Stop(grace time.Duration) {
	s.once.Do(func() {
		s.mu.Lock()
		s.grace = grace
		s.mu.Unlock()
		close(s.stopping)
	})
	<-s.done
}

func (s *Supervisor) run() {
	defer close(s.done)
	defer s.retiring.Wait()
	count := deaths{rule: s.options.Restart}
	servant, err := s.first()
	s.set(servant, err)
	if err != nil {
		<-s.stopping
		return
	}
	for {
		var life time.Duration
		if err == nil {
			born := time.Now()
			if s.attend(servant) {
				return
			}
			err, life = errors.New("the Python side has ended"), time.Since(born)
		}
		pause, tooMany := count.add(life)
		if tooMany {
			s.options.Log.Error("the Python side keeps ending: giving up", "error", err.Error())
			s.set(nil, err)
			s.options.GiveUp(err)
			return
		}
		s.options.Log.Error("the Python side is started again", "reason", err.Error(), "in", pause.String())
		select {
		case <-s.stopping:
			s.set(nil, ErrStopped)
			return
		case next := <-s.successors: // of what has died
			servant, err = next.servant, s.prepare(next.servant, nil)
			next.reply <- err
		case <-time.After(pause):
			if servant, err = launch(s.options); err == nil {
				err = s.prepare(servant, nil)
			}
		}
	}
}

func (s *Supervisor) first() (*Servant, error) {
	if s.options.Check != nil {
		if err := s.options.Check(); err != nil {
			return nil, err
		}
	}
	return launch(s.options)
}

// prepare activates a servant that replaces another, before hooks reach it, unless that takes long. Without success
// it is ended.
func (s *Supervisor) prepare(servant *Servant, retire func(context.Context)) error {
	prepared := make(chan error, 1)
	ctx, cancel := context.WithTimeout(context.Background(), s.options.StartTimeout)
	defer cancel()
	go func() {
		if retire != nil {
			retire(ctx)
		}
		prepared <- s.options.Prepare(ctx, servant)
	}()
	var err error
	select {
	case err = <-prepared:
	case <-time.After(hookWait):
		servant.underWay.Add(unprepared)
		s.set(servant, nil)
		select {
		case err = <-prepared:
		case <-servant.Gone():
			err = errors.New("it ended while it was activated")
		case <-s.stopping:
		}
		servant.underWay.Add(-unprepared)
	case <-s.stopping:
	}
	if err != nil {
		s.set(nil, nil)
		servant.stop(0)
		return err
	}
	s.set(servant, nil)
	return nil
}

// attend waits for the end of a servant or of its successors, and tells whether that was asked for.
func (s *Supervisor) attend(servant *Servant) bool {
	for {
		select {
		case <-servant.Gone():
			s.set(nil, nil)
			servant.kill()
			return false
		case next := <-s.successors:
			servant = s.succeed(servant, next)
		case <-s.stopping:
			s.mu.Lock()
			grace := s.grace
			s.mu.Unlock()
			servant.stop(grace)
			s.set(nil, ErrStopped)
			return true
		}
	}
}

func (s *Supervisor) set(servant *Servant, failure error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current, s.failure = servant, failure
	if servant != nil {
		s.rejecting = servant.rejecting
		s.asked = asked(servant)
	}
	close(s.changed)
	s.changed = make(chan struct{})
	if s.options.notify != nil {
		s.options.notify()
	}
}

// ParentDeath is closed when the process that started this one has ended.
func ParentDeath() <-chan struct{} {
	parent := os.Getppid()
	return death(parent, func() bool { return os.Getppid() != parent })
}
