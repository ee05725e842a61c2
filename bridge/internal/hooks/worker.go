package hooks

import (
	"sync"
	"sync/atomic"
)

// worker is one of the servants that share the hooks.
type worker struct {
	calls
	activated atomic.Bool
}

func (w *worker) activate() error {
	if err := plain(w.OnActivate()); err != nil {
		return err
	}
	w.activated.Store(true)
	return nil
}

// deactivate takes back what activate did, if it did.
func (w *worker) deactivate() error {
	if !w.activated.Swap(false) {
		return nil
	}
	return w.OnDeactivate()
}

// each does something with all workers at once, and gives the error of the first that failed: it is mostly everyone's.
func each(workers []*worker, do func(*worker) error) error {
	errs := make([]error, len(workers))
	var all sync.WaitGroup
	for i, w := range workers {
		all.Go(func() { errs[i] = do(w) })
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
