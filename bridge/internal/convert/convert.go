// Package convert turns the server's structs into messages and back. The functions per struct are generated.
package convert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// Failure keeps the first thing that could not be converted. Only dynamic values can fail: they travel as JSON.
type Failure struct {
	err error
}

// Err is nil if everything was converted.
func (f *Failure) Err() error {
	return f.err
}

func (f *Failure) note(where string, err error) {
	if f.err == nil {
		f.err = fmt.Errorf("%s: %w", where, err)
	}
}

// ToJSON is nil for whatever JSON calls null.
func ToJSON[T any](value T, f *Failure, where string) []byte {
	data, err := json.Marshal(value)
	if err != nil {
		f.note(where, err)
		return nil
	}
	if string(data) == "null" {
		return nil
	}
	return data
}

// FromJSON is the zero value for no data.
func FromJSON[T any](data []byte, f *Failure, where string) T {
	var value T
	if len(data) == 0 {
		return value
	}
	if err := json.Unmarshal(data, &value); err != nil {
		f.note(where, err)
	}
	return value
}

// MapSlice converts element by element; an empty slice becomes nil.
func MapSlice[From, To any](values []From, convert func(From) To) []To {
	if len(values) == 0 {
		return nil
	}
	out := make([]To, len(values))
	for i, value := range values {
		out[i] = convert(value)
	}
	return out
}

// MapMap converts value by value; nil stays nil.
func MapMap[Key comparable, From, To any](values map[Key]From, convert func(From) To) map[Key]To {
	if values == nil {
		return nil
	}
	out := make(map[Key]To, len(values))
	for key, value := range values {
		out[key] = convert(value)
	}
	return out
}

// MapPointer converts what is pointed to; nil stays nil.
func MapPointer[From, To any](value *From, convert func(From) To) *To {
	if value == nil {
		return nil
	}
	out := convert(*value)
	return &out
}

// Value is what is pointed to, or the zero value.
func Value[T any](pointer *T) T {
	if pointer == nil {
		var zero T
		return zero
	}
	return *pointer
}

// BytesOf is nil for no pointer and never nil for one.
func BytesOf(value *[]byte) []byte {
	if value == nil {
		return nil
	}
	if *value == nil {
		return []byte{}
	}
	return *value
}

// PointerTo is the way back: absent bytes are no pointer.
func PointerTo(value []byte) *[]byte {
	if value == nil {
		return nil
	}
	return &value
}

// Millis counts from the epoch; the zero time is 0.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// FromMillis is the way back.
func FromMillis(millis int64) time.Time {
	if millis == 0 {
		return time.Time{}
	}
	return time.UnixMilli(millis).UTC()
}

// AutocompleteArgData gives an argument's data the type that the server asserts on.
func AutocompleteArgData(kind model.AutocompleteArgType, data []byte, f *Failure) any {
	if len(data) == 0 {
		return nil
	}
	var value any
	switch kind {
	case model.AutocompleteArgTypeText:
		value = &model.AutocompleteTextArg{}
	case model.AutocompleteArgTypeStaticList:
		value = &model.AutocompleteStaticListArg{}
	case model.AutocompleteArgTypeDynamicList:
		value = &model.AutocompleteDynamicListArg{}
	default:
		return FromJSON[any](data, f, "AutocompleteArg.data")
	}
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(value); err != nil {
		f.note("AutocompleteArg.data", err)
	}
	return value
}
