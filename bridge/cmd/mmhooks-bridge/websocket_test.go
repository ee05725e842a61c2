package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

const sockets = `
import asyncio
import os
from mmhooks import RouteSpec, hookimpl
from mmhooks.api.http import Response
from mmhooks.api.websocket import Close, WebSocket

noted = []
sent = 0
may_read = asyncio.Event()

async def app(scope, receive, send):
    assert scope["type"] == "websocket", scope
    assert (await receive())["type"] == "websocket.connect"
    name = scope["path"].rpartition("/")[2]
    await globals()[name](scope, receive, send)

async def echo(scope, receive, send):
    names = [name for name in scope["subprotocols"] if name == "parrot"]
    headers = [(b"x-user", (scope["mattermost_user_id"] or "nobody").encode())]
    await send({"type": "websocket.accept", "subprotocol": next(iter(names), None), "headers": headers})
    while (message := await receive())["type"] == "websocket.receive":
        if message.get("text") == "bye":
            return await send({"type": "websocket.close", "code": 4001, "reason": "as you wish"})
        if message.get("text") == "return":
            return
        if message.get("text") == "fail":
            raise RuntimeError("no more")
        if message.get("text") == "die":
            os._exit(1)
        await send({**message, "type": "websocket.send"})
    noted.append(f"{message['code']} {message['reason']}")

async def refuse(scope, receive, send):
    await send({"type": "websocket.close"})

async def deny(scope, receive, send):
    await send({"type": "websocket.http.response.start", "status": 418, "headers": [(b"x-why", b"tea")]})
    await send({"type": "websocket.http.response.body", "body": b"short and ", "more_body": True})
    await send({"type": "websocket.http.response.body", "body": b"stout"})

async def crash(scope, receive, send):
    raise RuntimeError("no socket")

async def pour(scope, receive, send):
    global sent
    await send({"type": "websocket.accept"})
    try:
        while sent < 100_000:
            await send({"type": "websocket.send", "bytes": bytes(65536)})
            sent += 1
    except OSError as error:
        noted.append(type(error).__name__)
        raise

async def deaf(scope, receive, send):
    await send({"type": "websocket.accept"})
    await may_read.wait()
    size = 0
    while (message := await receive())["type"] == "websocket.receive":
        size += len(message["bytes"])
    noted.append(str(size))

@hookimpl
def register_routes():
    return [RouteSpec("/app", app)]

@hookimpl
async def serve_http(request):
    if request.url == "/noted":
        return Response(body=" | ".join(noted))
    if request.url == "/sent":
        return Response(body=str(sent))
    if request.url == "/read":
        may_read.set()
        return Response(status=204)
    if request.url == "/page":
        return Response(body=f"websocket: {request.is_websocket}, body: {await request.body.read()}")
    if request.url == "/bare":
        async def talk(incoming):
            async for event in incoming:
                if isinstance(event, Close):
                    noted.append(str(event.code))
                    return
                yield event.upper()
        return WebSocket(talk=talk)
`

func dial(t *testing.T, s *httptest.Server, path string, header http.Header, protocols ...string) (
	*websocket.Conn, *http.Response,
) {
	t.Helper()
	dialer := websocket.Dialer{Subprotocols: protocols, HandshakeTimeout: 10 * time.Second}
	conn, response, err := dialer.Dial("ws"+strings.TrimPrefix(s.URL, "http")+path, header)
	if err != nil && !errors.Is(err, websocket.ErrBadHandshake) {
		t.Fatal(err)
	}
	if conn != nil {
		t.Cleanup(func() { _ = conn.Close() })
		must(t, conn.SetReadDeadline(time.Now().Add(30*time.Second)))
	}
	return conn, response
}

