// Package fill gives tests values with something in every field.
package fill

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

const depth = 4 // structs that hold themselves end here

// Value fills v with values that are different in each field, none of them zero, as JSON and gob would bring them.
func Value(v reflect.Value, seed int) {
	f := &filler{n: seed * 1000}
	f.value(v, 0)
}

type filler struct {
	n int
}

var (
	anyType     = reflect.TypeFor[any]()
	timeType    = reflect.TypeFor[time.Time]()
	rawType     = reflect.TypeFor[json.RawMessage]()
	appErrorPtr = reflect.TypeFor[*model.AppError]()
)

func (f *filler) value(v reflect.Value, level int) {
	f.n++
	switch v.Type() {
	case anyType:
		v.Set(reflect.ValueOf(map[string]any{"n": float64(f.n), "list": []any{"a", true, nil}, "text": fmt.Sprint("é", f.n)}))
		return
	case timeType:
		v.Set(reflect.ValueOf(time.UnixMilli(int64(1700000000000 + f.n)).UTC()))
		return
	case rawType:
		v.SetBytes(fmt.Appendf(nil, `{"raw":%d}`, f.n))
		return
	case appErrorPtr:
		v.Set(reflect.ValueOf(&model.AppError{Id: fmt.Sprint("id", f.n), Message: "m", StatusCode: 400 + f.n%100}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("s", f.n, "é"))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.n) + 1<<40)
	case reflect.Int32, reflect.Int16, reflect.Int8:
		v.SetInt(int64(f.n % 100))
	case reflect.Uint32, reflect.Uint64, reflect.Uint:
		v.SetUint(uint64(f.n))
	case reflect.Uint8:
		v.SetUint(uint64(f.n%255) + 1)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(f.n) + 0.5)
	case reflect.Pointer:
		if level < depth {
			v.Set(reflect.New(v.Type().Elem()))
			f.value(v.Elem(), level+1)
		}
	case reflect.Slice:
		if level < depth || v.Type().Elem().Kind() == reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			for i := range v.Len() {
				f.element(v.Index(i), level)
			}
		}
	case reflect.Map:
		if level < depth {
			v.Set(reflect.MakeMap(v.Type()))
			for range 2 {
				key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
				f.value(key, level+1)
				f.element(value, level)
				v.SetMapIndex(key, value)
			}
		}
	case reflect.Struct:
		f.fields(v, level)
	}
}

// element is never nil inside a list or map: a message has no place for that.
func (f *filler) element(v reflect.Value, level int) {
	f.value(v, level+1)
	if v.Kind() == reflect.Pointer && v.IsNil() {
		v.Set(reflect.New(v.Type().Elem()))
	}
}

func (f *filler) fields(v reflect.Value, level int) {
	if argument, ok := v.Addr().Interface().(*model.AutocompleteArg); ok {
		*argument = model.AutocompleteArg{
			Name: fmt.Sprint("n", f.n), HelpText: "h", Required: true, Type: model.AutocompleteArgTypeText,
			Data: &model.AutocompleteTextArg{Hint: fmt.Sprint("hint", f.n), Pattern: "p"},
		}
		return
	}
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() && field.Type.Kind() != reflect.Func {
			f.value(v.Field(i), level)
		}
	}
}
