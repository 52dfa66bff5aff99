package tally

import (
	"cmp"
	"slices"
)

// rankedPairs: options meet in pairs on every ballot. Victories are written
// down, the strongest first; one that would close a circle with those already
// there is left out. Who is beaten by nobody in what is written wins; several
// seats go to the next (not in proportion). Whoever wins all duels, wins.
//
// Source: T. N. Tideman, "Independence of clones as a criterion for voting
// rules", Social Choice and Welfare 4 (1987), pages 185 to 206; ties after
// T. M. Zavist, T. N. Tideman, same journal 6 (1989), pages 167 to 173.
// Tie rule: of equally strong victories the one whose winner stands earlier in
// the tie order comes first, then the one whose loser stands later. Of those
// nobody beats, the first in the tie order.
func rankedPairs(c *counter, ballots []Ballot) {
	prefer := c.duels(ballots)
	pairs := c.victories(prefer)
	lock := newReach(prefer.n)
	for from := 0; from < len(pairs); {
		to := from + 1
		for to < len(pairs) && pairs[to].strength == pairs[from].strength {
			to++
		}
		c.lockEquals(pairs[from:to], lock)
		from = to
	}
	for _, p := range pairs {
		c.res.Duels.Pairs = append(c.res.Duels.Pairs, Pair{
			Winner: c.order[p.winner], Loser: c.order[p.loser], Locked: p.locked,
			For: prefer.at(p.winner, p.loser), Against: prefer.at(p.loser, p.winner),
		})
	}
	c.choose(lock.from)
}

type victory struct {
	winner, loser int
	strength      int64
	locked        bool
}

// victories lists who beats whom, the strongest first.
func (c *counter) victories(prefer table) []victory {
	var all []victory
	for i := range prefer.n {
		for j := range prefer.n {
			if s := c.victory(prefer, i, j); s > 0 {
				all = append(all, victory{i, j, s, false})
			}
		}
	}
	slices.SortFunc(all, func(a, b victory) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.winner, b.winner), cmp.Compare(b.loser, a.loser))
	})
	return all
}

// lockEquals locks equally strong victories one by one. If they could not all
// be locked although each fits what was there before, their order mattered, and
// that is a tie.
func (c *counter) lockEquals(equals []victory, lock *reach) {
	var fit []*victory
	for i := range equals {
		if v := &equals[i]; !lock.from(v.loser, v.winner) {
			fit = append(fit, v)
		}
	}
	var met, chosen []int
	for _, v := range fit {
		if v.locked = !lock.from(v.loser, v.winner); v.locked {
			lock.add(v.winner, v.loser)
			chosen = append(chosen, v.winner)
		}
		met = append(met, v.winner, v.loser)
	}
	if len(chosen) < len(fit) {
		c.tie(0, ForPairs, sortedOnce(met), sortedOnce(chosen))
	}
}

func sortedOnce(all []int) []int {
	slices.Sort(all)
	return slices.Compact(all)
}

// reach knows which options can be reached from which along what is locked.
type reach struct {
	words int
	rows  []uint64
}

func newReach(n int) *reach {
	words := (n + 63) / 64
	return &reach{words, make([]uint64, n*words)}
}

func (r *reach) row(i int) []uint64 { return r.rows[i*r.words : (i+1)*r.words] }

func (r *reach) from(i, j int) bool { return r.row(i)[j/64]>>(j%64)&1 == 1 }

// add locks i over j: all that reaches i now reaches all that j reaches.
func (r *reach) add(i, j int) {
	if r.from(i, j) {
		return
	}
	below := slices.Clone(r.row(j))
	below[j/64] |= 1 << (j % 64)
	for k := range len(r.rows) / r.words {
		if k != i && !r.from(k, i) {
			continue
		}
		for w, bits := range below {
			r.row(k)[w] |= bits
		}
	}
}
