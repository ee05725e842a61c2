package main

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/plugin"
)

const pages = `
import asyncio
import hashlib
from mmhooks import RouteSpec, hookimpl
from mmhooks.api.http import Response
from mmhooks.errors import TransportError

noted = []
forever = asyncio.Event()

async def app(scope, receive, send):
    await globals()[scope["path"].rpartition("/")[2]](receive, send)

async def signed(receive, send):
    start = {"type": "http.response.start", "status": 200, "trailers": True, "headers": [(b"trailer", b"x-digest")]}
    await send(start)
    await send({"type": "http.response.body", "body": b"hel", "more_body": True})
    await send({"type": "http.response.body", "body": b"lo"})
    await send({"type": "http.response.trailers", "headers": [(b"x-digest", b"abc")], "more_trailers": True})
    await send({"type": "http.response.trailers", "headers": [(b"x-more", b"1"), (b"x-more", b"2")]})

async def reads(receive, send):
    while (message := await receive())["type"] == "http.request" and message["more_body"]:
        noted.append("some")
    noted.append(message["type"])

async def pours(receive, send):
    await send({"type": "http.response.start", "status": 200})
    try:
        while True:
            await send({"type": "http.response.body", "body": bytes(65536), "more_body": True})
    finally:
        noted.append("pours")

async def ticks(receive, send):
    # Little and seldom, as server-sent events are.
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    try:
        while True:
            await send({"type": "http.response.body", "body": b":\\n\\n", "more_body": True})
            await asyncio.sleep(0.05)
    finally:
        noted.append("ticks")

async def quiet(receive, send):
    await send({"type": "http.response.start", "status": 200})
    try:
        await send({"type": "http.response.body", "body": b"once", "more_body": True})
        await forever.wait()
    finally:
        noted.append("quiet")

@hookimpl
def register_routes():
    return [RouteSpec("/app", app)]

@hookimpl(specname="serve_http")
def blocking(request):
    path = request.url
    if path == "/noted":
        return Response(body=" ".join(noted))
    if path == "/plain":
        return Response(body="plain")
    if path.startswith("/status/"):
        return Response(status=int(path[8:]))
    if path == "/trailers":
        digest = hashlib.sha256()
        def body():
            for part in (b"one", b"two"):
                digest.update(part)
                yield part
        return Response(body=body(), trailers=lambda: {"X-Digest": digest.hexdigest()}.items())
    if path == "/blocking":
        noted.append("some")
        try:
            request.body.read()
        except TransportError as error:
            noted.append("broke")
        return Response()

@hookimpl(specname="serve_http", tryfirst=True)
async def awaiting(request):
    if request.url == "/awaited":
        noted.append("some")
        try:
            await request.body.read()
        except TransportError as error:
            noted.append("broke")
    if request.url == "/poll":
        noted.append("some")
        try:
            await forever.wait()
        finally:
            noted.append("cancelled")
    if request.url == "/async":
        async def body():
            try:
                while True:
                    yield bytes(65536)
            finally:
                noted.append("async")
        return Response(body=body())
`

func TestHTTPTrailersFollowTheBody(t *testing.T) {
	_, hooks := activate(t, pages)
	s := serve(t, hooks)
	for path, want := range map[string]http.Header{
		"/trailers":   {"X-Digest": {fmt.Sprintf("%x", sha256.Sum256([]byte("onetwo")))}},
		"/app/signed": {"X-Digest": {"abc"}, "X-More": {"1", "2"}},
	} {
		response, err := http.Get(s.URL + path)
		must(t, err)
		_, err = io.ReadAll(response.Body)
		must(t, err)
		if _, early := response.Header["X-Digest"]; early || !reflect.DeepEqual(response.Trailer, want) {
			t.Errorf("%s: %v %v", path, response.Header, response.Trailer)
		}
	}
}

func TestHTTPStreamToWhoHasNoConnectionToTakeOver(t *testing.T) {
	_, hooks := activate(t, pages)
	w := httptest.NewRecorder()
	hooks.ServeHTTP(&plugin.Context{}, w, httptest.NewRequest("GET", "/app/signed", nil))
	answer := w.Result()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	if string(body) != "hello" || answer.Trailer.Get("X-Digest") != "abc" || !w.Flushed {
		t.Errorf("%q %v", body, answer.Trailer)
	}
}

func TestHTTPStreamToAnOldClient(t *testing.T) {
	_, hooks := activate(t, pages)
	conn, err := net.Dial("tcp", strings.TrimPrefix(serve(t, hooks).URL, "http://"))
	must(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "GET /trailers HTTP/1.0\r\n\r\n")
	must(t, err)
	answer, err := io.ReadAll(conn)
	must(t, err)
	if head, body, _ := strings.Cut(string(answer), "\r\n\r\n"); body != "onetwo" || strings.Contains(head, "chunked") {
		t.Errorf("%s", answer)
	}
}

