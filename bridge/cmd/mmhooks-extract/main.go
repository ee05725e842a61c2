// Command mmhooks-extract reads the server's Go interfaces and writes contract.json: facts only.
//
// It stops at the first thing it does not understand, with the name of that thing.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"github.com/BurntSushi/toml"
	"golang.org/x/tools/go/packages"
)

const (
	publicModule = "github.com/mattermost/mattermost/server/public"
	pluginPath   = publicModule + "/plugin"
)

// special is the part of special.toml that bounds the walk through the structs.
type special struct {
	Opaque   map[string]any `toml:"opaque"`
	LeaveOut map[string]any `toml:"leave_out"`
	Version  map[string]any `toml:"min_server_version"`
}

func main() {
	specialPath := flag.String("special", "../proto/special.toml", "the hand-written special cases")
	out := flag.String("out", "../proto/contract.json", "where to write the contract")
	flag.Parse()
	if err := run(*specialPath, *out); err != nil {
		fmt.Fprintln(os.Stderr, "mmhooks-extract:", err)
		os.Exit(2)
	}
}

func run(specialPath, out string) error {
	var cases special
	if _, err := toml.DecodeFile(specialPath, &cases); err != nil {
		return fmt.Errorf("%s: %w", specialPath, err)
	}
	contract, err := extract(cases)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(contract); err != nil {
		return err
	}
	return os.WriteFile(out, buf.Bytes(), 0o644)
}

func extract(cases special) (*Contract, error) {
	config := &packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedSyntax |
			packages.NeedImports | packages.NeedDeps | packages.NeedModule,
	}
	loaded, err := packages.Load(config, pluginPath)
	if err != nil {
		return nil, err
	}
	if packages.PrintErrors(loaded) > 0 {
		return nil, fmt.Errorf("%s does not load; run 'go mod download' in bridge/ first", pluginPath)
	}
	contract, err := newReader(loaded[0], cases).contract()
	if err != nil {
		return nil, err
	}
	contract.Emojis, err = emojis(loaded[0])
	return contract, err
}
