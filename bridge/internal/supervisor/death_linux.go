package supervisor

import (
	"errors"

	"golang.org/x/sys/unix"
)

// death is closed when a process has ended. go-plugin knows of it only once all its pipes are closed, which a child of
// the process may keep open. Without pidfds (Linux before 5.3) exited is asked now and then.
func death(pid int, exited func() bool) <-chan struct{} {
	descriptor, err := unix.PidfdOpen(pid, 0)
	if errors.Is(err, unix.ESRCH) {
		dead := make(chan struct{})
		close(dead)
		return dead
	}
	if err != nil {
		return polledDeath(exited)
	}
	dead := make(chan struct{})
	go func() {
		defer close(dead)
		defer func() { _ = unix.Close(descriptor) }()
		for {
			_, err := unix.Poll([]unix.PollFd{{Fd: int32(descriptor), Events: unix.POLLIN}}, -1)
			if !errors.Is(err, unix.EINTR) {
				return
			}
		}
	}()
	return dead
}