func TestHTTPAnswerToARequestThatNobodyReads(t *testing.T) {
	_, hooks := activate(t, pages)
	s := serve(t, hooks)
	for _, size := range []int{1_000, 200_000, 2_000_000} {
		for range 10 {
			// The connection may be reset under a client that is still sending; this one looks for the answer first.
			conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
			must(t, err)
			go func() {
				_, _ = fmt.Fprintf(conn, "POST /plain HTTP/1.1\r\nHost: chat.example\r\nContent-Length: %d\r\n\r\n", size)
				_, _ = conn.Write(make([]byte, size))
			}()
			response, err := http.ReadResponse(bufio.NewReader(conn), nil)
			must(t, err)
			body, err := io.ReadAll(response.Body)
			if err != nil || string(body) != "plain" {
				t.Fatalf("%d bytes: %s %q %v", size, response.Status, body, err)
			}
			_ = conn.Close()
		}
	}
}

func TestHTTPStatusAndLength(t *testing.T) {
	_, hooks := activate(t, pages)
	s := serve(t, hooks)
	for _, c := range []struct {
		method, path string
		status       int
		length       string
		body         string
	}{
		{"GET", "/plain", 200, "5", "plain"},
		{"HEAD", "/plain", 200, "5", ""},
		{"HEAD", "/trailers", 200, "", ""},
		{"GET", "/status/200", 200, "0", ""},
		{"GET", "/status/204", 204, "", ""},
		{"GET", "/status/304", 304, "", ""},
		{"GET", "/status/418", 418, "0", ""},
		{"GET", "/status/599", 599, "0", ""},
		{"GET", "/status/103", 500, "40", "The plugin failed; see the server's log."},
	} {
		request, _ := http.NewRequest(c.method, s.URL+c.path, nil)
		response, err := http.DefaultTransport.RoundTrip(request)
		must(t, err)
		body, err := io.ReadAll(response.Body)
		must(t, err)
		length := response.Header.Get("Content-Length")
		if response.StatusCode != c.status || strings.TrimSpace(string(body)) != c.body || c.status != 500 && length != c.length {
			t.Errorf("%s %s: %s, length %q, %q", c.method, c.path, response.Status, length, body)
		}
	}
}

// leave sends half a request, waits until the plugin has begun with it, and goes away.
func leave(t *testing.T, url, path, begun string) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	must(t, err)
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: chat.example\r\nContent-Length: 1000\r\n\r\nhalf", path)
	must(t, err)
	eventually(t, "it has begun: "+begun, 10*time.Second, func() bool { return text(t, url+"/noted") == begun })
	must(t, conn.Close())
}

func TestHTTPClientThatLeavesBeforeTheAnswer(t *testing.T) {
	for _, c := range []struct{ path, ends string }{
		{"/blocking", "some broke"},
		{"/awaited", "some broke"},
		{"/poll", "some cancelled"},
		{"/app/reads", "some http.disconnect"},
	} {
		t.Run(c.path, func(t *testing.T) {
			_, hooks := activate(t, pages)
			s := serve(t, hooks)
			leave(t, s.URL, c.path, "some")
			eventually(t, c.ends, 10*time.Second, func() bool { return text(t, s.URL+"/noted") == c.ends })
		})
	}
}

func TestHTTPClientThatLeavesDuringTheAnswer(t *testing.T) {
	_, hooks := activate(t, pages)
	s := serve(t, hooks)
	noted := ""
	for _, path := range []string{"/async", "/app/pours", "/app/ticks", "/app/quiet"} {
		response, err := http.Get(s.URL + path)
		must(t, err)
		_, err = bufio.NewReader(response.Body).ReadByte()
		must(t, err)
		must(t, response.Body.Close())
		noted = strings.TrimSpace(noted + " " + path[strings.LastIndex(path, "/")+1:])
		eventually(t, noted, 10*time.Second, func() bool { return text(t, s.URL+"/noted") == noted })
	}
}

func TestHTTPRequestOfAnotherPluginMayHaveTheLengthOfYetAnother(t *testing.T) {
	_, hooks := activate(t, pages)
	for from, status := range map[string]int{"": 400, "another": 200} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("POST", "/blocking", strings.NewReader("short"))
		r.Header.Set("Content-Length", "1000")
		r.Header.Set("Mattermost-Plugin-ID", from)
		hooks.ServeHTTP(&plugin.Context{}, w, r)
		if w.Code != status {
			t.Errorf("from %q: %d", from, w.Code)
		}
	}
}
