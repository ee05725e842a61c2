package main

import (
	"encoding/json"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// readerOf type-checks one source file as if it were the server's plugin package.
func readerOf(t *testing.T, source string, cases special) *reader {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "plugin.go", "package plugin\n"+source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.Default()}
	pkg, err := config.Check(pluginPath, files, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return newReader(&packages.Package{
		Types:     pkg,
		TypesInfo: info,
		Syntax:    []*ast.File{file},
		Module:    &packages.Module{Version: "v0.0.0"},
	}, cases)
}

const small = `
type Embedded struct {
	Kept string ` + "`json:\"kept_name,omitempty\"`" + `
}
type Thing struct {
	Embedded
	Id       string ` + "`json:\"id\"`" + `
	Plain    int64
	Hidden   string ` + "`json:\"-\"`" + `
	private  bool
	Children map[string][]*Thing
	Kind     Kind
}
type Kind string
const KindA Kind = "a"
const OnThingID = 7
type Hooks interface {
	// OnThing fires.
	//
	// Minimum server version: 5.2
	OnThing(thing *Thing) (*Thing, string)
	Implemented() ([]string, error)
}
type API interface {
	// LogIt logs.
	//
	// @tag Logging
	// Minimum server version: 10.11.3
	LogIt(msg string, keyValuePairs ...any)
}
`

func TestContractOfASmallInterface(t *testing.T) {
	contract, err := readerOf(t, small, special{}).contract()
	if err != nil {
		t.Fatal(err)
	}
	seven := int64(7)
	wantHooks := []Method{{
		Name: "OnThing", ID: &seven, MinServerVersion: "5.2",
		Params:  []Param{{Name: "thing", Type: "*plugin.Thing"}},
		Results: []Param{{Type: "*plugin.Thing"}, {Type: "string"}},
	}}
	if !reflect.DeepEqual(contract.Hooks, wantHooks) {
		t.Errorf("hooks: got %+v", contract.Hooks)
	}
	wantAPI := []Method{{
		Name: "LogIt", Group: "Logging", MinServerVersion: "10.11.3",
		Params:  []Param{{Name: "msg", Type: "string"}, {Name: "keyValuePairs", Type: "[]any", Variadic: true}},
		Results: []Param{},
	}}
	if !reflect.DeepEqual(contract.API, wantAPI) {
		t.Errorf("API: got %+v", contract.API)
	}
	wantFields := []Field{
		{Name: "Kept", Type: "string", JSON: "kept_name", OmitEmpty: true, Via: "Embedded"},
		{Name: "Id", Type: "string", JSON: "id"},
		{Name: "Plain", Type: "int64", JSON: "Plain"},
		{Name: "Hidden", Type: "string"},
		{Name: "Children", Type: "map[string][]*plugin.Thing", JSON: "Children"},
		{Name: "Kind", Type: "plugin.Kind", JSON: "Kind"},
	}
	if got := contract.Structs["plugin.Thing"].Fields; !reflect.DeepEqual(got, wantFields) {
		t.Errorf("fields: got %+v", got)
	}
	wantKind := Named{Underlying: "string", Constants: map[string]string{"KindA": "a"}}
	if got := contract.Named["plugin.Kind"]; !reflect.DeepEqual(got, wantKind) {
		t.Errorf("named: got %+v", got)
	}
}

func TestWhatIsNotUnderstoodIsNamed(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"a function", "Plain    int64", "Plain func()", "plugin.Thing.Plain: type func()"},
		{"a channel", "Plain    int64", "Plain chan int", "plugin.Thing.Plain: type chan int"},
		{"an interface", "Plain    int64", "Plain interface{ Do() }", "plugin.Thing.Plain: type interface"},
		{"no version", "// Minimum server version: 5.2", "//", "Hooks.OnThing: no minimum server version"},
		{"no hook id", "const OnThingID = 7", "", "hook OnThing: no constant OnThingID"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := readerOf(t, strings.Replace(small, test.old, test.new, 1), special{}).contract()
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestSpecialCasesBoundTheWalk(t *testing.T) {
	source := strings.Replace(small, "Plain    int64", "Plain func()", 1)
	cases := special{LeaveOut: map[string]any{"plugin.Thing.Plain": nil}}
	if _, err := readerOf(t, source, cases).contract(); err != nil {
		t.Errorf("a left-out field: %v", err)
	}
	contract, err := readerOf(t, source, special{Opaque: map[string]any{"plugin.Thing": nil}}).contract()
	if err != nil {
		t.Errorf("an opaque type: %v", err)
	} else if len(contract.Structs) != 0 {
		t.Errorf("an opaque type was walked: %v", contract.Structs)
	}
}

func TestTheCommittedContractIsWhatTheServersInterfacesSay(t *testing.T) {
	out := filepath.Join(t.TempDir(), "contract.json")
	if err := run("../../../proto/special.toml", out); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(out)
	want, err := os.ReadFile("../../../proto/contract.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Error("proto/contract.json is stale: run 'make gen'")
	}
	var contract Contract
	if err := json.Unmarshal(got, &contract); err != nil {
		t.Fatal(err)
	}
	for _, method := range append(contract.Hooks, contract.API...) {
		if method.MinServerVersion == "" {
			t.Errorf("%s has no minimum server version", method.Name)
		}
	}
}
