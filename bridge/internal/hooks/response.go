package hooks

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"mmhooks.dev/bridge/internal/chunk"
	"mmhooks.dev/bridge/internal/pb"
)

// patience is how long an answer that is ready waits for its request to be read to the end.
const patience = 50 * time.Millisecond

// client is who waits for an answer.
type client struct {
	w    http.ResponseWriter
	r    *http.Request
	read <-chan struct{} // closed when the request has been read to its end
	gone context.CancelFunc

	begun atomic.Bool // whether there is an answer
	out   output      // nil before it is written
}

// output is where an answer goes. An error of it means that the client has gone.
type output interface {
	part([]byte) error
	end(trailers []*pb.HTTPHeader) error
	abort()
}

// write passes on what comes, as it comes. Its error is of the answer; a client that has gone is none.
func (c *client) write(recv func() (answer, error)) error {
	head, err := recv()
	if err != nil {
		return err
	}
	c.begun.Store(true)
	if status := head.GetResponse().GetStatusCode(); status < 200 || status > 999 {
		return fmt.Errorf("%d is no status for a response", status) // net/http goes on waiting below 200
	}
	if c.out, err = c.begin(head.GetResponse()); err != nil {
		return nil
	}
	var trailers []*pb.HTTPHeader
	for m := head; ; {
		if part := m.GetBody(); len(part) > 0 {
			if err := c.out.part(part); err != nil {
				return nil
			}
		}
		trailers = m.GetResponse().GetTrailers()
		if m, err = recv(); errors.Is(err, io.EOF) {
			_ = c.out.end(trailers)
			return nil
		} else if err != nil {
			return err
		}
	}
}

// begin writes the head.
func (c *client) begin(head *pb.HTTPResponse) (output, error) {
	status := int(head.GetStatusCode())
	maps.Copy(c.w.Header(), chunk.HeaderFromPB(head.GetHeaders()))
	if c.streams(status) {
		header := c.w.Header().Clone()
		if conn, _, err := http.NewResponseController(c.w).Hijack(); err == nil {
			return takeOver(conn, c, status, header)
		}
	}
	c.w.WriteHeader(status)
	out := &written{c.w, http.NewResponseController(c.w)}
	if c.w.Header().Get("Content-Length") == "" {
		_ = out.controller.Flush()
	}
	return out, nil
}

// streams tells whether the body comes bit by bit and the connection may be taken over. Only HTTP/1 has one to take, and
// the server must not be reading the request from it any more.
func (c *client) streams(status int) bool {
	if c.w.Header().Get("Content-Length") != "" || c.r.Method == http.MethodHead || c.r.ProtoMajor != 1 ||
		status == http.StatusNoContent || status == http.StatusNotModified {
		return false
	}
	select {
	case <-c.read:
		return true
	case <-time.After(patience):
		return false
	}
}

// written goes through the server's own response. Older servers, 11.1 among them, cannot flush: they keep what is less
// than 4 KiB until there is more.
type written struct {
	w          http.ResponseWriter
	controller *http.ResponseController
}

func (o *written) part(part []byte) error {
	_, err := o.w.Write(part)
	if err == nil {
		_ = o.controller.Flush()
	}
	return err
}

func (o *written) end(trailers []*pb.HTTPHeader) error {
	if len(trailers) == 0 {
		return nil
	}
	for name, values := range chunk.HeaderFromPB(trailers) {
		o.w.Header()[http.TrailerPrefix+name] = values
	}
	_, err := o.w.Write(nil) // net/rpc carries header lines with the next write
	return err
}

func (o *written) abort() {
	// net/rpc has no way to abort but this.
	if conn, _, err := o.controller.Hijack(); err == nil {
		_ = conn.Close()
	}
}

// taken writes a stream on the connection itself. The server's own response would keep small pieces back on the servers that
// cannot flush over net/rpc, end the stream at the server's write timeout, and not tell when the client has gone.
type taken struct {
	conn    net.Conn
	chunked bool
}

func takeOver(conn net.Conn, c *client, status int, header http.Header) (output, error) {
	o := &taken{conn, c.r.ProtoMinor > 0}
	_ = conn.SetDeadline(time.Time{}) // the server's own
	header.Set("Connection", "close")
	header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	header.Del("Transfer-Encoding")
	if o.chunked {
		header.Set("Transfer-Encoding", "chunked")
	}
	var head bytes.Buffer
	fmt.Fprintf(&head, "HTTP/1.1 %03d %s\r\n", status, http.StatusText(status))
	_ = header.Write(&head)
	head.WriteString("\r\n")
	if _, err := conn.Write(head.Bytes()); err != nil {
		_ = conn.Close()
		return nil, err
	}
	go func() {
		_, _ = io.Copy(io.Discard, conn) // a client has nothing more to say: this ends when it goes
		c.gone()
	}()
	return o, nil
}

func (o *taken) part(part []byte) error {
	if o.chunked { // in one piece: each write is a call over net/rpc
		part = fmt.Appendf(make([]byte, 0, len(part)+16), "%x\r\n%s\r\n", len(part), part)
	}
	_, err := o.conn.Write(part)
	if err != nil {
		_ = o.conn.Close()
	}
	return err
}

func (o *taken) end(trailers []*pb.HTTPHeader) error {
	defer o.conn.Close()
	if !o.chunked {
		return nil
	}
	var last bytes.Buffer
	last.WriteString("0\r\n")
	_ = chunk.HeaderFromPB(trailers).Write(&last)
	last.WriteString("\r\n")
	_, err := o.conn.Write(last.Bytes())
	return err
}

func (o *taken) abort() {
	_ = o.conn.Close()
}
