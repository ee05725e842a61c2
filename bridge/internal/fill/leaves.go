package fill

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// Message sets every field of a message, bytes to a JSON document, and ends where messages hold themselves.
func Message(m protoreflect.Message, document func(name string, n int) string) {
	f := &messageFiller{document: document}
	f.message(m, 0)
}

type messageFiller struct {
	n        int
	document func(string, int) string
}

func (f *messageFiller) message(m protoreflect.Message, level int) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		switch {
		case field.Message() != nil && level >= depth:
		case field.IsMap():
			entries := m.Mutable(field).Map()
			value := entries.NewValue()
			if field.MapValue().Message() != nil {
				f.message(value.Message(), level+1)
			} else {
				value = f.scalar(field.MapValue())
			}
			entries.Set(f.scalar(field.MapKey()).MapKey(), value)
		case field.IsList():
			list := m.Mutable(field).List()
			if field.Message() != nil {
				f.message(list.AppendMutable().Message(), level+1)
			} else {
				list.Append(f.scalar(field))
			}
		case field.Message() != nil:
			f.message(m.Mutable(field).Message(), level+1)
		default:
			m.Set(field, f.scalar(field))
		}
	}
}

func (f *messageFiller) scalar(field protoreflect.FieldDescriptor) protoreflect.Value {
	f.n++
	switch field.Kind() {
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(true)
	case protoreflect.Int64Kind:
		return protoreflect.ValueOfInt64(int64(1000 + f.n))
	case protoreflect.Int32Kind:
		return protoreflect.ValueOfInt32(int32(1000 + f.n))
	case protoreflect.Uint32Kind:
		return protoreflect.ValueOfUint32(uint32(1000 + f.n))
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(float64(f.n) + 0.5)
	case protoreflect.FloatKind:
		return protoreflect.ValueOfFloat32(float32(f.n) + 0.5)
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte(f.document(string(field.Name()), f.n)))
	}
	return protoreflect.ValueOfString(fmt.Sprint("text", f.n))
}

// MessageLeaves are all values in a message, as text, sorted; in JSON documents those that stand there.
func MessageLeaves(m protoreflect.Message) []string {
	var out []string
	var walk func(protoreflect.FieldDescriptor, protoreflect.Value)
	message := func(m protoreflect.Message) {
		m.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
			walk(field, value)
			return true
		})
	}
	walk = func(field protoreflect.FieldDescriptor, value protoreflect.Value) {
		switch v := value.Interface().(type) {
		case protoreflect.Map:
			v.Range(func(key protoreflect.MapKey, value protoreflect.Value) bool {
				out = append(out, key.String())
				walk(field.MapValue(), value)
				return true
			})
		case protoreflect.List:
			for i := range v.Len() {
				walk(nil, v.Get(i))
			}
		case protoreflect.Message:
			message(v)
		case []byte:
			out = append(out, documentLeaves(v)...)
		case bool:
		default:
			out = append(out, fmt.Sprint(v))
		}
	}
	message(m)
	slices.Sort(out)
	return out
}

func documentLeaves(data []byte) []string {
	if len(data) == 0 {
		return nil
	}
	var document any
	if json.Unmarshal(data, &document) != nil {
		return []string{fmt.Sprintf("%x", data)}
	}
	return Leaves(reflect.ValueOf(&document).Elem(), nil)
}

// Leaves are all values in Go values, as text, sorted; without truth values, and without what is of the types left out.
func Leaves(v reflect.Value, out []reflect.Type) []string {
	found := leaves(v, out)
	slices.Sort(found)
	return found
}

func leaves(v reflect.Value, skip []reflect.Type) []string {
	if !v.IsValid() || slices.Contains(skip, v.Type()) {
		return nil
	}
	if t, ok := v.Interface().(time.Time); ok {
		return []string{fmt.Sprint(t.UnixMilli())}
	}
	var found []string
	switch v.Kind() {
	case reflect.Bool, reflect.Func:
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			found = leaves(v.Elem(), skip)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return documentLeaves(v.Bytes())
		}
		for i := range v.Len() {
			found = append(found, leaves(v.Index(i), skip)...)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if v.Type().Elem().Kind() != reflect.Interface { // keys of documents are no values
				found = append(found, fmt.Sprint(key))
			}
			found = append(found, leaves(v.MapIndex(key), skip)...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				found = append(found, leaves(v.Field(i), skip)...)
			}
		}
	default:
		if !v.IsZero() {
			found = append(found, fmt.Sprint(v))
		}
	}
	return found
}
