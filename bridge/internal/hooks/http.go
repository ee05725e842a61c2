package hooks

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/mattermost/mattermost/server/public/plugin"
	"google.golang.org/grpc"

	"mmhooks.dev/bridge/internal/chunk"
	"mmhooks.dev/bridge/internal/convert"
	"mmhooks.dev/bridge/internal/pb"
)

// ServeHTTP streams the request's body in and the response's out, both at once. It has no deadline.
func (h *calls) ServeHTTP(c *plugin.Context, w http.ResponseWriter, r *http.Request) {
	first := &pb.ServeHTTPRequest{Context: convert.PluginContextToPB(c, &convert.Failure{}), Request: requestToPB(r)}
	if asksForWebSocket(r) {
		h.serveWebSocket(w, r, first)
		return
	}
	serve(h, "ServeHTTP", w, r, pb.PluginHooksClient.ServeHTTP, first,
		func(part []byte) *pb.ServeHTTPRequest { return &pb.ServeHTTPRequest{Body: part} })
}

// ServeMetrics is the same at another port of the server.
func (h *calls) ServeMetrics(c *plugin.Context, w http.ResponseWriter, r *http.Request) {
	first := &pb.ServeMetricsRequest{Context: convert.PluginContextToPB(c, &convert.Failure{}), Request: requestToPB(r)}
	serve(h, "ServeMetrics", w, r, pb.PluginHooksClient.ServeMetrics, first,
		func(part []byte) *pb.ServeMetricsRequest { return &pb.ServeMetricsRequest{Body: part} })
}

// errBrokeOff says that the client has gone before its request or the answer had ended. It is nobody's failure.
var errBrokeOff = errors.New("the request's body broke off")

type answer interface {
	GetResponse() *pb.HTTPResponse
	GetBody() []byte
}

type exchange[Req any, Resp any] func(
	pb.PluginHooksClient, context.Context, ...grpc.CallOption,
) (grpc.BidiStreamingClient[Req, Resp], error)

func serve[Req, Resp any](
	h *calls, hook string, w http.ResponseWriter, r *http.Request, open exchange[Req, Resp], first *Req,
	message func([]byte) *Req,
) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel() // whoever stops reading cancels the call in Python
	stream := start(h, ctx, hook, w, open, first)
	if stream == nil {
		return
	}
	read := make(chan struct{}) // closed when the request has been read to its end
	to := &client{w: w, r: r, read: read, gone: cancel}
	go func() {
		err := copyBody(r, func(part []byte) error { return stream.Send(message(part)) })
		if err == nil {
			close(read)
			_ = stream.CloseSend()
		} else if to.begun.Load() { // the server gives no more of the request
			_ = stream.CloseSend()
		} else if !errors.Is(err, io.EOF) { // EOF: Python has answered without reading on
			cancel() // half a body is none
		}
	}()
	h.respond(hook, to, func() (answer, error) {
		m, err := stream.Recv()
		if ctx.Err() != nil {
			return nil, errBrokeOff
		}
		if err != nil {
			return nil, err
		}
		return any(m).(answer), nil
	})
}

// start sends the first message. Without a stream it has answered the client.
func start[Req, Resp any](
	h *calls, ctx context.Context, hook string, w http.ResponseWriter, open exchange[Req, Resp], first *Req,
) grpc.BidiStreamingClient[Req, Resp] {
	stream, err := begin(h, ctx, hook, open)
	if err == nil {
		err = stream.Send(first)
	}
	if errors.Is(err, errAbsent) {
		http.Error(w, "404 page not found", http.StatusNotFound)
		return nil
	}
	if err != nil {
		http.Error(w, "The plugin is not running.", http.StatusServiceUnavailable)
		return nil
	}
	return stream
}

// respond passes the answer on to the client, or says that there is none.
func (h *calls) respond(hook string, to *client, recv func() (answer, error)) {
	err := to.write(recv)
	if err == nil {
		return
	}
	code, text := http.StatusBadRequest, "The request's body broke off."
	if !errors.Is(err, errBrokeOff) {
		_ = h.failed(hook, err)
		code, text = http.StatusInternalServerError, "The plugin failed; see the server's log."
	}
	if to.out == nil {
		http.Error(to.w, text, code)
	} else {
		to.out.abort() // a response cut short must not look like a whole one
	}
}

// copyBody fails if the body ends before it should: net/rpc does not say that a client has gone.
func copyBody(r *http.Request, send func([]byte) error) error {
	if r.Body == nil {
		return nil
	}
	missing := announcedLength(r)
	err := chunk.Copy(r.Body, func(part []byte) error {
		missing -= int64(len(part))
		return send(part)
	})
	if err == nil && missing > 0 {
		return io.ErrUnexpectedEOF
	}
	return err
}

// announcedLength is 0 if unknown. Another plugin may pass on the header of another request.
func announcedLength(r *http.Request) int64 {
	if r.Header.Get("Mattermost-Plugin-ID") != "" {
		return 0
	}
	length, err := strconv.ParseInt(r.Header.Get("Content-Length"), 10, 64)
	if err != nil {
		return 0
	}
	return length
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
