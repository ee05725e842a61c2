package frames

import (
	"context"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	"mmhooks.dev/bridge/internal/pb"
)

const kvGet = pb.PluginAPI_KVGet_FullMethodName

// store is a service with one method.
type store struct {
	pb.UnimplementedPluginAPIServer
	get func(key string) ([]byte, error)
}

func (s *store) KVGet(_ context.Context, request *pb.KVGetRequest) (*pb.KVGetResponse, error) {
	value, err := s.get(request.Key)
	if err != nil {
		return nil, err
	}
	return &pb.KVGetResponse{Result: value}, nil
}

func through(ctx context.Context, req any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	return next(ctx, req)
}

func serve(t *testing.T, get func(string) ([]byte, error)) (*Server, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s")
	s, err := Serve(path, "token", &pb.PluginAPI_ServiceDesc, &store{get: get}, through)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s, path
}

// client shows the token on its first connections, as Python's does.
func client(t *testing.T, path, token string, links int) *Client {
	t.Helper()
	c := NewClient(path, nil)
	t.Cleanup(c.Close)
	for range links {
		conn, err := net.Dial("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		l := newLink(conn)
		if err := l.sendFrame(append([]byte{0, 0, 0, 0, 0}, token...)); err != nil {
			t.Fatal(err)
		}
		if answer, err := l.receive(); err != nil || codes.Code(answer[0]) != codes.OK {
			t.Fatal(answer, err)
		}
		c.put(l)
	}
	return c
}

func get(c *Client, key string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	reply := &pb.KVGetResponse{}
	err := c.Invoke(ctx, kvGet, &pb.KVGetRequest{Key: key}, reply)
	return string(reply.Result), err
}

func TestCallsAtOnce(t *testing.T) {
	_, path := serve(t, func(key string) ([]byte, error) { return []byte(key + key), nil })
	c := client(t, path, "token", 20)
	var group sync.WaitGroup
	for worker := range 20 {
		group.Go(func() {
			for i := range 200 {
				key := strings.Repeat(string(rune('a'+worker)), i*50)
				if value, err := get(c, key); err != nil || value != key+key {
					t.Errorf("%d bytes for %d: %v", len(value), len(key), err)
					return
				}
			}
		})
	}
	group.Wait()
}

func TestStatusesArrive(t *testing.T) {
	_, path := serve(t, func(key string) ([]byte, error) {
		switch key {
		case "large":
			return make([]byte, maxMessage+1), nil
		case "largest":
			return make([]byte, maxMessage-100), nil
		case "plain":
			return nil, context.DeadlineExceeded
		}
		return nil, status.Error(codes.NotFound, "no "+key)
	})
	c := client(t, path, "token", 1)
	for key, want := range map[string]codes.Code{
		"large": codes.ResourceExhausted, "largest": codes.OK, "plain": codes.Unknown, "this": codes.NotFound,
	} {
		if _, err := get(c, key); status.Code(err) != want {
			t.Errorf("%s: %v", key, err)
		}
	}
	err := c.Invoke(t.Context(), "/no/Such", &pb.KVGetRequest{}, &pb.KVGetResponse{})
	if status.Code(err) != codes.Unimplemented {
		t.Error(err)
	}
	err = c.Invoke(t.Context(), kvGet, &pb.KVGetRequest{Key: strings.Repeat("x", maxMessage+1)}, &pb.KVGetResponse{})
	if status.Code(err) != codes.ResourceExhausted {
		t.Error(err)
	}
}

func TestTheTokenIsDemanded(t *testing.T) {
	_, path := serve(t, func(string) ([]byte, error) { t.Error("called"); return nil, nil })
	hello := func(token string) []byte { return append([]byte{0, 0, 0, 0, 0}, token...) }
	call, err := proto.MarshalOptions{}.MarshalAppend(
		append([]byte{0, 0, 0, 0, byte(len(kvGet))}, kvGet...), &pb.KVGetRequest{Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	for _, first := range [][]byte{hello("wrong"), hello(""), hello("token "), call} {
		conn, err := net.Dial("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		l := newLink(conn)
		if err := l.sendFrame(first); err != nil {
			t.Fatal(err)
		}
		if answer, err := l.receive(); err != nil || codes.Code(answer[0]) != codes.Unauthenticated {
			t.Error(answer, err)
		}
		if _, err := l.receive(); err == nil {
			t.Error("the connection is still there")
		}
		_ = conn.Close()
	}
}

func TestADeadlineEndsTheCallAndItsConnection(t *testing.T) {
	let := make(chan struct{})
	_, path := serve(t, func(string) ([]byte, error) { <-let; return nil, nil })
	defer close(let)
	c := client(t, path, "token", 2)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if err := c.Invoke(ctx, kvGet, &pb.KVGetRequest{}, &pb.KVGetResponse{}); status.Code(err) != codes.DeadlineExceeded {
		t.Error(err)
	}
	given, giveUp := context.WithCancel(t.Context())
	time.AfterFunc(30*time.Millisecond, giveUp)
	if err := c.Invoke(given, kvGet, &pb.KVGetRequest{}, &pb.KVGetResponse{}); status.Code(err) != codes.Canceled {
		t.Error(err)
	}
	if len(c.idle) > 0 {
		t.Error("a connection with an answer to come is kept")
	}
}

func TestWhatWasNotSentMayBeSentAgain(t *testing.T) {
	s, path := serve(t, func(string) ([]byte, error) { return []byte("x"), nil })
	c := client(t, path, "token", 1)
	if _, err := get(c, "k"); err != nil {
		t.Fatal(err)
	}
	s.Stop()
	if _, err := get(c, "k"); !NotSent(err) && status.Code(err) != codes.Unavailable {
		t.Error(err) // over the connection that it had
	}
	if _, err := get(c, "k"); !NotSent(err) || status.Code(err) != codes.Unavailable {
		t.Error(err) // nobody listens
	}
}

func TestAnEndInTheMiddleIsNoAnswer(t *testing.T) {
	for _, answer := range []string{"", "\x00\x00", "\x00\x00\x00\x09\x00abc", "\x00\x00\x00\x00", "\xff\xff\xff\xff"} {
		path := filepath.Join(t.TempDir(), "s")
		listener, err := net.Listen("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = newLink(conn).receive()
			_, _ = conn.Write([]byte(answer))
			_ = conn.Close()
		}()
		_, err = get(NewClient(path, nil), "k")
		if status.Code(err) != codes.Unavailable || NotSent(err) {
			t.Errorf("%q: %v", answer, err)
		}
		_ = listener.Close()
	}
}

func TestConnectionsThatNobodyNeedsAreClosed(t *testing.T) {
	_, path := serve(t, func(string) ([]byte, error) { return nil, nil })
	c := client(t, path, "token", 3)
	for i := range c.idle {
		c.idle[i].since = time.Now().Add(-2 * keepIdle)
	}
	for range 5 {
		if _, err := get(c, "k"); err != nil {
			t.Fatal(err)
		}
	}
	if len(c.idle) != 1 {
		t.Errorf("%d are kept", len(c.idle))
	}
}
