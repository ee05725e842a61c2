package main

import (
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"
)

const upper = `
from mmhooks import hookimpl

@hookimpl
def message_will_be_posted(post):
    return post.evolve(message=post.message.upper())
`

// BenchmarkMessageWillBePosted changes one post in a Go plugin and in a Python one, through the same loader and in turns.
func BenchmarkMessageWillBePosted(b *testing.B) {
	goPlugin := filepath.Join(b.TempDir(), "goplugin")
	if out, err := exec.Command("go", "build", "-o", goPlugin, "./testdata/goplugin").CombinedOutput(); err != nil {
		b.Fatal(err, string(out))
	}
	w, python := activate(b, upper)
	native := activateExecutable(b, w, "org.example.native", goPlugin)
	for _, c := range []struct {
		name  string
		hooks plugin.Hooks
	}{{"go", native}, {"python", python}, {"go again", native}, {"python again", python}} {
		for _, flight := range []int{1, 64} {
			b.Run(c.name+"/"+map[int]string{1: "alone", 64: "64 in flight"}[flight], func(b *testing.B) {
				measure(b, c.hooks, flight)
			})
		}
	}
}

func measure(b *testing.B, hooks plugin.Hooks, flight int) {
	post := &model.Post{
		Id: "abcdefghijklmnopqrstuvwxyz", UserId: "abcdefghijklmnopqrstuvwxyz", ChannelId: "abcdefghijklmnopqrstuvwxyz",
		CreateAt: 1700000000000, Message: "A message of ordinary length, such as people write.",
		Props: model.StringInterface{"from_bot": "true"},
	}
	times := make([]time.Duration, b.N)
	var group sync.WaitGroup
	b.ResetTimer()
	for worker := range flight {
		group.Go(func() {
			for i := worker; i < b.N; i += flight {
				own := post.Clone()
				own.Props = model.StringInterface{"from_bot": "true"} // the answer is decoded onto it
				start := time.Now()
				if answer, _ := hooks.MessageWillBePosted(&plugin.Context{}, own); answer.Message[0] != 'A' {
					b.Error(answer.Message)
				}
				times[i] = time.Since(start)
			}
		})
	}
	group.Wait()
	b.StopTimer()
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Nanoseconds())/1000, "p50-us")
	b.ReportMetric(float64(times[len(times)*99/100].Nanoseconds())/1000, "p99-us")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}
