//go:build unix && !linux

package supervisor

func death(_ int, exited func() bool) <-chan struct{} {
	return polledDeath(exited)
}
