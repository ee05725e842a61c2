package api

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"mmhooks.dev/bridge/internal/pb"
)

// version is a server's, as numbers; nil if it is not known.
type version []int

func parseVersion(text string) version {
	var v version
	for part := range strings.SplitSeq(text, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return v
		}
		v = append(v, n)
	}
	return v
}

// olderThan is false for what is not known.
func (v version) olderThan(other version) bool {
	for i, n := range other {
		switch {
		case len(v) == 0:
			return false
		case i >= len(v):
			return n > 0
		case v[i] != n:
			return v[i] < n
		}
	}
	return false
}

func (v version) String() string {
	parts := make([]string, len(v))
	for i, n := range v {
		parts[i] = strconv.Itoa(n)
	}
	return strings.Join(parts, ".")
}

// tooOldError says that the server does not have a method yet.
type tooOldError struct {
	method string
	needed string
	is     version
}

func (e *tooOldError) Error() string {
	return fmt.Sprintf("%s needs Mattermost %s; this server is %s", e.method, e.needed, e.is)
}

// GRPCStatus is for methods whose answer has no place for a refusal.
func (e *tooOldError) GRPCStatus() *status.Status {
	return status.New(codes.Unimplemented, e.Error())
}

// refused is nil for errors that are none of the application's.
func refused(err error) *pb.AppError {
	var old *tooOldError
	if !errors.As(err, &old) {
		return nil
	}
	return &pb.AppError{
		Id:         "mmhooks.server_too_old",
		Message:    old.Error(),
		Where:      old.method,
		StatusCode: http.StatusNotImplemented,
	}
}
