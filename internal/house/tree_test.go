package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

const module = "example.org/meantime"

// file is one parsed Go file; path is relative to the module, with slashes.
type file struct {
	path string
	ast  *ast.File
	fset *token.FileSet
}

func (f file) dir() string  { return path.Dir(f.path) }
func (f file) name() string { return path.Base(f.path) }
func (f file) test() bool   { return strings.HasSuffix(f.path, "_test.go") }

// at gives "path:line" for a node, the form editors jump to.
func (f file) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", f.path, f.fset.Position(n.Pos()).Line)
}

// imports lists the imported paths with the node of each, for its line.
func (f file) imports() map[string]ast.Node {
	found := map[string]ast.Node{}
	for _, spec := range f.ast.Imports {
		found[strings.Trim(spec.Path.Value, `"`)] = spec
	}
	return found
}

// rule looks at a tree and returns one sentence for each thing out of place.
type rule func([]file) []string

// check runs a rule over the real tree.
func check(t *testing.T, r rule) {
	t.Helper()
	for _, sentence := range r(tree(t)) {
		t.Error(sentence)
	}
}

// root is the folder of go.mod, found upwards from the test's own folder.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = filepath.Dir(dir)
	}
}

// tree parses every Go file of the module: not of nested modules, not of
// folders that tools fill.
func tree(t *testing.T) []file {
	t.Helper()
	top := root(t)
	fset := token.NewFileSet()
	var files []file
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return descend(top, p, d.Name())
		}
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(fset, p, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, p)
		files = append(files, file{path: filepath.ToSlash(rel), ast: parsed, fset: fset})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// descend returns fs.SkipDir for the folders that hold no source of ours.
func descend(top, p, name string) error {
	if p == top {
		return nil
	}
	switch {
	case name == "node_modules", name == "testdata", name == "dist", name == "bin", strings.HasPrefix(name, "."):
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(p, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

// written makes a small tree out of sources by path, to test the rules themselves.
func written(t *testing.T, sources map[string]string) []file {
	t.Helper()
	fset := token.NewFileSet()
	var files []file
	for p, source := range sources {
		parsed, err := parser.ParseFile(fset, p, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file{path: p, ast: parsed, fset: fset})
	}
	return files
}