func text(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	must(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	must(t, err)
	return string(body)
}

func say(t *testing.T, conn *websocket.Conn, kind int, data []byte) {
	t.Helper()
	must(t, conn.WriteMessage(kind, data))
}

func hear(t *testing.T, conn *websocket.Conn, kind int, data []byte) {
	t.Helper()
	k, got, err := conn.ReadMessage()
	must(t, err)
	if k != kind || !bytes.Equal(got, data) {
		t.Fatalf("kind %d, %d bytes: %.40q", k, len(got), got)
	}
}

// ended waits for the close.
func ended(t *testing.T, conn *websocket.Conn, code int, reason string) {
	t.Helper()
	_, data, err := conn.ReadMessage()
	var end *websocket.CloseError
	if !errors.As(err, &end) || end.Code != code || end.Text != reason {
		t.Fatalf("%q, %v, not closed with %d %q", data, err, code, reason)
	}
}

func TestWebSocketEchoes(t *testing.T) {
	_, hooks := activate(t, sockets)
	s := serve(t, hooks)
	header := http.Header{"Mattermost-User-Id": {"ann"}}
	conn, response := dial(t, s, "/app/echo", header, "raven", "parrot")
	if conn.Subprotocol() != "parrot" || response.Header.Get("X-User") != "ann" {
		t.Error(conn.Subprotocol(), response.Header)
	}
	start := time.Now()
	for i := range 10_000 {
		kind := websocket.TextMessage + i%2
		data := fmt.Appendf(nil, "message %d é", i)
		say(t, conn, kind, data)
		hear(t, conn, kind, data)
	}
	t.Logf("10,000 messages one by one in %s", time.Since(start).Round(time.Millisecond))
	for _, size := range []int{0, 1, 125, 126, 65_535, 65_536, 5_000_000} {
		data := bytes.Repeat([]byte("x"), size)
		say(t, conn, websocket.TextMessage, data)
		hear(t, conn, websocket.TextMessage, data)
		say(t, conn, websocket.BinaryMessage, data)
		hear(t, conn, websocket.BinaryMessage, data)
	}
	must(t, conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(4321, "enough"), time.Time{}))
	ended(t, conn, 4321, "") // what the client hears back
	eventually(t, "the application knows", 10*time.Second, func() bool { return text(t, s.URL+"/noted") == "4321 enough" })
}

func TestWebSocketEchoesWhatIsSentWithoutWaiting(t *testing.T) {
	_, hooks := activate(t, sockets)
	conn, _ := dial(t, serve(t, hooks), "/app/echo", nil)
	go func() {
		for i := range 10_000 {
			_ = conn.WriteMessage(websocket.TextMessage, fmt.Append(nil, i))
		}
	}()
	start := time.Now()
	for i := range 10_000 {
		hear(t, conn, websocket.TextMessage, fmt.Append(nil, i))
	}
	t.Logf("10,000 messages at once in %s", time.Since(start).Round(time.Millisecond))
}

func TestWebSocketIsClosedByTheApplication(t *testing.T) {
	w, hooks := activate(t, sockets)
	s := serve(t, hooks)
	for _, c := range []struct {
		says   string
		code   int
		reason string
	}{
		{"bye", 4001, "as you wish"}, {"return", 1000, ""}, {"fail", 1011, ""}, {"die", 1011, "the plugin has failed"},
	} {
		conn, _ := dial(t, s, "/app/echo", nil)
		say(t, conn, websocket.TextMessage, []byte(c.says))
		ended(t, conn, c.code, c.reason)
	}
	if log := w.server.logged(); !strings.Contains(log, "route /app failed: RuntimeError: no more") {
		t.Error(log)
	}
}

func TestWebSocketOfAClientThatIsGone(t *testing.T) {
	_, hooks := activate(t, sockets)
	s := serve(t, hooks)
	conn, _ := dial(t, s, "/app/echo", nil)
	must(t, conn.NetConn().Close())
	eventually(t, "the application knows", 10*time.Second, func() bool { return text(t, s.URL+"/noted") == "1006 " })
	conn, _ = dial(t, s, "/app/echo", nil)
	must(t, conn.WriteMessage(websocket.TextMessage, []byte("\xff")))
	ended(t, conn, 1007, "not UTF-8")
	conn, _ = dial(t, s, "/app/echo", nil)
	go func() { _ = conn.WriteMessage(websocket.BinaryMessage, make([]byte, 16<<20+1)) }()
	ended(t, conn, 1009, "")
}

