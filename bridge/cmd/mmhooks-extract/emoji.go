package main

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

const (
	modelPath  = publicModule + "/model"
	emojiTable = "SystemEmojis"
)

var (
	tones     = []string{"light", "medium_light", "medium", "medium_dark", "dark"}
	tonedName = regexp.MustCompile(`^(.+?)((?:_(?:light|medium_light|medium|medium_dark|dark)_skin_tone)+)$`)
)

// emojis lists the names of the server's own emoji. What follows a slash says which skin tones there are beside the
// plain one: 1 each tone, 2 each pair of different ones, 3 each tone twice.
func emojis(plugin *packages.Package) ([]string, error) {
	model := plugin.Imports[modelPath]
	if model == nil {
		return nil, fmt.Errorf("%s does not import %s", pluginPath, modelPath)
	}
	names, err := mapKeys(model, emojiTable)
	if err != nil {
		return nil, err
	}
	return shortened(names)
}

// mapKeys reads the keys of a package's map with constant strings as keys.
func mapKeys(in *packages.Package, name string) ([]string, error) {
	for _, file := range in.Syntax {
		object := file.Scope.Lookup(name)
		if object == nil {
			continue
		}
		spec, ok := object.Decl.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			break
		}
		literal, ok := spec.Values[0].(*ast.CompositeLit)
		if !ok {
			break
		}
		var keys []string
		for _, element := range literal.Elts {
			pair, ok := element.(*ast.KeyValueExpr)
			if !ok {
				return nil, fmt.Errorf("%s: an element without a key", name)
			}
			text, ok := pair.Key.(*ast.BasicLit)
			if !ok {
				return nil, fmt.Errorf("%s: a key that is no literal", name)
			}
			key, err := strconv.Unquote(text.Value)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			keys = append(keys, key)
		}
		return keys, nil
	}
	return nil, fmt.Errorf("no map %s in %s", name, in.PkgPath)
}

func shortened(names []string) ([]string, error) {
	plain, toned := map[string]bool{}, map[string]map[string]bool{}
	for _, name := range names {
		match := tonedName.FindStringSubmatch(name)
		if match == nil {
			plain[name] = true
			continue
		}
		if toned[match[1]] == nil {
			toned[match[1]] = map[string]bool{}
		}
		toned[match[1]][match[2]] = true
	}
	var entries []string
	for name := range plain {
		marks, err := toneMarks(name, toned[name])
		if err != nil {
			return nil, err
		}
		entries = append(entries, name+marks)
		delete(toned, name)
	}
	for name := range toned {
		return nil, fmt.Errorf("emoji %s has skin tones, but is not there without one", name)
	}
	slices.Sort(entries)
	return entries, nil
}

func toneMarks(name string, variants map[string]bool) (string, error) {
	if strings.Contains(name, "/") {
		return "", fmt.Errorf("emoji %s has a slash in its name", name)
	}
	if len(variants) == 0 {
		return "", nil
	}
	marks, found := "/", 0
	for mark, suffixes := range toneSuffixes() {
		present := 0
		for _, suffix := range suffixes {
			if variants[suffix] {
				present++
			}
		}
		if present == len(suffixes) {
			marks += strconv.Itoa(mark + 1)
			found += present
		}
	}
	if found != len(variants) {
		return "", fmt.Errorf("emoji %s has some skin tones, and not others: this is not understood", name)
	}
	return marks, nil
}

// toneSuffixes lists what follows a name for each mark.
func toneSuffixes() [3][]string {
	var suffixes [3][]string
	for _, first := range tones {
		one := "_" + first + "_skin_tone"
		suffixes[0] = append(suffixes[0], one)
		suffixes[2] = append(suffixes[2], one+one)
		for _, second := range tones {
			if second != first {
				suffixes[1] = append(suffixes[1], one+"_"+second+"_skin_tone")
			}
		}
	}
	return suffixes
}
