package hooks

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"
	"google.golang.org/grpc"

	"mmhooks.dev/bridge/internal/chunk"
	"mmhooks.dev/bridge/internal/pb"
)

const (
	messageLimit = 16 << 20 // as in mmhooks/api/websocket.py
	pingEvery    = 30 * time.Second
	silence      = 75 * time.Second // a client that does not even answer pings is gone
	farewell     = 5 * time.Second  // for the client to answer a close
	grace        = 5 * time.Second  // for an application that goes on sending to a client that has gone
)

type events = grpc.BidiStreamingClient[pb.ServeHTTPRequest, pb.ServeHTTPResponse]

// asksForWebSocket tells whether Upgrade will succeed. What it would refuse is an ordinary request.
func asksForWebSocket(r *http.Request) bool {
	return r.Method == http.MethodGet && websocket.IsWebSocketUpgrade(r) &&
		r.Header.Get("Sec-WebSocket-Version") == "13" && r.Header.Get("Sec-WebSocket-Key") != ""
}

// serveWebSocket asks Python what becomes of the request: a WebSocket, or an ordinary response.
func (h *calls) serveWebSocket(w http.ResponseWriter, r *http.Request, first *pb.ServeHTTPRequest) {
	const hook = "ServeHTTP"
	if !h.origins.allow(r) {
		http.Error(w, "Pages of this origin may not open a WebSocket here.", http.StatusForbidden)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	first.Websocket = &pb.WebSocketEvent{Event: &pb.WebSocketEvent_Offer{Offer: &pb.WebSocketOffer{}}}
	stream := start(h, ctx, hook, w, pb.PluginHooksClient.ServeHTTP, first)
	if stream == nil {
		return
	}
	head, err := stream.Recv()
	if accept := head.GetWebsocket().GetAccept(); accept != nil {
		if conn := h.accept(w, r, accept); conn != nil {
			h.converse(&socket{conn: conn, stream: stream, cancel: cancel})
		}
		return
	}
	_ = stream.CloseSend()
	read := make(chan struct{})
	close(read) // there is no body
	h.respond(hook, &client{w: w, r: r, read: read, gone: cancel}, func() (answer, error) {
		m, fault := head, err
		if fault == nil {
			head, err = stream.Recv()
		}
		return m, fault
	})
}

// accept opens the connection. Without one the client has been answered, or has gone.
func (h *calls) accept(w http.ResponseWriter, r *http.Request, accept *pb.WebSocketAccept) *websocket.Conn {
	header := chunk.HeaderFromPB(accept.GetHeaders())
	header.Del("Sec-WebSocket-Extensions") // the bridge offers none
	if accept.GetSubprotocol() != "" {
		header.Set("Sec-WebSocket-Protocol", accept.GetSubprotocol())
	}
	upgrader := websocket.Upgrader{
		ReadBufferSize: chunk.Size / 2, // each read is a call over net/rpc
		CheckOrigin:    func(*http.Request) bool { return true },
	}
	conn, err := upgrader.Upgrade(w, r, header)
	if err != nil {
		if fault := (websocket.HandshakeError{}); errors.As(err, &fault) {
			_ = h.failed("ServeHTTP", err)
		}
		return nil
	}
	conn.SetReadLimit(messageLimit)
	return conn
}

// converse ends when both sides have said their last.
func (h *calls) converse(s *socket) {
	defer s.conn.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.fromClient()
	}()
	go s.ping(done)
	if err := s.toClient(); err != nil {
		_ = h.failed("ServeHTTP", err)
	}
	select {
	case <-done:
	case <-time.After(farewell):
	}
}

// socket passes messages on between a client and a stream of events. gRPC's flow control is the back pressure.
type socket struct {
	conn   *websocket.Conn
	stream events
	cancel context.CancelFunc
	heard  time.Time
}

// fromClient returns when the client has closed, or is gone.
func (s *socket) fromClient() {
	s.conn.SetPongHandler(func(string) error {
		s.alive()
		return nil
	})
	for {
		s.alive()
		kind, data, err := s.conn.ReadMessage()
		if err == nil && kind == websocket.TextMessage && !utf8.Valid(data) {
			err = &websocket.CloseError{Code: websocket.CloseInvalidFramePayloadData}
			s.close(websocket.CloseInvalidFramePayloadData, "not UTF-8")
		}
		if err != nil {
			s.pass(&pb.WebSocketEvent{Event: &pb.WebSocketEvent_Close{Close: closing(err)}})
			_ = s.stream.CloseSend()
			return
		}
		if kind == websocket.TextMessage {
			s.pass(&pb.WebSocketEvent{Event: &pb.WebSocketEvent_Text{Text: string(data)}})
		} else {
			s.pass(&pb.WebSocketEvent{Event: &pb.WebSocketEvent_Binary{Binary: data}})
		}
	}
}

// pass does not fail: when Python has ended, the client's close is still waited for.
func (s *socket) pass(event *pb.WebSocketEvent) {
	_ = s.stream.Send(&pb.ServeHTTPRequest{Websocket: event})
}

// alive gives the client time for its next message or pong. It is called by the reader alone. The deadline is a call over
// net/rpc, so it is not moved each time.
func (s *socket) alive() {
	if now := time.Now(); now.Sub(s.heard) > pingEvery/3 {
		s.heard = now
		_ = s.conn.SetReadDeadline(now.Add(silence))
	}
}

func (s *socket) ping(done <-chan struct{}) {
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case <-ticker.C:
			// One that fails tells nothing: the reader finds out.
			_ = s.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(pingEvery))
		}
	}
}

// toClient returns when the application has closed, and with an error when Python has failed.
func (s *socket) toClient() error {
	gone := false
	for {
		m, err := s.stream.Recv()
		switch {
		case err == nil:
		case errors.Is(err, io.EOF):
			s.close(websocket.CloseNormalClosure, "")
			return nil
		default:
			s.close(websocket.CloseInternalServerErr, "the plugin has failed")
			if gone {
				return nil // that was expected
			}
			return err
		}
		if end := m.GetWebsocket().GetClose(); end != nil {
			s.close(int(end.GetCode()), end.GetReason())
			return nil
		}
		if err := s.write(m.GetWebsocket()); err != nil && !gone {
			// The application learns it as an event. One that does not look is cancelled.
			gone = true
			defer time.AfterFunc(grace, s.cancel).Stop()
			if !errors.Is(err, websocket.ErrCloseSent) {
				_ = s.conn.Close() // the reader may not have noticed
			}
		}
	}
}

func (s *socket) write(event *pb.WebSocketEvent) error {
	if text, ok := event.GetEvent().(*pb.WebSocketEvent_Text); ok {
		return s.conn.WriteMessage(websocket.TextMessage, []byte(text.Text))
	}
	return s.conn.WriteMessage(websocket.BinaryMessage, event.GetBinary())
}

func (s *socket) close(code int, reason string) {
	_ = s.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, reason), time.Now().Add(farewell))
}

// closing is how the connection ended, as the application gets it.
func closing(err error) *pb.WebSocketClose {
	if fault := (&websocket.CloseError{}); errors.As(err, &fault) {
		return &pb.WebSocketClose{Code: int32(fault.Code), Reason: strings.ToValidUTF8(fault.Text, "\uFFFD")}
	}
	if errors.Is(err, websocket.ErrReadLimit) {
		return &pb.WebSocketClose{Code: websocket.CloseMessageTooBig}
	}
	return &pb.WebSocketClose{Code: websocket.CloseAbnormalClosure}
}
