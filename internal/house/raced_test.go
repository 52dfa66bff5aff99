package house

import (
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// asksForTheRace says whether a test is left out, or smaller, with the race detector on.
func asksForTheRace(fn *ast.FuncDecl) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			x, isName := s.X.(*ast.Ident)
			found = found || isName && x.Name == "testkit" && (s.Sel.Name == "Raced" || s.Sel.Name == "NotRaced")
		}
		return !found
	})
	return found
}

var runsAlone = regexp.MustCompile(`go_tests -run '([^']+)' (.*)`)

// whatIsNotRacedIsRun holds that the script with which everything is run has a line without the
// race detector for each test that the detector is too slow for.
func whatIsNotRacedIsRun(script string) rule {
	return func(files []file) (wrong []string) {
		for _, f := range files {
			if !f.test() {
				continue
			}
			for _, d := range f.ast.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || !strings.HasPrefix(fn.Name.Name, "Test") || !asksForTheRace(fn) {
					continue
				}
				if !runAlone(script, f.dir(), fn.Name.Name) {
					wrong = append(wrong, fmt.Sprintf("%s: %s does less with the race detector, and scripts/test never runs it without; add it to one of the lines there", f.at(fn), fn.Name.Name))
				}
			}
		}
		return wrong
	}
}

func runAlone(script, dir, test string) bool {
	for _, line := range runsAlone.FindAllStringSubmatch(script, -1) {
		if fits, err := regexp.MatchString(line[1], test); err == nil && fits && strings.Contains(line[2]+" ", "./"+dir+" ") {
			return true
		}
	}
	return false
}

func TestWhatIsNotRacedIsRun(t *testing.T) {
	script, err := os.ReadFile(filepath.Join(root(t), "scripts", "test"))
	if err != nil {
		t.Fatal(err)
	}
	check(t, whatIsNotRacedIsRun(string(script)))
}

func TestWhatIsNotRacedIsNoticed(t *testing.T) {
	const body = `package a; func TestLong(t *testing.T) { testkit.NotRaced(t) }; func TestShort(t *testing.T) {}`
	files := written(t, map[string]string{"internal/a/a_test.go": body})
	expect(t, whatIsNotRacedIsRun("go_tests -run 'TestLo' ./internal/b ./internal/a\n")(files), false)
	expect(t, whatIsNotRacedIsRun("go_tests -run 'TestLo' ./internal/ab\n")(files), true)
	expect(t, whatIsNotRacedIsRun("go_tests -run 'TestSh' ./internal/a\n")(files), true)
	expect(t, whatIsNotRacedIsRun("go_tests -race ./internal/a\n")(files), true)
}
