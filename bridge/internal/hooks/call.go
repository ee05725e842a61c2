package hooks

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"mmhooks.dev/bridge/internal/convert"
	"mmhooks.dev/bridge/internal/frames"
	"mmhooks.dev/bridge/internal/pb"
	"mmhooks.dev/bridge/internal/supervisor"
)

// errAbsent says that nobody implements a hook: for the server that is as if there were no plugin.
var errAbsent = errors.New("not implemented")

// unavailable is the reason of a rejection that no hookimpl gave.
const unavailable = "The plugin that has to check this is not available. Please try again."

// gates are hooks whose error would stop a user. They fail open unless a hookimpl asked for the contrary.
var gates = map[string]bool{"OnSAMLLogin": true, "ConfigurationWillBeSaved": true}

// calls has a generated method for each hook.
type calls struct {
	servants  Servants
	log       Log
	deadlines Deadlines
	origins   *origins
}

type method[Req, Resp any] func(pb.PluginHooksClient, context.Context, *Req, ...grpc.CallOption) (*Resp, error)

// unary makes one call. It fails with errAbsent, or with an error that has been logged.
func unary[Req, Resp any](
	h *calls, hook string, req *Req, f *convert.Failure, rpc method[Req, Resp],
) (*Resp, error) {
	if err := f.Err(); err != nil {
		return nil, h.failed(hook, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), h.deadlines.Of(hook))
	defer cancel()
	for {
		servant, err := h.servant(ctx, hook)
		if err != nil {
			return nil, err
		}
		resp, err := rpc(servant.Client(hook), ctx, req)
		servant.Done()
		if err == nil {
			return resp, nil
		}
		if !nothingWasSent(err) {
			return nil, h.failed(hook, err)
		}
		select { // it has just died: its successor may be in time
		case <-servant.Gone():
		case <-ctx.Done():
			return nil, h.failed(hook, err)
		}
	}
}

// nothingWasSent tells whether a call failed before any byte of it left: only then may it be made again.
func nothingWasSent(err error) bool {
	s, ok := status.FromError(err)
	return frames.NotSent(err) || ok && s.Code() == codes.Unavailable && strings.Contains(s.Message(), "while dialing")
}

// servant waits for a Python side that implements the hook. Its Done is to be called after the call.
func (h *calls) servant(ctx context.Context, hook string) (*supervisor.Servant, error) {
	servant, err := h.servants.Get(ctx)
	if err != nil {
		return nil, h.failed(hook, err)
	}
	if !servant.Implements(hook) {
		return nil, errAbsent
	}
	servant.Begin()
	return servant, nil
}

func (h *calls) failed(hook string, err error) error {
	if s, ok := status.FromError(err); ok {
		switch s.Code() {
		case codes.DeadlineExceeded:
			err = fmt.Errorf("no answer within %s", h.deadlines.Of(hook).Round(time.Millisecond))
		case codes.Unavailable, codes.Canceled:
			err = errors.New("the Python side ended during the call")
		default:
			err = errors.New(s.Message())
		}
	}
	h.log.Error("hook failed; the server goes on without it", "hook_name", hook, "error", err.Error())
	return err
}

// readable tells whether an answer was converted.
func (h *calls) readable(hook string, f *convert.Failure) error {
	if err := f.Err(); err != nil {
		return h.failed(hook, fmt.Errorf("the answer: %w", err))
	}
	return nil
}

// fault is the error that a failed hook answers, if it should stop anything.
func (h *calls) fault(hook string, err error) error {
	if errors.Is(err, errAbsent) || gates[hook] && !h.servants.Rejects(hook) {
		return nil
	}
	return err
}

func (h *calls) appFault(hook string, err error) *model.AppError {
	if err := h.fault(hook, err); err != nil {
		return &model.AppError{
			Id:         "mmhooks." + hook + ".failed",
			Message:    err.Error(),
			Where:      hook,
			StatusCode: http.StatusInternalServerError,
		}
	}
	return nil
}

// reason is what a failed hook rejects with: nothing, unless a hookimpl wants to fail closed.
func (h *calls) reason(hook string, err error) string {
	if errors.Is(err, errAbsent) || !h.servants.Rejects(hook) {
		return ""
	}
	return unavailable
}

// unchanged is for hooks whose answer without a post is a rejection.
func (h *calls) unchanged(hook string, post *model.Post, err error) *model.Post {
	if h.reason(hook, err) != "" {
		return nil
	}
	return post
}
