package supervisor

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-hclog"
)

// Target is where log records end: the part of plugin.API that logs.
type Target interface {
	LogDebug(msg string, keyValuePairs ...any)
	LogInfo(msg string, keyValuePairs ...any)
	LogWarn(msg string, keyValuePairs ...any)
	LogError(msg string, keyValuePairs ...any)
}

// What waits for the server, which may be slower than those who log.
const (
	queueRecords = 1000
	queueBytes   = 4 << 20
	countEvery   = 10 * time.Second
)

type record struct {
	level hclog.Level
	msg   string
	args  []any
}

func (r record) size() int {
	size := len(r.msg)
	for _, arg := range r.args {
		if text, ok := arg.(string); ok {
			size += len(text)
		}
	}
	return size
}

// Log passes records on to the server, beside those who log: they never wait for it. What comes faster than it can be
// passed on is left out and counted.
type Log struct {
	// Copy gets every record too, and at once; it may be nil.
	Copy Target

	mu      sync.Mutex
	target  Target
	queue   []record
	bytes   int
	leftOut int
	counted time.Time // when the server was last told of those
	sending bool
}

// SetTarget passes on what has been waiting.
func (l *Log) SetTarget(target Target) {
	l.mu.Lock()
	l.target = target
	l.start()
	l.mu.Unlock()
}

// Error logs something of the bridge's own.
func (l *Log) Error(msg string, args ...any) {
	l.accept(record{hclog.Error, msg, args}, 2)
}

// Warn logs something of the bridge's own.
func (l *Log) Warn(msg string, args ...any) {
	l.accept(record{hclog.Warn, msg, args}, 2)
}

// Accept takes what go-plugin read on the process's standard error, and what go-plugin itself has to say.
func (l *Log) Accept(name string, level hclog.Level, msg string, args ...any) {
	if (name == "" || name == "stdio") && level < hclog.Warn {
		return // go-plugin's own chatter
	}
	l.accept(record{level, msg, fields(args)}, 1)
}

// accept leaves room for the bridge's own words when the plugin floods the log: they may fill the queue twice as far.
func (l *Log) accept(r record, share int) {
	if l.Copy != nil {
		send(l.Copy, r)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	size := r.size()
	if len(l.queue) >= share*queueRecords || l.bytes+size > share*queueBytes {
		l.leftOut++
		return
	}
	l.queue = append(l.queue, r)
	l.bytes += size
	l.start()
}

func (l *Log) start() {
	if l.target != nil && !l.sending && len(l.queue) > 0 {
		l.sending = true
		go l.forward()
	}
}

// forward ends when nothing is left.
func (l *Log) forward() {
	for {
		target, records := l.take()
		if len(records) == 0 {
			return
		}
		for _, r := range records {
			send(target, r)
		}
	}
}

func (l *Log) take() (Target, []record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	records := l.queue
	if l.leftOut > 0 && (len(records) == 0 || time.Since(l.counted) > countEvery) {
		msg := "records of the log were left out: they came faster than the server takes them"
		records = append(records, record{hclog.Warn, msg, []any{"number", l.leftOut}})
		l.leftOut, l.counted = 0, time.Now()
	}
	l.queue, l.bytes = nil, 0
	l.sending = len(records) > 0
	return l.target, records
}

func send(target Target, r record) {
	switch {
	case r.level >= hclog.Error:
		target.LogError(r.msg, r.args...)
	case r.level == hclog.Warn:
		target.LogWarn(r.msg, r.args...)
	case r.level == hclog.Info:
		target.LogInfo(r.msg, r.args...)
	default:
		target.LogDebug(r.msg, r.args...)
	}
}

// fields drops the time, which the server adds, names the logger, and orders the rest.
func fields(args []any) []any {
	type pair struct {
		key   string
		value any
	}
	var pairs []pair
	for i := 0; i+1 < len(args); i += 2 {
		key, _ := args[i].(string)
		switch key {
		case "timestamp":
			continue
		case "@module":
			key = "logger"
		}
		pairs = append(pairs, pair{key, args[i+1]})
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return strings.Compare(a.key, b.key) })
	out := make([]any, 0, 2*len(pairs))
	for _, p := range pairs {
		out = append(out, p.key, p.value)
	}
	return out
}

// process is where go-plugin writes about one process.
type process struct {
	*Log
	// expected mutes what go-plugin itself has to say of an end that we bring about or report ourselves.
	expected atomic.Bool
}

func (p *process) Accept(name string, level hclog.Level, msg string, args ...any) {
	if name == "" && p.expected.Load() {
		return
	}
	p.Log.Accept(name, level, msg, args...)
}

func (p *process) hclog() hclog.Logger {
	logger := hclog.NewInterceptLogger(&hclog.LoggerOptions{Level: hclog.Debug, Output: io.Discard})
	logger.RegisterSink(p)
	return logger
}

const (
	tailLines = 50
	tailLine  = 8 << 10 // bytes that are kept of a line: some have no end
)

// tail keeps the last lines that a process wrote, to tell why it did not start.
type tail struct {
	mu    sync.Mutex
	part  []byte
	lines []string
}

func (t *tail) Write(data []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.part = append(t.part, data...)
	for {
		line, rest, found := bytes.Cut(t.part, []byte("\n"))
		if !found {
			t.part = t.part[:min(len(t.part), tailLine)]
			return len(data), nil
		}
		t.lines = append(t.lines, string(line))
		t.part = rest
		if len(t.lines) > tailLines {
			t.lines = t.lines[1:]
		}
	}
}

// complaints are the errors among the lines, and what is no log record at all.
func (t *tail) complaints() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []string
	for _, line := range t.lines {
		var r struct {
			Level   string `json:"@level"`
			Message string `json:"@message"`
		}
		switch err := json.Unmarshal([]byte(line), &r); {
		case err != nil || r.Message == "":
			out = append(out, line)
		case r.Level == "error":
			out = append(out, r.Message)
		}
	}
	return strings.Join(out, "\n")
}
