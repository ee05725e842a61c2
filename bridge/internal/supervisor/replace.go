package supervisor

import (
	"context"
	"fmt"
	"slices"
	"time"
)

const (
	retireTime = 2 * time.Second // for on_deactivate of what is replaced; it may stand at a breakpoint
	replaced   = 5 * time.Second // for the calls under way
	linger     = time.Second     // for hooks that have just been given the old one: a servant that ends takes none
)

// successor is a servant that has started and is to take over.
type successor struct {
	servant *Servant
	retire  func(context.Context, *Servant)
	reply   chan error
}

// Replace starts a servant beside the running one and lets it take over. Hooks that come meanwhile wait a bounded
// time for it; those under way end where they are. First retire is called with the old one, then Options.Prepare with
// the new one. If the new one does not start, or not activate, or has other hooks, the old one goes on.
func (s *Supervisor) Replace(retire func(context.Context, *Servant)) error {
	servant, err := launch(s.options)
	if err != nil {
		return err
	}
	if !s.sameHooks(servant) {
		servant.stop(replaced)
		return ErrHooksChanged
	}
	next := successor{servant, retire, make(chan error, 1)}
	select {
	case s.successors <- next:
		return <-next.reply
	case <-s.stopping:
	case <-s.done:
	}
	servant.stop(replaced)
	return ErrStopped
}

func (s *Supervisor) sameHooks(servant *Servant) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Equal(asked(servant), s.asked)
}

// asked are the hooks that decide what the server sends: these two it sends always.
func asked(servant *Servant) []string {
	names := slices.Clone(servant.implemented)
	names = slices.DeleteFunc(names, func(name string) bool { return name == "OnActivate" || name == "OnDeactivate" })
	slices.Sort(names)
	return names
}

// succeed gives who is in charge afterwards.
func (s *Supervisor) succeed(old *Servant, next successor) *Servant {
	s.set(nil, nil)
	err := s.prepare(next.servant, func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, retireTime)
		defer cancel()
		next.retire(ctx, old)
	})
	if err == nil {
		s.retiring.Go(func() { s.dismiss(old) })
		next.reply <- nil
		return next.servant
	}
	if again := s.revive(old); again != nil {
		err = fmt.Errorf("%w; and the old one: %w", err, again)
	}
	s.set(old, nil)
	next.reply <- err
	return old
}

// dismiss ends a servant that no hook is given any more.
func (s *Supervisor) dismiss(servant *Servant) {
	select {
	case <-time.After(linger):
	case <-servant.Gone():
	case <-s.stopping:
	}
	servant.stop(replaced)
}

// revive activates a servant once more that was told it is replaced.
func (s *Supervisor) revive(servant *Servant) error {
	revived := make(chan error, 1)
	ctx, cancel := context.WithTimeout(context.Background(), retireTime)
	defer cancel()
	go func() { revived <- s.options.Prepare(ctx, servant) }()
	select {
	case err := <-revived:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
