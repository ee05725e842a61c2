package frames

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// keepIdle is how long a connection is kept that no call needs.
const keepIdle = 30 * time.Second

// notSentError is a call that never left as a whole: nobody has made it.
type notSentError struct {
	cause error
}

func (e *notSentError) Error() string { return "not sent: " + e.cause.Error() }

// GRPCStatus is UNAVAILABLE.
func (e *notSentError) GRPCStatus() *status.Status { return status.New(codes.Unavailable, e.Error()) }

// NotSent tells whether a call may be made again, because it was not made.
func NotSent(err error) bool {
	var e *notSentError
	return errors.As(err, &e)
}

// Client makes unary calls in frames, and streamed ones over the connection that it embeds. Each call under way has a
// connection of its own.
type Client struct {
	grpc.ClientConnInterface
	path string

	mu     sync.Mutex
	idle   []idleLink // last in, first out: those that nobody needs grow old at the front
	closed bool
}

type idleLink struct {
	*link
	since time.Time
}

// NewClient makes a client of a servant's unix socket; streams are left to others.
func NewClient(path string, streams grpc.ClientConnInterface) *Client {
	return &Client{ClientConnInterface: streams, path: path}
}

// Invoke makes a unary call. Its options are gRPC's own and mean nothing here.
func (c *Client) Invoke(ctx context.Context, method string, args, reply any, _ ...grpc.CallOption) error {
	l, err := c.take(ctx)
	if err != nil {
		return err
	}
	answer, err := l.call(ctx, method, args.(proto.Message))
	if err != nil {
		_ = l.Close()
		return failure(ctx, err)
	}
	err = read(answer, reply.(proto.Message))
	c.put(l)
	return err
}

// call sends a request and waits for the answer's frame.
func (l *link) call(ctx context.Context, method string, request proto.Message) ([]byte, error) {
	deadline, _ := ctx.Deadline()
	if err := l.SetDeadline(deadline); err != nil {
		return nil, &notSentError{err}
	}
	stop := context.AfterFunc(ctx, func() { _ = l.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	var begin [1 + maxName]byte
	begin[0] = byte(len(method))
	if err := l.send(begin[:1+copy(begin[1:], method)], request); err != nil {
		if _, ok := status.FromError(err); ok {
			return nil, err
		}
		return nil, &notSentError{err}
	}
	return l.receive()
}

func read(answer []byte, reply proto.Message) error {
	if code := codes.Code(answer[0]); code != codes.OK {
		return status.Error(code, string(answer[1:]))
	}
	if err := proto.Unmarshal(answer[1:], reply); err != nil {
		return status.Errorf(codes.Internal, "the answer cannot be read: %v", err)
	}
	return nil
}

// failure is what became of a call, as gRPC says it.
func failure(ctx context.Context, err error) error {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		if errors.Is(ctx.Err(), context.Canceled) {
			return status.Error(codes.Canceled, "the call was given up")
		}
		return status.Error(codes.DeadlineExceeded, "no answer within the deadline")
	}
	if _, ok := status.FromError(err); ok {
		return err
	}
	return status.Error(codes.Unavailable, "the connection ended during the call")
}

func (c *Client) take(ctx context.Context) (*link, error) {
	c.mu.Lock()
	if n := len(c.idle); n > 0 {
		l := c.idle[n-1].link
		c.idle[n-1] = idleLink{}
		c.idle = c.idle[:n-1]
		c.mu.Unlock()
		return l, nil
	}
	c.mu.Unlock()
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", c.path)
	if err != nil {
		return nil, &notSentError{err}
	}
	return newLink(conn), nil
}

func (c *Client) put(l *link) {
	now := time.Now()
	var old *link
	c.mu.Lock()
	if c.closed {
		old = l
	} else {
		c.idle = append(c.idle, idleLink{l, now})
		if now.Sub(c.idle[0].since) > keepIdle {
			old = c.idle[0].link
			c.idle = c.idle[1:]
		}
	}
	c.mu.Unlock()
	if old != nil {
		_ = old.Close()
	}
}

// Close closes the connections; calls under way end first.
func (c *Client) Close() {
	c.mu.Lock()
	idle := c.idle
	c.idle, c.closed = nil, true
	c.mu.Unlock()
	for _, l := range idle {
		_ = l.Close()
	}
}
