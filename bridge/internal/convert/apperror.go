package convert

import (
	"errors"
	"net/http"

	"github.com/mattermost/mattermost/server/public/model"

	"mmhooks.dev/bridge/internal/pb"
)

// AppErrorToPB makes a message of the application's refusal; nil stays nil.
func AppErrorToPB(e *model.AppError) *pb.AppError {
	if e == nil {
		return nil
	}
	return &pb.AppError{
		Id:            e.Id,
		Message:       e.Message,
		DetailedError: e.DetailedError,
		Where:         e.Where,
		StatusCode:    int64(e.StatusCode),
		RequestId:     e.RequestId,
	}
}

// AppErrorFromPB always has a real status: the server makes a 500 of any other.
func AppErrorFromPB(m *pb.AppError) *model.AppError {
	if m == nil {
		return nil
	}
	status := int(m.StatusCode)
	if status < 100 || status > 999 {
		status = http.StatusInternalServerError
	}
	return &model.AppError{
		Id:            m.Id,
		Message:       m.Message,
		DetailedError: m.DetailedError,
		Where:         m.Where,
		StatusCode:    status,
		RequestId:     m.RequestId,
	}
}

// ErrorToPB keeps an AppError whole and takes the text of any other error.
func ErrorToPB(err error) *pb.AppError {
	if err == nil {
		return nil
	}
	var e *model.AppError
	if errors.As(err, &e) {
		return AppErrorToPB(e) // a nil *AppError in an error is none
	}
	return &pb.AppError{Message: err.Error(), StatusCode: http.StatusInternalServerError}
}

// ErrorFromPB is nil for no error, not an interface that holds nil.
func ErrorFromPB(m *pb.AppError) error {
	if e := AppErrorFromPB(m); e != nil {
		return e
	}
	return nil
}
