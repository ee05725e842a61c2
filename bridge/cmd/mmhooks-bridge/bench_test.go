package main

import (
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

// native's twin in Python; see testdata/goplugin.
const twin = `
from mmhooks import Response, hookimpl

CHUNK = b"x" * (64 << 10)

@hookimpl
def message_will_be_posted(post, api):
    if post.message == "who":
        return post.evolve(message=api.get_user(post.user_id).username)
    return post.evolve(message=post.message.upper())

@hookimpl
def serve_http(request):
    return Response(body=b"small" if request.url != "/download" else (CHUNK for _ in range(1024)))
`

const (
	perRound = 200
	inFlight = 64
	userID   = "abcdefghijklmnopqrstuvwxyz"
)

// contestants are the same plugin in Go and in Python, loaded by the same loader.
type contestants struct {
	names []string
	hooks []plugin.Hooks
}

func load(b *testing.B) contestants {
	goPlugin := filepath.Join(b.TempDir(), "goplugin")
	if out, err := exec.Command("go", "build", "-o", goPlugin, "./testdata/goplugin").CombinedOutput(); err != nil {
		b.Fatal(err, string(out))
	}
	w, python := activate(b, twin)
	native := activateExecutable(b, w, "org.example.native", goPlugin)
	return contestants{[]string{"go", "python"}, []plugin.Hooks{native, python}}
}

// Each benchmark takes turns between the two in every iteration: -benchtime 20x is 20 rounds. bench/bridge.py reads the
// metrics that it reports.

func BenchmarkHook(b *testing.B) {
	latency(b, func(b *testing.B, hooks plugin.Hooks) {
		shout(b, hooks, "A message of ordinary length, as people write.")
	})
}

func BenchmarkHookThatCallsTheAPI(b *testing.B) {
	latency(b, func(b *testing.B, hooks plugin.Hooks) { shout(b, hooks, "who") })
}

func BenchmarkSmallGet(b *testing.B) {
	latency(b, func(b *testing.B, hooks plugin.Hooks) {
		if size := download(hooks, "/small"); size != len("small") {
			b.Fatal(size)
		}
	})
}

func BenchmarkHooksAtOnce(b *testing.B) {
	rate(b, "calls/s", func(b *testing.B, hooks plugin.Hooks) float64 {
		const calls = 2000
		var group sync.WaitGroup
		for range inFlight {
			group.Go(func() {
				for range calls / inFlight {
					shout(b, hooks, "A message of ordinary length, as people write.")
				}
			})
		}
		group.Wait()
		return calls
	})
}

func BenchmarkDownload(b *testing.B) {
	rate(b, "MB/s", func(b *testing.B, hooks plugin.Hooks) float64 {
		if size := download(hooks, "/download"); size != 64<<20 {
			b.Fatal(size)
		}
		return 64 * 1.048576
	})
}

func latency(b *testing.B, call func(*testing.B, plugin.Hooks)) {
	c := load(b)
	times := make([][]time.Duration, len(c.hooks))
	for i := range perRound * (b.N + 1) {
		for k, hooks := range c.hooks {
			start := time.Now()
			call(b, hooks)
			if i >= perRound { // the first round warms up
				times[k] = append(times[k], time.Since(start))
			}
		}
	}
	for k, name := range c.names {
		slices.Sort(times[k])
		b.ReportMetric(micros(times[k][len(times[k])/2]), name+"-p50-us")
		b.ReportMetric(micros(times[k][len(times[k])*99/100]), name+"-p99-us")
	}
}

func rate(b *testing.B, unit string, batch func(*testing.B, plugin.Hooks) float64) {
	c := load(b)
	found := make([][]float64, len(c.hooks))
	for round := range b.N + 1 {
		for k, hooks := range c.hooks {
			start := time.Now()
			amount := batch(b, hooks)
			if round > 0 {
				found[k] = append(found[k], amount/time.Since(start).Seconds())
			}
		}
	}
	for k, name := range c.names {
		slices.Sort(found[k])
		b.ReportMetric(found[k][len(found[k])/2], name+"-"+unit)
	}
}

func shout(b *testing.B, hooks plugin.Hooks, message string) {
	post := &model.Post{
		Id: userID, UserId: userID, ChannelId: userID, CreateAt: 1700000000000, Message: message,
		Props: model.StringInterface{"from_bot": "true"},
	}
	want := strings.ToUpper(message)
	if message == "who" {
		want = "name-of-" + userID
	}
	if answer, reason := hooks.MessageWillBePosted(&plugin.Context{}, post); answer == nil || answer.Message != want {
		b.Error(answer, reason)
	}
}

// counter is a response that nobody keeps.
type counter struct {
	header http.Header
	size   int
}

func (c *counter) Header() http.Header { return c.header }
func (c *counter) WriteHeader(int)     {}
func (c *counter) Flush()              {}

func (c *counter) Write(data []byte) (int, error) {
	c.size += len(data)
	return len(data), nil
}

func download(hooks plugin.Hooks, path string) int {
	w := &counter{header: http.Header{}}
	hooks.ServeHTTP(&plugin.Context{}, w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.size
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
