package house

import (
	"fmt"
	"sort"
	"testing"
)

// packagesSayWhatTheyAreFor wants a package comment in each folder, once.
func packagesSayWhatTheyAreFor(files []file) []string {
	told := map[string]int{}
	for _, f := range files {
		if f.test() {
			continue
		}
		if _, seen := told[f.dir()]; !seen {
			told[f.dir()] = 0
		}
		if f.ast.Doc != nil {
			told[f.dir()]++
		}
	}
	var wrong []string
	for dir, times := range told {
		switch {
		case times == 0:
			wrong = append(wrong, fmt.Sprintf("%s: begin one file with “// Package … ”, a sentence that tells a new colleague what it is for", dir))
		case times > 1:
			wrong = append(wrong, fmt.Sprintf("%s has a package comment in %d files: keep the one in the file named after the package", dir, times))
		}
	}
	sort.Strings(wrong)
	return wrong
}

func TestPackagesSayWhatTheyAreFor(t *testing.T) { check(t, packagesSayWhatTheyAreFor) }

func TestPackageCommentsAreNoticed(t *testing.T) {
	const said, silent = "// Package p is for this.\npackage p\n", "package p\n"
	cases := []struct {
		name    string
		sources map[string]string
		wrong   bool
	}{
		{"said once", map[string]string{"internal/core/asks/asks.go": said, "internal/core/asks/store.go": silent}, false},
		{"never said", map[string]string{"internal/core/asks/asks.go": silent}, true},
		{"said twice", map[string]string{"internal/core/asks/asks.go": said, "internal/core/asks/store.go": said}, true},
		{"tests need not say it", map[string]string{"internal/core/asks/asks_test.go": silent}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			expect(t, packagesSayWhatTheyAreFor(written(t, c.sources)), c.wrong)
		})
	}
}
