// Package chunk cuts content into the pieces that travel over a stream, and puts headers on the wire.
package chunk

import (
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"slices"

	"mmhooks.dev/bridge/internal/pb"
)

// Size is the most that one message carries.
const Size = 64 << 10

// Copy sends what it reads as it comes, in pieces of at most Size. Each piece is a slice of its own.
func Copy(from io.Reader, send func([]byte) error) error {
	for {
		part := make([]byte, Size)
		n, err := from.Read(part)
		if n > 0 {
			if err := send(part[:n]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Reader reads pieces as they arrive.
type Reader struct {
	part []byte
	next func() ([]byte, error)
}

// NewReader starts with the first message's bytes; next gives io.EOF at the end.
func NewReader(first []byte, next func() ([]byte, error)) *Reader {
	return &Reader{first, next}
}

func (r *Reader) Read(p []byte) (int, error) {
	for len(r.part) == 0 {
		part, err := r.next()
		if err != nil {
			return 0, err
		}
		r.part = part
	}
	n := copy(p, r.part)
	r.part = r.part[n:]
	return n, nil
}

// HeaderToPB keeps the values of one name together, in order.
func HeaderToPB(header http.Header) []*pb.HTTPHeader {
	out := make([]*pb.HTTPHeader, 0, len(header))
	for name, values := range header {
		out = append(out, &pb.HTTPHeader{Name: name, Values: values})
	}
	slices.SortFunc(out, func(a, b *pb.HTTPHeader) int {
		switch {
		case a.Name < b.Name:
			return -1
		case a.Name > b.Name:
			return 1
		}
		return 0
	})
	return out
}

// HeaderFromPB writes names as Go does.
func HeaderFromPB(lines []*pb.HTTPHeader) http.Header {
	header := make(http.Header, len(lines))
	for _, line := range lines {
		name := textproto.CanonicalMIMEHeaderKey(line.Name)
		header[name] = append(header[name], line.Values...)
	}
	return header
}
