package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"strings"
)

// line is one event of go test -json. Elapsed is in seconds.
type line struct {
	Action, Package, ImportPath, Test, Output string
	Elapsed                                   float64
}

// lines calls fn for each event; what is not JSON comes as output of no package.
func lines(r io.Reader, fn func(line)) error {
	in := bufio.NewReader(r)
	for {
		text, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(text)) > 0 {
			var l line
			if json.Unmarshal(text, &l) != nil {
				l = line{Action: "output", Output: string(text)}
			}
			fn(l)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// run collects the ends of the tests of one or several go test runs.
type run struct {
	ended    map[string]string // "package test" → pass, fail or skip
	packages map[string]string // package → pass, fail or skip
	said     map[string]string // "package test" → what it wrote with the place in its file
	again    []string          // "package test" that failed and passed later
	raced    map[string]bool   // packages in which the race detector found something
}

func newRun() *run {
	return &run{ended: map[string]string{}, packages: map[string]string{}, said: map[string]string{}, raced: map[string]bool{}}
}

func (r *run) see(l line) {
	if l.Action == "output" && strings.Contains(l.Output, ".go:") {
		r.said[l.Package+" "+l.Test] += l.Output
	}
	if strings.Contains(l.Output, "DATA RACE") {
		r.raced[l.Package] = true
	}
	if l.Action != "pass" && l.Action != "fail" && l.Action != "skip" {
		return
	}
	if l.Test == "" {
		r.packages[l.Package] = l.Action
		return
	}
	name := l.Package + " " + l.Test
	if l.Action == "pass" && r.ended[name] == "fail" {
		r.again = append(r.again, name)
	}
	r.ended[name] = l.Action
}

// worthAnother lists the packages that failed, when trying them again can tell an accident
// from a defect: not when much failed, and never what the race detector found.
func (r *run) worthAnother() []string {
	var failed []string
	for pkg, end := range r.packages {
		if end != "fail" {
			continue
		}
		if r.raced[pkg] {
			return nil
		}
		failed = append(failed, pkg)
	}
	if r.report().failed > mostAgain {
		return nil
	}
	sort.Strings(failed)
	return failed
}

// report counts the leaves: a test with subtests stands for itself only when it
// failed and none of them did. A package that failed without a failing test
// (it did not build, or panicked) is one failure.
func (r *run) report() report {
	parents, blamed := map[string]bool{}, map[string]bool{}
	for name, end := range r.ended {
		pkg, test, _ := strings.Cut(name, " ")
		for up := parent(test); up != ""; up = parent(up) {
			parents[pkg+" "+up] = true
			blamed[pkg+" "+up] = blamed[pkg+" "+up] || end == "fail"
		}
		blamed[pkg] = blamed[pkg] || end == "fail"
	}
	var c report
	for name, end := range r.ended {
		if parents[name] && (end != "fail" || blamed[name]) {
			continue
		}
		c.counts = c.plus(one(end))
		if end == "fail" {
			c.why = append(c.why, brief(name, r.said[name]))
		}
	}
	for pkg, end := range r.packages {
		if end == "fail" && !blamed[pkg] {
			c.failed++
			c.why = append(c.why, brief(pkg, r.said[pkg+" "]))
		}
	}
	sort.Strings(c.why)
	for _, name := range r.again {
		if !parents[name] {
			c.again = append(c.again, brief(name, r.said[name]))
		}
	}
	sort.Strings(c.again)
	return c
}

func parent(test string) string {
	i := strings.LastIndex(test, "/")
	if i < 0 {
		return ""
	}
	return test[:i]
}

func one(end string) counts {
	switch end {
	case "pass":
		return counts{passed: 1}
	case "fail":
		return counts{failed: 1}
	}
	return counts{skipped: 1}
}

func readGo(text []byte) (report, error) {
	r := newRun()
	if err := lines(bytes.NewReader(text), r.see); err != nil {
		return report{}, err
	}
	return r.report().bounded(), nil
}

// watch prints a line for each package as it ends, the whole output of what
// failed, and at the end why tests were left out.
func watch(in io.Reader, out io.Writer) {
	r, said, left := newRun(), map[string]*strings.Builder{}, map[string]int{}
	output := func(pkg, test string) *strings.Builder {
		key := pkg + " " + test
		if said[key] == nil {
			said[key] = &strings.Builder{}
		}
		return said[key]
	}
	err := lines(in, func(l line) {
		r.see(l)
		switch {
		case l.Action == "build-output", l.Action == "output" && l.Package == "":
			fmt.Fprint(out, l.Output)
		case l.Action == "output":
			output(l.Package, l.Test).WriteString(l.Output)
		case l.Action == "fail" && l.Test != "":
			name := l.Package + " " + l.Test
			fmt.Fprintf(out, "--- %s\n%s", name, output(l.Package, l.Test))
			if words := r.said[name]; words != "" {
				fmt.Fprintln(out, "FAILED", brief(name, words))
			}
		case l.Action == "skip" && l.Test != "":
			left[l.Package+": "+reason(output(l.Package, l.Test).String())]++
		case l.Action == "pass" && l.Test == "":
			fmt.Fprintf(out, "ok    %-60s %6.1f s\n", l.Package, l.Elapsed)
		case l.Action == "fail":
			fmt.Fprintf(out, "FAIL  %-60s %6.1f s\n%s", l.Package, l.Elapsed, output(l.Package, ""))
		}
		if l.Test != "" && (l.Action == "pass" || l.Action == "skip") {
			delete(said, l.Package+" "+l.Test)
		}
	})
	if err != nil {
		fmt.Fprintln(out, "reading the test output:", err)
	}
	leftOut(out, left)
}

// reason is the message of a skip: the text after "file.go:12: ", on one line.
func reason(output string) string {
	for _, text := range strings.Split(output, "\n") {
		if _, after, found := strings.Cut(text, ".go:"); found {
			if _, message, found := strings.Cut(after, ": "); found {
				return message
			}
		}
	}
	return "no reason given"
}

func leftOut(out io.Writer, left map[string]int) {
	reasons := make([]string, 0, len(left))
	for r := range left {
		reasons = append(reasons, r)
	}
	sort.Strings(reasons)
	for _, r := range reasons {
		fmt.Fprintf(out, "left out %d in %s\n", left[r], r)
	}
}
