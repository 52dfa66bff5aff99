package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheTableSaysWhatIsMissedAndByHowMuch(t *testing.T) {
	dir := t.TempDir()
	kept, text := filepath.Join(dir, "record"), filepath.Join(dir, "text")
	put := func(path, s string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(kept, `{"bench":"BenchmarkPost/clients=1/sqlite","metric":"posts/s","values":[500,700,600]}
{"bench":"BenchmarkPost/clients=1/sqlite","metric":"log-posts/s","values":[2000,2400,1800]}
`)
	put(text, `goos: linux
BenchmarkPost/clients=1/sqlite-2   3   650 posts/s   4 p99-ms
BenchmarkStart/empty-2             5   31.5 p50-ms
`)
	got, err := read(text, kept)
	if err != nil {
		t.Fatal(err)
	}
	table := write([]aim{
		{work: "post", in: `Post/.*`, metric: "posts/s", aim: 1200, unit: "/s", floor: "log-posts/s"},
		{work: "p99", in: `Post/.*`, metric: "p99-ms", most: true, aim: 5, unit: " ms"},
		{work: "start", in: `Start/empty`, metric: "p50-ms", most: true, aim: 30, unit: " ms"},
		{work: "nobody", in: `Nothing`, metric: "p50-ms"},
	}, got, false)
	want := header +
		"| post | ≥ 1,200/s | 2,000/s | **600**/s (500–700) | 3.33 × | missed 2 × |\n" +
		"| p99 | ≤ 5 ms | – | **4** ms | – | met |\n" +
		"| start | ≤ 30 ms | – | **31.5** ms | – | missed 1.05 × |\n" +
		"| nobody | – | – | not measured | – |  |\n"
	if table != want {
		t.Errorf("got\n%swant\n%s", table, want)
	}
}

func TestThePageAroundTheTableStays(t *testing.T) {
	page := "before\n" + begin + "\nold\n" + end + "\nafter\n"
	out, err := place(page, "new\n")
	if want := strings.Replace(page, "old", "new", 1); err != nil || out != want {
		t.Errorf("got %q, %v; want %q", out, err, want)
	}
	if _, err := place("a page without a place", "new"); err == nil {
		t.Error("a page without marks was written")
	}
}
