package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const (
	manifestName = "plugin.json"
	levels       = 4 // executables stand in folders of the bundle, such as server/dist
)

// bundle is the unpacked plugin that the executable is part of.
type bundle struct {
	dir       string
	deadlines map[string]float64
	version   string // the Python that it needs
	workers   int
}

func findBundle() (*bundle, error) {
	executable, err := os.Executable()
	if err != nil {
		return nil, err
	}
	dir := filepath.Dir(executable)
	for range levels {
		data, err := os.ReadFile(filepath.Join(dir, manifestName))
		if err == nil {
			return readBundle(dir, data)
		}
		if !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		dir = filepath.Dir(dir)
	}
	return nil, fmt.Errorf("there is no %s above %s: the bridge runs only as part of a bundle", manifestName, executable)
}

func readBundle(dir string, data []byte) (*bundle, error) {
	var manifest struct {
		Server struct {
			Python struct {
				Deadlines     map[string]float64 `json:"deadlines"`
				PythonVersion string             `json:"python_version"`
				Workers       int                `json:"workers"`
			} `json:"python"`
		} `json:"server"`
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, manifestName), err)
	}
	python := manifest.Server.Python
	return &bundle{dir, python.Deadlines, python.PythonVersion, max(python.Workers, 1)}, nil
}

// command starts the Python side with MMHOOKS_PYTHON, the bundle's own Python, or the first on the PATH.
func (b *bundle) command() []string {
	python := os.Getenv("MMHOOKS_PYTHON")
	if python == "" {
		python = filepath.Join(b.dir, "python", "bin", "python3")
		if !exists(python) {
			python = "python3"
		}
	}
	return []string{python, "-m", "mmhooks.runtime", "--manifest", filepath.Join(b.dir, manifestName)}
}

// environment adds where the bundle's packages are.
func (b *bundle) environment(settings map[string]string) map[string]string {
	packages := filepath.Join(b.dir, "python", "site-packages")
	if exists(packages) {
		settings["PYTHONPATH"] = packages
	}
	return settings
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
