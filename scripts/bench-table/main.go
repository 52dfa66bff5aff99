// Command bench-table makes the table of docs/benchmarks.md out of a run's
// figures: what was aimed at, the floor in the same run, what was measured, and
// by how much an aim is met or missed.
//
//	bench-table -text new.txt -record record.jsonl -note "…" [-measured] [-into docs/benchmarks.md]
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

const (
	begin = "<!-- the table: written by make bench -->"
	end   = "<!-- the table ends -->"
)

func main() {
	text := flag.String("text", "", "what the benchmarks printed")
	kept := flag.String("record", "", "the values of each lap")
	note := flag.String("note", "", "a line on how it was measured")
	into := flag.String("into", "", "the page to write it into; printed when empty")
	measured := flag.Bool("measured", false, "leave out what was not measured")
	flag.Parse()
	if err := run(*text, *kept, *note, *into, *measured); err != nil {
		fmt.Fprintln(os.Stderr, "bench-table:", err)
		os.Exit(1)
	}
}

func run(text, kept, note, into string, measured bool) error {
	got, err := read(text, kept)
	if err != nil {
		return err
	}
	table := note + "\n\n" + write(aims, got, measured)
	if into == "" {
		fmt.Print(table)
		return nil
	}
	page, err := os.ReadFile(into)
	if err != nil {
		return err
	}
	out, err := place(string(page), table)
	if err != nil {
		return fmt.Errorf("%s: %w", into, err)
	}
	return os.WriteFile(into, []byte(out), 0o600)
}

// place puts the table between its two marks and leaves the rest of the page alone.
func place(page, table string) (string, error) {
	before, rest, ok := strings.Cut(page, begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return "", fmt.Errorf("there is no %q and %q around the table", begin, end)
	}
	return before + begin + "\n" + table + end + after, nil
}
