package main

import (
	"slices"
	"testing"
)

func TestSkinTonesAreShortened(t *testing.T) {
	suffixes := toneSuffixes()
	names := []string{"smile", "wave", "couple", "pair"}
	for mark, bases := range [][]string{{"wave", "couple"}, {"couple", "pair"}, {"pair"}} {
		for _, base := range bases {
			for _, suffix := range suffixes[mark] {
				names = append(names, base+suffix)
			}
		}
	}
	entries, err := shortened(names)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"couple/12", "pair/23", "smile", "wave/1"}; !slices.Equal(entries, want) {
		t.Errorf("got %v, want %v", entries, want)
	}
}

func TestSkinTonesThatAreNotUnderstood(t *testing.T) {
	for _, names := range [][]string{
		{"wave", "wave_dark_skin_tone"},
		{"wave_dark_skin_tone"},
		{"a/b"},
	} {
		if entries, err := shortened(names); err == nil {
			t.Errorf("%v gave %v", names, entries)
		}
	}
}
