package main

import (
	"bufio"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// figures are the values of each lap (or run), by benchmark and metric.
type figures map[string]map[string][]float64

func (f figures) add(bench, metric string, values ...float64) {
	if f[bench] == nil {
		f[bench] = map[string][]float64{}
	}
	f[bench][metric] = append(f[bench][metric], values...)
}

// find gives the values of a metric of the last benchmark, by name, that fits.
func (f figures) find(bench *regexp.Regexp, metric string) []float64 {
	var names []string
	for name := range f {
		if bench.MatchString(name) && len(f[name][metric]) > 0 {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	values := slices.Clone(f[names[len(names)-1]][metric])
	slices.Sort(values)
	return values
}

var cores = regexp.MustCompile(`-\d+$`)

// read takes the values of laps where they were recorded, and for everything else
// what the benchmarks printed.
func read(text, kept string) (figures, error) {
	got := figures{}
	if err := each(kept, func(line string) error {
		var r struct {
			Bench, Metric string
			Values        []float64
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			return err
		}
		got.add(strings.TrimPrefix(r.Bench, "Benchmark"), r.Metric, r.Values...)
		return nil
	}); err != nil {
		return nil, err
	}
	recorded := map[string]bool{}
	for bench, metrics := range got {
		for m := range metrics {
			recorded[bench+" "+m] = true
		}
	}
	return got, each(text, func(line string) error {
		f := strings.Fields(line)
		if len(f) < 4 || !strings.HasPrefix(f[0], "Benchmark") {
			return nil
		}
		bench := cores.ReplaceAllString(strings.TrimPrefix(f[0], "Benchmark"), "")
		for i := 2; i+1 < len(f); i += 2 {
			if v, err := strconv.ParseFloat(f[i], 64); err == nil && !recorded[bench+" "+f[i+1]] {
				got.add(bench, f[i+1], v)
			}
		}
		return nil
	})
}

// each reads a file line by line; one that is not there has none.
func each(path string, take func(string) error) error {
	f, err := os.Open(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		if err := take(s.Text()); err != nil {
			return err
		}
	}
	return s.Err()
}
