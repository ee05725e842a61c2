package supervisor

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

const (
	runPattern = "mmhooks-bridge-"
	lockName   = "lock"
)

// RunDir is a private directory for sockets that is locked as long as this process lives.
type RunDir struct {
	Path string
	lock *os.File
}

// NewRunDir makes one, and removes those of bridges that were killed.
func NewRunDir() (*RunDir, error) {
	sweep()
	for {
		path, err := os.MkdirTemp("", runPattern) // 0700
		if err != nil {
			return nil, err
		}
		lock, err := lockFile(filepath.Join(path, lockName), os.O_CREATE)
		if err == nil {
			return &RunDir{path, lock}, nil
		}
		_ = os.RemoveAll(path)
		if !errors.Is(err, syscall.EWOULDBLOCK) { // another bridge that starts took it for one left over
			return nil, err
		}
	}
}

// Remove deletes the directory with all that is in it.
func (d *RunDir) Remove() {
	_ = os.RemoveAll(d.Path)
	_ = d.lock.Close()
}

func sweep() {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), runPattern+"*"))
	for _, path := range left {
		if lock, err := lockFile(filepath.Join(path, lockName), 0); err == nil {
			_ = os.RemoveAll(path)
			_ = lock.Close()
		}
	}
}

func lockFile(path string, flags int) (*os.File, error) {
	file, err := os.OpenFile(path, flags|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}
