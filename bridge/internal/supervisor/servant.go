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
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"mmhooks.dev/bridge/internal/pb"
)

const (
	// MaxMessage is the limit that the Python side has too. What has no bound is streamed.
	MaxMessage = 64 << 20

	healthService  = "plugin"
	healthInterval = 15 * time.Second
	healthFailures = 3
	settle         = time.Second // for a lost connection to come back
)

// Servant is one running Python process and the way to its hooks.
type Servant struct {
	client        *plugin.Client
	cmd           *exec.Cmd
	conn          *grpc.ClientConn
	blocking      *grpc.ClientConn
	every         pb.PluginHooksClient
	fast          pb.PluginHooksClient
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
		return s.fast
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
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  plugin.HandshakeConfig{ProtocolVersion: 1, MagicCookieKey: "MMHOOKS_BRIDGE", MagicCookieValue: "1"},
		Plugins:          plugin.PluginSet{"servant": connection{}},
		Cmd:              cmd,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		StartTimeout:     o.StartTimeout,
		Logger:           o.Log.hclog(),
		Stderr:           said,
		SkipHostEnv:      true,
		GRPCDialOptions:  dialOptions(),
	})
	s := &Servant{client: client, cmd: cmd, gone: make(chan struct{}), worker: o.worker}
	if err := s.connect(o.StartTimeout); err != nil {
		s.kill()
		if words := said.complaints(); words != "" {
			return nil, fmt.Errorf("the Python side did not start: %s", words)
		}
		return nil, fmt.Errorf("the Python side did not start: %w", err)
	}
	go s.watch(o.Log)
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
	s.every = pb.NewPluginHooksClient(s.conn)
	if answer.BlockingTarget == "" {
		return nil
	}
	options := append(dialOptions(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if s.blocking, err = grpc.NewClient(answer.BlockingTarget, options...); err != nil {
		return err
	}
	s.blocking.Connect()
	s.fast = pb.NewPluginHooksClient(s.blocking)
	s.blockingHooks = make(map[string]bool, len(answer.BlockingHooks))
	for _, hook := range answer.BlockingHooks {
		s.blockingHooks[hook] = true
	}
	return nil
}

// watch closes gone when the process is dead, when its connection is lost for good, or when it does not answer any more.
func (s *Servant) watch(log *Log) {
	defer close(s.gone)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-s.dead
		cancel()
	}()
	failures := 0
	for ctx.Err() == nil && (s.conn.GetState() == connectivity.Ready || s.again(ctx)) {
		waiting, stop := context.WithTimeout(ctx, healthInterval)
		changed := s.conn.WaitForStateChange(waiting, connectivity.Ready)
		stop()
		if changed || ctx.Err() != nil {
			continue
		}
		if err := s.ping(ctx); err == nil {
			failures = 0
		} else if failures++; failures >= healthFailures {
			log.Error("the Python side does not answer any more and is restarted", "error", err.Error())
			return
		}
	}
}

func (s *Servant) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, healthInterval)
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
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.dead:
	case <-time.After(grace):
	}
	s.kill()
}

// kill ends the process and all that it has started.
func (s *Servant) kill() {
	if s.cmd.Process != nil {
		_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
	}
	s.client.Kill()
	if s.blocking != nil {
		_ = s.blocking.Close()
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
