package convert

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
	"google.golang.org/protobuf/proto"

	"mmhooks.dev/bridge/internal/fill"
)

// roundTrip fills a struct, sends it through bytes, and wants it back; then the same for one that is empty.
func roundTrip[T any, M any, P interface {
	*M
	proto.Message
}](to func(*T, *Failure) P, from func(P, *Failure) *T) func(*testing.T) {
	trip := func(t *testing.T, value *T) *T {
		t.Helper()
		f := &Failure{}
		data, err := proto.Marshal(to(value, f))
		if err != nil {
			t.Fatal(err)
		}
		message := P(new(M))
		if err := proto.Unmarshal(data, message); err != nil {
			t.Fatal(err)
		}
		back := from(message, f)
		if f.Err() != nil {
			t.Fatal(f.Err())
		}
		return back
	}
	return func(t *testing.T) {
		for seed := range 3 {
			value := new(T)
			fill.Value(reflect.ValueOf(value).Elem(), seed)
			if back := trip(t, value); !reflect.DeepEqual(back, value) {
				t.Errorf("went out as\n%s\ncame back as\n%s", text(value), text(back))
			}
		}
		if back := trip(t, new(T)); !equalEmpty(back, new(T)) {
			t.Errorf("empty came back as %s", text(back))
		}
		if to(nil, &Failure{}) != nil || from(nil, &Failure{}) != nil {
			t.Error("nil does not stay nil")
		}
	}
}

// equalEmpty takes an embedded pointer to an empty struct for none: callers use its fields without asking.
func equalEmpty(a, b any) bool {
	return text(a) == text(b) || reflect.DeepEqual(a, b) || text(a) == text(&model.PostSearchResults{PostList: &model.PostList{}})
}

func text(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprintf("%+v", value)
	}
	return string(data)
}

func TestEveryStructComesBack(t *testing.T) {
	for _, c := range table {
		t.Run(c.name, c.trip)
	}
}

func TestWhatJSONCannotSayIsNamed(t *testing.T) {
	f := &Failure{}
	PostToPB(&model.Post{Props: map[string]any{"f": func() {}}}, f)
	if f.Err() == nil || !strings.HasPrefix(f.Err().Error(), "Post.props: json: ") {
		t.Error(f.Err())
	}
	f = &Failure{}
	FromJSON[map[string]any]([]byte("{"), f, "Post.props")
	if f.Err() == nil || f.Err().Error() != "Post.props: unexpected end of JSON input" {
		t.Error(f.Err())
	}
}

func TestTime(t *testing.T) {
	for _, when := range []time.Time{{}, time.UnixMilli(1).UTC(), time.UnixMilli(1763886363123).UTC()} {
		if back := FromMillis(Millis(when)); !back.Equal(when) {
			t.Errorf("%v became %v", when, back)
		}
	}
}

func TestErrors(t *testing.T) {
	var none *model.AppError
	if ErrorToPB(nil) != nil || ErrorToPB(none) != nil || ErrorFromPB(nil) != nil || AppErrorFromPB(nil) != nil {
		t.Error("no error became one")
	}
	e := &model.AppError{Id: "i", Message: "m", DetailedError: "d", RequestId: "r", Where: "w", StatusCode: 404}
	if back := AppErrorFromPB(ErrorToPB(fmt.Errorf("wrapped: %w", e))); !reflect.DeepEqual(back, e) {
		t.Errorf("%+v", back)
	}
	if m := ErrorToPB(fmt.Errorf("plain")); m.Message != "plain" || m.StatusCode != 500 {
		t.Errorf("%+v", m)
	}
	m := ErrorToPB(e)
	m.StatusCode = 7
	if AppErrorFromPB(m).StatusCode != 500 {
		t.Error("the server takes no status 7")
	}
}
