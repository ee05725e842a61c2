package hooks

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"github.com/mattermost/mattermost/server/public/plugin"

	"mmhooks.dev/bridge/internal/chunk"
	"mmhooks.dev/bridge/internal/convert"
	"mmhooks.dev/bridge/internal/pb"
)

// FileWillBeUploaded streams the content in, as far as Python reads it, and its replacement out, if there is one.
// The deadline starts again with every piece: files have no bound.
func (h *calls) FileWillBeUploaded(
	c *plugin.Context, info *model.FileInfo, file io.Reader, output io.Writer,
) (*model.FileInfo, string) {
	const hook = "FileWillBeUploaded"
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	limit := h.deadlines.Of(hook)
	idle := time.AfterFunc(limit, func() { cancel(errors.New("no answer within " + limit.String())) })
	defer idle.Stop()

	f := &convert.Failure{}
	first := &pb.FileWillBeUploadedRequest{
		Context: convert.PluginContextToPB(c, f),
		Info:    convert.FileInfoToPB(info, f),
	}
	if f.Err() != nil {
		return nil, h.reason(hook, h.failed(hook, f.Err()))
	}
	stream, err := begin(h, ctx, hook, pb.PluginHooksClient.FileWillBeUploaded)
	if err == nil {
		err = stream.Send(first)
	}
	if err != nil {
		return nil, h.reason(hook, err)
	}
	go func() {
		err := chunk.Copy(file, func(part []byte) error {
			idle.Reset(limit)
			return stream.Send(&pb.FileWillBeUploadedRequest{File: part})
		})
		if err == nil {
			_ = stream.CloseSend()
		} else if !errors.Is(err, io.EOF) { // EOF: Python has answered without reading on
			cancel(err)
		}
	}()

	wrote := false
	changed, reason, err := uploaded(stream.Recv, f, func(part []byte) error {
		idle.Reset(limit)
		wrote = true
		_, err := output.Write(part)
		return err
	})
	if err == nil {
		return changed, reason
	}
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	_ = h.failed(hook, err)
	if wrote { // what was written replaces the file, and it is not whole
		return nil, unavailable
	}
	return nil, h.reason(hook, err)
}

func uploaded(
	recv func() (*pb.FileWillBeUploadedResponse, error), f *convert.Failure, write func([]byte) error,
) (*model.FileInfo, string, error) {
	head, err := recv()
	if err != nil {
		return nil, "", err
	}
	changed := convert.FileInfoFromPB(head.Result, f)
	if f.Err() != nil {
		return nil, "", f.Err()
	}
	for m := head; ; {
		if len(m.Output) > 0 {
			if err := write(m.Output); err != nil {
				return nil, "", err
			}
		}
		if m, err = recv(); errors.Is(err, io.EOF) {
			return changed, head.RejectionReason, nil
		} else if err != nil {
			return nil, "", err
		}
	}
}
