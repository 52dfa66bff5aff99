package worktime

import (
	"sort"
	"time"
)

// Overlap is where at least k of the people work at once in [from, to):
// merged, in order. A k below 1 counts as 1.
func Overlap(ss []*Schedule, from, to time.Time, k int) []Range {
	lists := make([][]Range, len(ss))
	for i, s := range ss {
		lists[i] = s.Ranges(from, to)
	}
	return sweep(lists, max(k, 1))
}

// Fair is the earliest instant by which everybody has had d of working time
// since from: the latest of their Adds. With nobody it is from itself. It
// fails as Add does when it does for any of them.
func Fair(ss []*Schedule, from time.Time, d time.Duration) (time.Time, error) {
	latest := from.UTC()
	for _, s := range ss {
		at, err := s.Add(from, d)
		if err != nil {
			return time.Time{}, err
		}
		if at.After(latest) {
			latest = at
		}
	}
	return latest, nil
}

// sweep finds where at least k of the lists hold a range. Each list is merged.
func sweep(lists [][]Range, k int) (out []Range) {
	type edge struct {
		at    time.Time
		delta int
	}
	var edges []edge
	for _, list := range lists {
		for _, r := range list {
			edges = append(edges, edge{r.From, 1}, edge{r.To, -1})
		}
	}
	sort.Slice(edges, func(i, j int) bool {
		if !edges[i].at.Equal(edges[j].at) {
			return edges[i].at.Before(edges[j].at)
		}
		// Somebody starts as another stops: count the start first, so that the
		// range goes on.
		return edges[i].delta > edges[j].delta
	})
	count := 0
	for _, e := range edges {
		was := count
		count += e.delta
		if was < k && count >= k {
			out = append(out, Range{From: e.at})
		} else if was >= k && count < k {
			out[len(out)-1].To = e.at
		}
	}
	return out
}
