package main

import (
	"bytes"
	"crypto/rand"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

const content = `
import threading
from mmhooks import hookimpl, reject
from mmhooks.api.file import UploadedFile
from mmhooks.api.http import Response

closed = []
may_go = threading.Event()

@hookimpl
def serve_http(request):
    if request.url.startswith("/echo"):
        body = b"".join(request.body)
        headers = [("X-Method", request.method), ("X-Given", dict(request.headers)["X-Mine"]), ("X-Two", "a"), ("X-Two", "b")]
        return Response(status=201, body=body, headers=headers)
    if request.url == "/slow":
        def parts():
            yield b"first"
            if may_go.wait(20):
                yield b"second"
        return Response(status=200, body=parts())
    if request.url == "/late":
        def late():
            if may_go.wait(20):
                yield b"late"
        return Response(status=202, body=late())
    if request.url == "/go":
        may_go.set()
        return Response(status=204)
    if request.url == "/endless":
        def endless():
            try:
                while True:
                    yield b"x" * 65536
            finally:
                closed.append(True)
        return Response(status=200, body=endless())
    if request.url == "/broken":
        def broken():
            yield b"first"
            raise ValueError("broken")
        return Response(status=200, body=broken())
    if request.url == "/closed":
        return Response(status=200, body=str(len(closed)))

@hookimpl
def file_will_be_uploaded(info, file):
    if info.name == "bad.exe":
        return reject("no programs")
    if info.name == "shout.txt":
        return UploadedFile(info=info.evolve(name="SHOUT.txt"), content=file.read().upper())
`

func serve(t *testing.T, hooks plugin.Hooks) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hooks.ServeHTTP(&plugin.Context{}, w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func TestHTTPEcho(t *testing.T) {
	_, hooks := activate(t, content)
	s := serve(t, hooks)
	for _, size := range []int{0, 1, 200_000, 5_000_000} {
		sent := make([]byte, size)
		_, _ = rand.Read(sent)
		request, _ := http.NewRequest("PUT", s.URL+"/echo?q=1", bytes.NewReader(sent))
		request.Header.Set("X-Mine", "yes")
		response, err := http.DefaultClient.Do(request)
		must(t, err)
		got, err := io.ReadAll(response.Body)
		must(t, err)
		_ = response.Body.Close()
		if response.StatusCode != 201 || !bytes.Equal(got, sent) {
			t.Errorf("%d bytes: %s, %d bytes back", size, response.Status, len(got))
		}
		h := response.Header
		if h.Get("X-Method") != "PUT" || h.Get("X-Given") != "yes" || strings.Join(h["X-Two"], ",") != "a,b" {
			t.Error(h)
		}
	}
	response, err := http.Get(s.URL + "/nothing")
	must(t, err)
	_ = response.Body.Close()
	if response.StatusCode != 404 {
		t.Error(response.Status)
	}
}

func TestHTTPIsFlushedAsItComes(t *testing.T) {
	_, hooks := activate(t, content)
	s := serve(t, hooks)
	late, err := http.Get(s.URL + "/late") // its body has not begun
	must(t, err)
	slow, err := http.Get(s.URL + "/slow")
	must(t, err)
	part := make([]byte, 5)
	_, err = io.ReadFull(slow.Body, part)
	must(t, err)
	text(t, s.URL+"/go")
	for response, want := range map[*http.Response]string{late: "late", slow: "second"} {
		rest, err := io.ReadAll(response.Body)
		must(t, err)
		if string(part) != "first" || string(rest) != want {
			t.Errorf("%q %q", part, rest)
		}
	}
}

func TestHTTPClientThatLeavesEndsTheResponse(t *testing.T) {
	_, hooks := activate(t, content)
	s := serve(t, hooks)
	response, err := http.Get(s.URL + "/endless")
	must(t, err)
	_, err = io.ReadFull(response.Body, make([]byte, 1_000_000))
	must(t, err)
	_ = response.Body.Close()
	eventually(t, "the generator is closed", 10*time.Second, func() bool {
		response, err := http.Get(s.URL + "/closed")
		must(t, err)
		defer response.Body.Close()
		text, _ := io.ReadAll(response.Body)
		return string(text) == "1"
	})
}

func TestHTTPResponseCutShortIsNotTakenForAWholeOne(t *testing.T) {
	_, hooks := activate(t, content)
	response, err := http.Get(serve(t, hooks).URL + "/broken")
	must(t, err)
	defer response.Body.Close()
	if text, err := io.ReadAll(response.Body); err == nil {
		t.Errorf("%q looks whole", text)
	}
}

func TestFileWillBeUploaded(t *testing.T) {
	_, hooks := activate(t, content)
	long := strings.Repeat("0123456789abcdef", 100_000)
	for _, c := range []struct{ name, content, becomes, written, reason string }{
		{"bad.exe", "x", "bad.exe", "", "no programs"},
		{"fine.txt", "x", "fine.txt", "", ""},
		{"shout.txt", "quiet", "SHOUT.txt", "QUIET", ""},
		{"shout.txt", long, "SHOUT.txt", strings.ToUpper(long), ""},
		{"fine.txt", long, "fine.txt", "", ""},
	} {
		var out bytes.Buffer
		info, reason := hooks.FileWillBeUploaded(
			&plugin.Context{}, &model.FileInfo{Id: "f1", Name: c.name}, strings.NewReader(c.content), &out)
		if info.Name != c.becomes || info.Id != "f1" || reason != c.reason || out.String() != c.written {
			t.Errorf("%s: got %+v, %q, %d bytes", c.name, info, reason, out.Len())
		}
	}
}