func TestWebSocketIsRefused(t *testing.T) {
	w, hooks := activate(t, sockets)
	s := serve(t, hooks)
	for _, c := range []struct {
		path   string
		header http.Header
		status int
		body   string
	}{
		{"/app/refuse", nil, 403, ""},
		{"/app/deny", nil, 418, "short and stout"},
		{"/app/crash", nil, 500, "The plugin failed to answer; the server's log says why.\n"},
		{"/page", nil, 200, "websocket: True, body: b''"},
		{"/nothing", nil, 404, "Nothing here.\n"},
		{"/app/echo", http.Header{"Origin": {"https://evil.example"}}, 403, "Pages of this origin may not open a WebSocket here.\n"},
	} {
		conn, response := dial(t, s, c.path, c.header)
		if conn != nil {
			t.Fatalf("%s: it is open", c.path)
		}
		body, err := io.ReadAll(response.Body)
		must(t, err)
		if response.StatusCode != c.status || string(body) != c.body {
			t.Errorf("%s: %s %q", c.path, response.Status, body)
		}
	}
	for _, origin := range []string{s.URL, "https://chat.example", "https://friend.example"} {
		conn, _ := dial(t, s, "/app/echo", http.Header{"Origin": {origin}})
		if conn == nil {
			t.Errorf("%s may not open it\n%s", origin, w.server.logged())
		}
	}
	response, err := http.Get(s.URL + "/bare")
	must(t, err)
	_ = response.Body.Close()
	if response.StatusCode != 426 {
		t.Error(response.Status)
	}
}

func TestWebSocketOfAHookimpl(t *testing.T) {
	_, hooks := activate(t, sockets)
	s := serve(t, hooks)
	conn, _ := dial(t, s, "/bare", nil)
	say(t, conn, websocket.TextMessage, []byte("quiet"))
	hear(t, conn, websocket.TextMessage, []byte("QUIET"))
	must(t, conn.WriteControl(websocket.CloseMessage, nil, time.Time{}))
	ended(t, conn, 1005, "")
	eventually(t, "the hookimpl knows", 10*time.Second, func() bool { return text(t, s.URL+"/noted") == "1005" })
}

func TestWebSocketHoldsBackAnApplicationThatIsTooFast(t *testing.T) {
	_, hooks := activate(t, sockets)
	s := serve(t, hooks)
	conn, _ := dial(t, s, "/app/pour", nil)
	hear(t, conn, websocket.BinaryMessage, make([]byte, 65536))
	// It stops when every buffer is full: then many answers in a row are the same.
	sent, same := "", 0
	eventually(t, "it is held back", 20*time.Second, func() bool {
		if now := text(t, s.URL+"/sent"); now != sent {
			sent, same = now, 0
		}
		same++
		return same == 30
	})
	if len(sent) > 4 {
		t.Errorf("%s messages of 64 KiB are under way", sent)
	}
	_ = conn.NetConn().(*net.TCPConn).SetLinger(0)
	must(t, conn.NetConn().Close())
	eventually(t, "its send fails", 20*time.Second, func() bool {
		return text(t, s.URL+"/noted") == "ConnectionResetError"
	})
}

func TestWebSocketHoldsBackAClientThatIsTooFast(t *testing.T) {
	_, hooks := activate(t, sockets)
	s := serve(t, hooks)
	conn, _ := dial(t, s, "/app/deaf", nil)
	part := make([]byte, 1<<20)
	size := 0
	for ; size < 1000; size++ {
		must(t, conn.SetWriteDeadline(time.Now().Add(time.Second)))
		if err := conn.WriteMessage(websocket.BinaryMessage, part); err != nil {
			break // that message is half sent, so this connection is lost
		}
	}
	if size >= 200 {
		t.Errorf("%d MiB were taken, and nobody has read", size)
	}
	_ = conn.NetConn().Close()
	text(t, s.URL+"/read")
	eventually(t, "what was sent arrives", 20*time.Second, func() bool {
		return text(t, s.URL+"/noted") == fmt.Sprint(size<<20)
	})
}
