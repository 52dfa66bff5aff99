// Command test-summary turns what the test runners report into one closing line:
// "N passed, N failed, N skipped" over all suites.
//
//	go test -json ./... | test-summary watch      prints progress and what failed
//	test-summary again < JSON     names the packages that are worth another try
//	test-summary total go:0:FILE vitest:1:FILE …  adds up; exit code 1 when anything failed
//
// A suite is given to total as kind:exit:file: its kind (checks, go, vitest or
// playwright; checks are lines of "pass NAME" and "fail NAME"), the exit code of its
// runner and the JSON that the runner wrote. A runner that failed without naming a test,
// or left no readable report, counts as one failure.
package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

// counts is the outcome of a suite, in tests.
type counts struct{ passed, failed, skipped int }

// report is what a runner said of its suite: the counts, and of each failure its name and first words,
// likewise of what failed once and then passed.
type report struct {
	counts
	why, again []string
}

func (c counts) plus(d counts) counts {
	return counts{c.passed + d.passed, c.failed + d.failed, c.skipped + d.skipped}
}

func (c counts) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", c.passed, c.failed, c.skipped)
}

// mostWhy is how many failures are told again at the end, and mostWords how many bytes of each.
// More than mostAgain tests that passed only when tried again are no accident: then they fail.
const (
	mostWhy   = 12
	mostWords = 300
	mostAgain = 4
)

// brief joins the name of a failed test and the first words it said, on one line.
func brief(name, words string) string {
	words = strings.Join(strings.Fields(escapes.ReplaceAllString(words, "")), " ")
	if len(words) > mostWords {
		words = strings.ToValidUTF8(words[:mostWords], "") + "…"
	}
	return name + ": " + words
}

// escapes are the colours that runners write for a terminal.
var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

// readers knows the report of each kind of runner.
var readers = map[string]func([]byte) (report, error){
	"checks":     readChecks,
	"go":         readGo,
	"vitest":     readVitest,
	"playwright": readPlaywright,
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "watch" {
		watch(os.Stdin, os.Stdout)
		return
	}
	if len(os.Args) == 2 && os.Args[1] == "again" {
		r := newRun()
		if lines(os.Stdin, r.see) == nil {
			fmt.Println(strings.Join(r.worthAnother(), " "))
		}
		return
	}
	if len(os.Args) < 3 || os.Args[1] != "total" {
		fmt.Fprintln(os.Stderr, "Use: go test -json ./... | test-summary watch, or test-summary total KIND:EXIT:FILE …")
		os.Exit(2)
	}
	var sum report
	for _, suite := range os.Args[2:] {
		one := count(suite)
		sum.counts = sum.plus(one.counts)
		sum.why = append(sum.why, one.why...)
		sum.again = append(sum.again, one.again...)
	}
	for _, why := range sum.again {
		fmt.Println("TRIED AGAIN", why)
	}
	// Last of all, where whoever sees only the end of the output finds it.
	for i, why := range sum.why {
		if i == mostWhy {
			fmt.Printf("… and %d more, above\n", len(sum.why)-i)
			break
		}
		fmt.Println("FAILED", why)
	}
	fmt.Println(sum.counts)
	if sum.failed > 0 {
		os.Exit(1)
	}
}

// bounded turns what passed only when tried again into failures, where it is too much.
func (c report) bounded() report {
	n := len(c.again)
	if n <= mostAgain {
		return c
	}
	return report{counts: counts{c.passed - n, c.failed + n, c.skipped}, why: append(c.why, c.again...)}
}

// readChecks reads the list of static checks: "pass NAME" or "fail NAME" a line.
func readChecks(text []byte) (report, error) {
	var c report
	for _, text := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		end, name, _ := strings.Cut(text, " ")
		if end != "pass" {
			c.failed++
			c.why = append(c.why, brief("check", name))
			continue
		}
		c.passed++
	}
	return c, nil
}

// count reads one suite and says its part in a line of its own.
func count(suite string) report {
	parts := strings.SplitN(suite, ":", 3)
	if len(parts) != 3 || readers[parts[0]] == nil {
		fmt.Printf("%s: not a suite; write KIND:EXIT:FILE with a kind of checks, go, vitest or playwright\n", suite)
		return report{counts: counts{failed: 1}}
	}
	kind, exit, file := parts[0], parts[1], parts[2]
	text, err := os.ReadFile(file)
	var c report
	if err == nil {
		c, err = readers[kind](text)
	}
	switch {
	case err != nil:
		fmt.Printf("  %s left no readable report (%v); see its output above\n", kind, err)
		return report{counts: counts{failed: 1}}
	case exit != "0" && c.failed == 0:
		fmt.Printf("  %s: %d passed, but it ended with exit code %s; see its output above\n", kind, c.passed, exit)
		c.failed = 1
		return c
	case c.counts == counts{}:
		fmt.Printf("  %s ran no test\n", kind)
		return report{counts: counts{failed: 1}}
	}
	fmt.Printf("  %s: %d ok, %d not ok, %d left out\n", kind, c.passed, c.failed, c.skipped)
	return c
}
