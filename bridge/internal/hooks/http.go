package hooks

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"

	"github.com/mattermost/mattermost/server/public/plugin"
	"google.golang.org/grpc"

	"mmhooks.dev/bridge/internal/chunk"
	"mmhooks.dev/bridge/internal/convert"
	"mmhooks.dev/bridge/internal/pb"
)

// ServeHTTP streams the request's body in and the response's out, both at once. It has no deadline.
func (h *calls) ServeHTTP(c *plugin.Context, w http.ResponseWriter, r *http.Request) {
	first := &pb.ServeHTTPRequest{Context: convert.PluginContextToPB(c, &convert.Failure{}), Request: requestToPB(r)}
	serve(h, "ServeHTTP", w, r.Body, pb.PluginHooksClient.ServeHTTP, first,
		func(part []byte) *pb.ServeHTTPRequest { return &pb.ServeHTTPRequest{Body: part} })
}

// ServeMetrics is the same at another port of the server.
func (h *calls) ServeMetrics(c *plugin.Context, w http.ResponseWriter, r *http.Request) {
	first := &pb.ServeMetricsRequest{Context: convert.PluginContextToPB(c, &convert.Failure{}), Request: requestToPB(r)}
	serve(h, "ServeMetrics", w, r.Body, pb.PluginHooksClient.ServeMetrics, first,
		func(part []byte) *pb.ServeMetricsRequest { return &pb.ServeMetricsRequest{Body: part} })
}

type answer interface {
	GetResponse() *pb.HTTPResponse
	GetBody() []byte
}

type exchange[Req any, Resp any] func(
	pb.PluginHooksClient, context.Context, ...grpc.CallOption,
) (grpc.BidiStreamingClient[Req, Resp], error)

func serve[Req, Resp any](
	h *calls, hook string, w http.ResponseWriter, body io.Reader, open exchange[Req, Resp], first *Req,
	message func([]byte) *Req,
) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel() // whoever stops reading cancels the call in Python
	stream, err := begin(h, ctx, hook, open)
	if err == nil {
		err = stream.Send(first)
	}
	if errors.Is(err, errAbsent) {
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	}
	if err != nil {
		http.Error(w, "The plugin is not running.", http.StatusServiceUnavailable)
		return
	}
	go func() {
		err := copyBody(body, func(part []byte) error { return stream.Send(message(part)) })
		if err == nil {
			_ = stream.CloseSend()
		} else if !errors.Is(err, io.EOF) { // EOF: Python has answered without reading on
			cancel() // half a body is none
		}
	}()
	started, err := respond(w, func() (answer, error) {
		m, err := stream.Recv()
		if err != nil {
			return nil, err
		}
		return any(m).(answer), nil
	})
	if err == nil {
		return
	}
	_ = h.failed(hook, err)
	if !started {
		http.Error(w, "The plugin failed; see the server's log.", http.StatusInternalServerError)
		return
	}
	// A response cut short must not look like a whole one. net/rpc has no way to abort but this.
	if hijacker, ok := w.(http.Hijacker); ok {
		if conn, _, err := hijacker.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}

func copyBody(body io.Reader, send func([]byte) error) error {
	if body == nil {
		return nil
	}
	return chunk.Copy(body, send)
}

// begin waits for the Python side no longer than a user would. The call ends with the context.
func begin[Req, Resp any](
	h *calls, ctx context.Context, hook string, open exchange[Req, Resp],
) (grpc.BidiStreamingClient[Req, Resp], error) {
	wait, cancel := context.WithTimeout(ctx, heldUp)
	defer cancel()
	servant, err := h.servant(wait, hook)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, servant.Done)
	stream, err := open(servant.Client(hook), ctx)
	if err != nil {
		return nil, h.failed(hook, err)
	}
	return stream, nil
}

// respond writes what comes, and tells whether it has written anything.
func respond(w http.ResponseWriter, recv func() (answer, error)) (bool, error) {
	head, err := recv()
	if err != nil {
		return false, err
	}
	maps.Copy(w.Header(), chunk.HeaderFromPB(head.GetResponse().GetHeaders()))
	status := int(head.GetResponse().GetStatusCode())
	if status < 100 || status > 999 {
		return false, errors.New("the response has no valid status")
	}
	w.WriteHeader(status)
	controller := http.NewResponseController(w)
	for m := head; ; {
		if part := m.GetBody(); len(part) > 0 {
			if _, err := w.Write(part); err != nil {
				return true, nil // the client has gone: nobody to tell
			}
			_ = controller.Flush()
		}
		if m, err = recv(); errors.Is(err, io.EOF) {
			return true, nil
		} else if err != nil {
			return true, err
		}
	}
}

func requestToPB(r *http.Request) *pb.HTTPRequest {
	head := &pb.HTTPRequest{
		Method:     r.Method,
		Proto:      r.Proto,
		Headers:    chunk.HeaderToPB(r.Header),
		Host:       r.Host,
		RemoteAddr: r.RemoteAddr,
		RequestUri: r.RequestURI,
	}
	if r.URL != nil {
		head.Url = r.URL.String()
	}
	return head
}
