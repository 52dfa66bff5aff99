package bench

import (
	"encoding/json"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
)

// lap is a piece of work done once: how many of it, and how long it and each took.
type lap struct {
	ops  int
	took time.Duration
	each []time.Duration

	allocs uint64
	busy   int64   // ticks that this process and its children (PostgreSQL) took
	others float64 // share of the processors that the rest of the machine took, in percent
}

func (l lap) rate() float64 { return float64(l.ops) / l.took.Seconds() }

func (l lap) p(q float64) float64 { return quantile(l.each, q) }

// side is something that is measured: the house, or a floor.
type side struct {
	name string
	run  func() lap
}

// beside runs the house and its floors in turn, once an iteration, and reports
// medians over the iterations: rates, the house's latencies, and how many times
// slower than each floor the house is. Every second iteration goes the other way
// round. The median needs three or more: -benchtime=5x. A lap during which the
// rest of the machine was busy is done again, for as long as patience lasts.
func beside(b *testing.B, unit string, house func() lap, floors ...side) {
	sides := append([]side{{"", house}}, floors...)
	laps := map[string][]lap{}
	left := patience
	for b.Loop() {
		for _, s := range sides {
			l := counted(s.run)
			for l.others > quiet && left > 0 {
				left -= l.took
				l = counted(s.run)
			}
			laps[s.name] = append(laps[s.name], l)
		}
		slices.Reverse(sides)
	}
	b.ReportMetric(0, "ns/op")
	ours := report(b, unit+"/s", laps[""], lap.rate)
	for _, f := range floors {
		theirs := report(b, f.name+"-"+unit+"/s", laps[f.name], lap.rate)
		record(b, f.name+"-p50-ms", laps[f.name], func(l lap) float64 { return l.p(0.5) })
		b.ReportMetric(theirs/ours, "x-"+f.name)
	}
	report(b, "allocs/each", laps[""], func(l lap) float64 { return float64(l.allocs) / float64(l.ops) })
	report(b, "cpu-us/each", laps[""], func(l lap) float64 { return float64(l.busy) * 1e6 / ticks / float64(l.ops) })
	report(b, "p50-ms", laps[""], func(l lap) float64 { return l.p(0.5) })
	report(b, "p99-ms", laps[""], func(l lap) float64 { return l.p(0.99) })
	report(b, "others-%", laps[""], func(l lap) float64 { return l.others })
}

// quiet is how many percent of the processors others may take in a lap, and
// patience how long a benchmark goes on repeating laps in which they took more.
const (
	quiet    = 20
	patience = 15 * time.Second
)

// report gives the median of something over the laps to the benchmark's own line,
// and all values to the record.
func report(b *testing.B, name string, laps []lap, of func(lap) float64) float64 {
	b.Helper()
	record(b, name, laps, of)
	m := middle(laps, of)
	b.ReportMetric(m, name)
	return m
}

// record appends the values of all laps to the file that BENCH_RECORD names, from
// which the table takes least, median and most.
func record(b *testing.B, name string, laps []lap, of func(lap) float64) {
	b.Helper()
	path := os.Getenv("BENCH_RECORD")
	if path == "" {
		return
	}
	var values []float64
	for _, l := range laps {
		values = append(values, of(l))
	}
	line, err := json.Marshal(map[string]any{"bench": b.Name(), "metric": name, "values": values})
	if err != nil {
		b.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if _, err := f.Write(append(line, '\n')); err != nil {
		b.Fatal(err)
	}
}

// counted adds what was allocated meanwhile, the client's part included, and how
// busy the rest of the machine was.
func counted(run func() lap) lap {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	since, own := watchOthers(), ownTicks()
	l := run()
	l.busy = ownTicks() - own
	l.others = since()
	runtime.ReadMemStats(&after)
	l.allocs = after.Mallocs - before.Mallocs
	return l
}

func middle(laps []lap, of func(lap) float64) float64 {
	var all []float64
	for _, l := range laps {
		all = append(all, of(l))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// quantile is in milliseconds.
func quantile(each []time.Duration, q float64) float64 {
	if len(each) == 0 {
		return 0
	}
	slices.Sort(each)
	return each[min(len(each)-1, int(q*float64(len(each))))].Seconds() * 1e3
}

// crowd does total pieces of work by n at once and times each.
func crowd(n, total int, work func(who, i int)) lap {
	each := make([][]time.Duration, n)
	var wg sync.WaitGroup
	start := time.Now()
	for who := range n {
		wg.Go(func() {
			for i := range total / n {
				at := time.Now()
				work(who, i)
				each[who] = append(each[who], time.Since(at))
			}
		})
	}
	wg.Wait()
	return lap{ops: total / n * n, took: time.Since(start), each: slices.Concat(each...)}
}

// once does one large piece of work that counts as ops.
func once(ops int, work func()) lap {
	start := time.Now()
	work()
	took := time.Since(start)
	return lap{ops: ops, took: took, each: []time.Duration{took}}
}
