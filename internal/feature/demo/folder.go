package demo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// mark is the file that says that a data folder is a demo's.
const mark = "this-is-a-demo"

// Mark makes a data folder a demo's.
func Mark(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, mark), []byte("meantime demo --fresh may delete this folder\n"), 0o600)
}

// Marked says whether a data folder is a demo's.
func Marked(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, mark))
	return err == nil
}

// Forget removes a demo's data, and refuses to remove anything else.
func Forget(dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if !Marked(dir) {
		return fmt.Errorf("%s was not made by a demo; nothing was removed. Choose another folder with --data", dir)
	}
	return os.RemoveAll(dir)
}
