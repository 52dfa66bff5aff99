// Command test-summary turns what the test runners report into one closing line:
// "N passed, N failed, N skipped" over all suites.
//
//	go test -json ./... | test-summary watch      prints progress and what failed
//	test-summary total go:0:FILE vitest:1:FILE …  adds up; exit code 1 when anything failed
//
// A suite is given to total as kind:exit:file: its kind (checks, go, vitest or
// playwright; checks are lines of "pass NAME" and "fail NAME"), the exit code of its runner and the JSON that the runner wrote. A runner that
// failed without naming a test, or left no readable report, counts as one failure.
package main

import (
	"fmt"
	"os"
	"strings"
)

// counts is the outcome of a suite, in tests.
type counts struct{ passed, failed, skipped int }

func (c counts) plus(d counts) counts {
	return counts{c.passed + d.passed, c.failed + d.failed, c.skipped + d.skipped}
}

func (c counts) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", c.passed, c.failed, c.skipped)
}

// readers knows the report of each kind of runner.
var readers = map[string]func([]byte) (counts, error){
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
	if len(os.Args) < 3 || os.Args[1] != "total" {
		fmt.Fprintln(os.Stderr, "Use: go test -json ./... | test-summary watch, or test-summary total KIND:EXIT:FILE …")
		os.Exit(2)
	}
	sum := counts{}
	for _, suite := range os.Args[2:] {
		sum = sum.plus(count(suite))
	}
	fmt.Println(sum)
	if sum.failed > 0 {
		os.Exit(1)
	}
}

// readChecks reads the list of static checks: "pass NAME" or "fail NAME" a line.
func readChecks(report []byte) (counts, error) {
	var c counts
	for _, text := range strings.Split(strings.TrimSpace(string(report)), "\n") {
		end, name, _ := strings.Cut(text, " ")
		if end != "pass" {
			fmt.Printf("  check failed: %s\n", name)
			c.failed++
			continue
		}
		c.passed++
	}
	return c, nil
}

// count reads one suite and says its part in a line of its own.
func count(suite string) counts {
	parts := strings.SplitN(suite, ":", 3)
	if len(parts) != 3 || readers[parts[0]] == nil {
		fmt.Printf("%s: not a suite; write KIND:EXIT:FILE with a kind of checks, go, vitest or playwright\n", suite)
		return counts{failed: 1}
	}
	kind, exit, file := parts[0], parts[1], parts[2]
	report, err := os.ReadFile(file)
	var c counts
	if err == nil {
		c, err = readers[kind](report)
	}
	switch {
	case err != nil:
		fmt.Printf("  %s left no readable report (%v); see its output above\n", kind, err)
		return counts{failed: 1}
	case exit != "0" && c.failed == 0:
		fmt.Printf("  %s: %d passed, but it ended with exit code %s; see its output above\n", kind, c.passed, exit)
		c.failed = 1
		return c
	case c == counts{}:
		fmt.Printf("  %s ran no test\n", kind)
		return counts{failed: 1}
	}
	fmt.Printf("  %s: %d ok, %d not ok, %d left out\n", kind, c.passed, c.failed, c.skipped)
	return c
}
