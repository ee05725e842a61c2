package chunk

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"mmhooks.dev/bridge/internal/pb"
)

func TestContentIsCutAndPutTogetherAgain(t *testing.T) {
	for _, size := range []int{0, 1, Size - 1, Size, Size + 1, 3*Size + 7} {
		sent := bytes.Repeat([]byte("x"), size)
		var parts [][]byte
		err := Copy(bytes.NewReader(sent), func(part []byte) error {
			if len(part) == 0 || len(part) > Size {
				t.Errorf("a part of %d bytes", len(part))
			}
			parts = append(parts, part)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(NewReader(nil, func() ([]byte, error) {
			if len(parts) == 0 {
				return nil, io.EOF
			}
			part := parts[0]
			parts = parts[1:]
			return part, nil
		}))
		if err != nil || !bytes.Equal(got, sent) {
			t.Errorf("%d bytes: %d back, %v", size, len(got), err)
		}
	}
}

func TestErrorsOnBothSides(t *testing.T) {
	broken := errors.New("broken")
	if err := Copy(strings.NewReader("x"), func([]byte) error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	reader := NewReader([]byte("first"), func() ([]byte, error) { return nil, broken })
	if err := Copy(reader, func([]byte) error { return nil }); !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestHeaders(t *testing.T) {
	header := http.Header{"X-Two": {"b", "a"}, "Accept": {"*/*"}}
	lines := HeaderToPB(header)
	if lines[0].Name != "Accept" {
		t.Error("not in order")
	}
	lines = append(lines, &pb.HTTPHeader{Name: "x-two", Values: []string{"c"}})
	want := http.Header{"X-Two": {"b", "a", "c"}, "Accept": {"*/*"}}
	if got := HeaderFromPB(lines); !reflect.DeepEqual(got, want) {
		t.Error(got)
	}
}
