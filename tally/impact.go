package tally

import (
	"cmp"
	"math/bits"
)

// Quadrant is where impact and effort put an option, by their averages against
// the middle of the scale.
type Quadrant string

// The quadrants. An average in the middle counts as much impact, and as little effort.
const (
	QuickWin Quadrant = "quick_win" // much impact, little effort
	BigBet   Quadrant = "big_bet"   // much impact, much effort
	FillIn   Quadrant = "fill_in"   // little impact, little effort
	TimeSink Quadrant = "time_sink" // little impact, much effort
)

// impactEffort: each ballot gives options two numbers, impact and effort. The
// highest average impact divided by average effort comes first, compared
// exactly; options nobody rated come last and are not elected.
//
// Source: value over size, as in D. G. Reinertsen, The Principles of Product
// Development Flow (2009), chapter 7.
// Tie rule: the tie order.
func impactEffort(c *counter, ballots []Ballot) {
	r := c.rate(ballots, TwoScores)
	impact, effort := added(r.first, *c.Min), added(r.effort, *c.Min)
	middle := *c.Min + *c.Max // twice the middle of the scale
	for p := range c.order {
		f := c.figure(p)
		if effort[p] == 0 {
			continue
		}
		f.Total = round6(float64(impact[p]) / float64(effort[p]))
		f.Quadrant = quadrant(2*impact[p] >= middle*f.Spread.Ratings, 2*effort[p] > middle*f.Spread.Ratings)
	}
	groups := c.grouped(func(a, b int) int {
		switch {
		case effort[a] == 0 || effort[b] == 0:
			return cmp.Compare(effort[b], effort[a])
		default:
			return compareProducts(impact[b], effort[a], impact[a], effort[b])
		}
	})
	c.rank(groups)
	c.seat(groups, func(p int) bool { return effort[p] > 0 })
	c.close()
}

func quadrant(impact, effort bool) Quadrant {
	switch {
	case impact && effort:
		return BigBet
	case impact:
		return QuickWin
	case effort:
		return TimeSink
	default:
		return FillIn
	}
}

// added is the sum of the scores of each option.
func added(grid [][]int64, low int64) []int64 {
	out := make([]int64, len(grid))
	for p, row := range grid {
		for i, n := range row {
			out[p] += n * (low + int64(i))
		}
	}
	return out
}

// compareProducts compares a*b with c*d, none of which is below zero.
func compareProducts(a, b, c, d int64) int {
	hi1, lo1 := bits.Mul64(uint64(a), uint64(b))
	hi2, lo2 := bits.Mul64(uint64(c), uint64(d))
	return cmp.Or(cmp.Compare(hi1, hi2), cmp.Compare(lo1, lo2))
}
