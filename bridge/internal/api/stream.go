package api

import (
	"bytes"
	"errors"
	"io"

	"mmhooks.dev/bridge/internal/chunk"
)

// whole collects content that the server wants in one piece.
func whole[M any](first []byte, recv func() (M, error), part func(M) []byte) ([]byte, error) {
	var buf bytes.Buffer
	_, err := io.Copy(&buf, newReader(first, recv, part))
	return buf.Bytes(), err
}

func newReader[M any](first []byte, recv func() (M, error), part func(M) []byte) io.Reader {
	return chunk.NewReader(first, func() ([]byte, error) {
		m, err := recv()
		if err != nil {
			return nil, err
		}
		return part(m), nil
	})
}

// sendContent sends the plain fields first, then the content.
func sendContent[M any](send func(M) error, head M, content []byte, message func([]byte) M) error {
	if err := send(head); err != nil {
		return err
	}
	return ignoreEOF(chunk.Copy(bytes.NewReader(content), func(part []byte) error {
		return send(message(part))
	}))
}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
