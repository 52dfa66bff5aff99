package bench

import (
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
}

func (l lap) rate() float64 { return float64(l.ops) / l.took.Seconds() }

// side is something that is measured: the house, or a floor.
type side struct {
	name string
	run  func() lap
}

// beside runs the house and its floors in turn, once an iteration, and reports
// medians over the iterations: rates, the house's latencies, and how many times
// slower than each floor the house is. Every second iteration goes the other way
// round. The median needs three or more: -benchtime=3x.
func beside(b *testing.B, unit string, house func() lap, floors ...side) {
	sides := append([]side{{"", house}}, floors...)
	laps := map[string][]lap{}
	for b.Loop() {
		for _, s := range sides {
			laps[s.name] = append(laps[s.name], counted(s.run))
		}
		slices.Reverse(sides)
	}
	b.ReportMetric(0, "ns/op")
	ours := middle(laps[""], lap.rate)
	b.ReportMetric(ours, unit+"/s")
	for _, f := range floors {
		theirs := middle(laps[f.name], lap.rate)
		b.ReportMetric(theirs, f.name+"-"+unit+"/s")
		b.ReportMetric(theirs/ours, "x-"+f.name)
	}
	b.ReportMetric(middle(laps[""], func(l lap) float64 { return float64(l.allocs) / float64(l.ops) }), "allocs/each")
	for name, q := range map[string]float64{"p50-ms": 0.5, "p99-ms": 0.99} {
		b.ReportMetric(middle(laps[""], func(l lap) float64 { return quantile(l.each, q) }), name)
	}
}

// counted adds what was allocated meanwhile, the client's part included.
func counted(run func() lap) lap {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	l := run()
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
