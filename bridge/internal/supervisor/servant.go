package supervisor

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/connectivity"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"mmhooks.dev/bridge/internal/frames"
	"mmhooks.dev/bridge/internal/pb"
)

const (
	// MaxMessage is the limit that the Python side has too. What has no bound is streamed.
	MaxMessage = 64 << 20

	healthService  = "plugin"
	healthTimeout  = 15 * time.Second
	healthFailures = 3
	settle         = time.Second // for a lost connection to come back
)

// Servant is one running Python process and the way to its hooks.
type Servant struct {
	client        *plugin.Client
	cmd           *exec.Cmd
	log           *process
	conn          *grpc.ClientConn
	framed        []*frames.Client
	every         pb.PluginHooksClient
	blocking      pb.PluginHooksClient
	implemented   []string
	blockingHooks map[string]bool
	rejecting     []string
	dead          <-chan struct{}
	gone          chan struct{}
	worker        int
	underWay      atomic.Int64
}

// Begin counts a call that is under way until Done.
func (s *Servant) Begin() {
	s.underWay.Add(1)
}

// Done is called once for each Begin.
func (s *Servant) Done() {
	s.underWay.Add(-1)
}

// Worker is the servant's place in its pool, from 0.
func (s *Servant) Worker() int {
	return s.worker
}

// Implemented lists the Go names of the hooks that have a hookimpl.
func (s *Servant) Implemented() []string {
	return s.implemented
}

// Implements tells whether a hook has a hookimpl.
func (s *Servant) Implements(hook string) bool {
	return slices.Contains(s.implemented, hook)
}

// Client leads to the door that answers this hook fastest.
func (s *Servant) Client(hook string) pb.PluginHooksClient {
	if s.blockingHooks[hook] {
		return s.blocking
	}
	return s.every
}

// PID is the process's id.
func (s *Servant) PID() int {
	return s.cmd.Process.Pid
}

// Gone is closed when the process has ended or cannot be reached any more.
func (s *Servant) Gone() <-chan struct{} {
	return s.gone
}

func (s *Servant) isGone() bool {
	select {
	case <-s.gone:
		return true
	default:
		return false
	}
}

// connection is what go-plugin dispenses: the bare connection.
type connection struct {
	plugin.NetRPCUnsupportedPlugin
}

func (connection) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("the bridge is no servant")
}

func (connection) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return conn, nil
}

func dialOptions() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithAuthority("localhost"),
		grpc.WithIdleTimeout(0),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(MaxMessage), grpc.MaxCallSendMsgSize(MaxMessage)),
	}
}

// launch starts a process, shakes hands, and asks what it implements.
func launch(o Options) (*Servant, error) {
	said := &tail{}
	cmd := exec.Command(o.Command[0], o.Command[1:]...)
	cmd.Env = o.Env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that its children end with it
	log := &process{Log: o.Log}
	log.expected.Store(true) // what does not start is reported by whoever wanted it
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  plugin.HandshakeConfig{ProtocolVersion: 1, MagicCookieKey: "MMHOOKS_BRIDGE", MagicCookieValue: "1"},
		Plugins:          plugin.PluginSet{"servant": connection{}},
		Cmd:              cmd,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		StartTimeout:     o.StartTimeout,
		Logger:           log.hclog(),
		Stderr:           said,
		SkipHostEnv:      true,
		GRPCDialOptions:  dialOptions(),
	})
	s := &Servant{client: client, cmd: cmd, log: log, gone: make(chan struct{}), worker: o.worker}
	if err := s.connect(o.StartTimeout); err != nil {
		s.kill()
		if words := said.complaints(); words != "" {
			return nil, fmt.Errorf("the Python side did not start: %s", words)
		}
		return nil, fmt.Errorf("the Python side did not start: %w", err)
	}
	log.expected.Store(false)
	go s.watch(o.Log, o.HealthInterval)
	return s, nil
}

func (s *Servant) connect(timeout time.Duration) error {
	if _, err := s.client.Start(); err != nil {
		return err
	}
	s.dead = death(s.PID(), s.client.Exited)
	protocol, err := s.client.Client()
	if err != nil {
		return err
	}
	raw, err := protocol.Dispense("servant")
	if err != nil {
		return err
	}
	s.conn = raw.(*grpc.ClientConn)
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	answer, err := pb.NewServantClient(s.conn).Implemented(ctx, &pb.ImplementedRequest{})
	if err != nil {
		return err
	}
	s.implemented, s.rejecting = answer.Hooks, answer.RejectingHooks
	s.every, s.blocking = s.hooks(answer.FramedTarget), s.hooks(answer.FramedBlockingTarget)
	s.blockingHooks = make(map[string]bool, len(answer.BlockingHooks))
	for _, hook := range answer.BlockingHooks {
		s.blockingHooks[hook] = true
	}
	return nil
}

// hooks makes calls in frames where the servant takes them.
func (s *Servant) hooks(path string) pb.PluginHooksClient {
	if path == "" {
		return pb.NewPluginHooksClient(s.conn)
	}
	client := frames.NewClient(path, s.conn)
	s.framed = append(s.framed, client)
	return pb.NewPluginHooksClient(client)
}

// DefaultHealthInterval is what bundles have.
const DefaultHealthInterval = 15 * time.Second

// watch closes gone when the process is dead, when its connection is lost for good, or when it does not answer any more.
func (s *Servant) watch(log *Log, interval time.Duration) {
	defer close(s.gone)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-s.dead
		cancel()
	}()
	failures := 0
	for ctx.Err() == nil && (s.conn.GetState() == connectivity.Ready || s.again(ctx)) {
		waiting, stop := ctx, context.CancelFunc(func() {})
		if interval > 0 {
			waiting, stop = context.WithTimeout(ctx, interval)
		}
		changed := s.conn.WaitForStateChange(waiting, connectivity.Ready)
		stop()
		if changed || ctx.Err() != nil {
			continue
		}
		if err := s.ping(ctx, min(interval, healthTimeout)); err == nil {
			failures = 0
		} else if failures++; failures >= healthFailures {
			log.Error("the Python side does not answer any more and is restarted", "error", err.Error())
			return
		}
	}
}

func (s *Servant) ping(ctx context.Context, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	_, err := healthpb.NewHealthClient(s.conn).Check(ctx, &healthpb.HealthCheckRequest{Service: healthService})
	return err
}

// again tells whether a lost connection comes back.
func (s *Servant) again(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, settle)
	defer cancel()
	for {
		state := s.conn.GetState()
		if state == connectivity.Ready {
			return true
		}
		s.conn.Connect()
		if !s.conn.WaitForStateChange(ctx, state) {
			return false
		}
	}
}

// stop asks the process to end, waits that long, and then kills what is left of it.
func (s *Servant) stop(grace time.Duration) {
	s.log.expected.Store(true)
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.dead:
	case <-time.After(grace):
	}
	s.kill()
}

// kill ends the process and all that it has started.
func (s *Servant) kill() {
	s.log.expected.Store(true)
	if s.cmd.Process != nil {
		_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
	}
	s.client.Kill()
	for _, client := range s.framed {
		client.Close()
	}
}

func polledDeath(exited func() bool) <-chan struct{} {
	dead := make(chan struct{})
	go func() {
		defer close(dead)
		for !exited() {
			time.Sleep(20 * time.Millisecond)
		}
	}()
	return dead
}
