package main

// Contract is what contract.json holds. Types are written in Go's own syntax, packages by their last name.
type Contract struct {
	Comment string            `json:"comment"`
	Module  string            `json:"module"`
	Version string            `json:"version"`
	Hooks   []Method          `json:"hooks"`
	API     []Method          `json:"api"`
	Structs map[string]Struct `json:"structs"`
	Named   map[string]Named  `json:"named"`
	// Emojis are the server's own; see emojis.
	Emojis []string `json:"emojis"`
}

// Method is one hook or one API method.
type Method struct {
	Name             string  `json:"name"`
	ID               *int64  `json:"id,omitempty"`
	Group            string  `json:"group,omitempty"`
	MinServerVersion string  `json:"min_server_version"`
	Deprecated       bool    `json:"deprecated,omitempty"`
	Params           []Param `json:"params"`
	Results          []Param `json:"results"`
}

// Param is one parameter or result; a result has a name only where the Go source gives it one.
type Param struct {
	Name string `json:"name,omitempty"`
	Type string `json:"type"`
	// Variadic marks the last parameter of a variadic method.
	Variadic bool `json:"variadic,omitempty"`
}

// Struct lists the exported fields, those of embedded structs among them.
type Struct struct {
	Fields []Field `json:"fields"`
}

// Field is one exported struct field.
type Field struct {
	Name string `json:"name"`
	Type string `json:"type"`
	// JSON is the server's JSON name; empty where the field never goes into JSON.
	JSON      string `json:"json"`
	OmitEmpty bool   `json:"omitempty,omitempty"`
	// Via names the embedded struct that brings the field, with a star where it is embedded as a pointer.
	Via string `json:"via,omitempty"`
}

// Named is a named type that is no struct, with the string constants of that type.
type Named struct {
	Underlying string            `json:"underlying"`
	Constants  map[string]string `json:"constants,omitempty"`
}
