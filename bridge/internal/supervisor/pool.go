package supervisor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// workerName tells a servant which of the workers it is, from 1.
const workerName = "MMHOOKS_WORKER"

// Pool runs several servants, each with a supervisor of its own: while one is started again the others answer.
type Pool struct {
	workers []*Supervisor
	next    atomic.Uint32

	mu      sync.Mutex
	changed chan struct{}
}

// StartPool returns at once, as Start does.
func StartPool(workers int, o Options) *Pool {
	p := &Pool{changed: make(chan struct{})}
	if giveUp, once := o.GiveUp, (sync.Once{}); giveUp != nil {
		o.GiveUp = func(err error) { once.Do(func() { giveUp(err) }) }
	}
	for i := range workers {
		one := o
		one.worker = i
		one.notify = p.wake
		one.Env = append(slices.Clone(o.Env), fmt.Sprintf("%s=%d", workerName, i+1))
		p.workers = append(p.workers, Start(one))
	}
	return p
}

// Worker is the supervisor of one of them, from 0.
func (p *Pool) Worker(i int) *Supervisor {
	return p.workers[i]
}

// Get waits until the context ends for a servant: of those that live, one with the fewest calls under way.
func (p *Pool) Get(ctx context.Context) (*Servant, error) {
	if len(p.workers) == 1 {
		return p.workers[0].Get(ctx)
	}
	for {
		p.mu.Lock()
		changed := p.changed
		p.mu.Unlock()
		if servant, err := p.leastBusy(); servant != nil || err != nil {
			return servant, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, errNotRunning
		}
	}
}

// leastBusy takes equals in turn. It fails if no worker will ever have a servant again.
func (p *Pool) leastBusy() (*Servant, error) {
	var best *Servant
	var failures []error
	first := int(p.next.Add(1) % uint32(len(p.workers)))
	for i := range p.workers {
		servant, failure, _ := p.workers[(first+i)%len(p.workers)].now()
		switch {
		case failure != nil:
			failures = append(failures, failure)
		case servant != nil && (best == nil || servant.underWay.Load() < best.underWay.Load()):
			best = servant
		}
	}
	if len(failures) == len(p.workers) {
		return nil, failures[0]
	}
	return best, nil
}

// Rejects tells whether a hook that gets no answer is to reject.
func (p *Pool) Rejects(hook string) bool {
	return slices.ContainsFunc(p.workers, func(s *Supervisor) bool { return s.Rejects(hook) })
}

// Stop ends all servants at once; they have that long for the calls under way.
func (p *Pool) Stop(grace time.Duration) {
	var all sync.WaitGroup
	for _, s := range p.workers {
		all.Go(func() { s.Stop(grace) })
	}
	all.Wait()
}

func (p *Pool) wake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.changed)
	p.changed = make(chan struct{})
}

var errNotRunning = errors.New("the Python side is not running")
