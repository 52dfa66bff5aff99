package tally_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"example.org/meantime/tally"
)

// exact counts by rounds as the methods are described, in fractions, ballot by
// ballot and without any cleverness.
type exact struct {
	ballots []tally.Ballot
	parts   []map[string]*big.Rat // where each ballot lies
	hopeful map[string]bool
	order   []string
}

func newExact(options []string, ballots []tally.Ballot) *exact {
	e := &exact{ballots: ballots, hopeful: map[string]bool{}, order: options}
	for _, o := range options {
		e.hopeful[o] = true
	}
	for i, b := range ballots {
		e.parts = append(e.parts, map[string]*big.Rat{})
		e.pass(i, big.NewRat(max(1, b.Weight), 1))
	}
	return e
}

func (e *exact) pass(i int, value *big.Rat) {
	for _, equals := range e.ballots[i].Rank {
		var in []string
		for _, o := range equals {
			if e.hopeful[o] {
				in = append(in, o)
			}
		}
		if len(in) == 0 {
			continue
		}
		for _, o := range in {
			if e.parts[i][o] == nil {
				e.parts[i][o] = new(big.Rat)
			}
			e.parts[i][o].Add(e.parts[i][o], new(big.Rat).Quo(value, big.NewRat(int64(len(in)), 1)))
		}
		return
	}
}

func (e *exact) held(o string) *big.Rat {
	sum := new(big.Rat)
	for _, p := range e.parts {
		if p[o] != nil {
			sum.Add(sum, p[o])
		}
	}
	return sum
}

// move passes on what o holds, times a factor.
func (e *exact) move(o string, factor *big.Rat) {
	e.hopeful[o] = false
	for i, p := range e.parts {
		if v := p[o]; v != nil {
			delete(p, o)
			e.pass(i, new(big.Rat).Mul(v, factor))
		}
	}
}

// Every round of both methods is that of exact fractions. The count under test
// says who leaves and whose surplus goes on; that is checked against the
// fractions before it is followed.
func TestRoundsAreThoseOfExactFractions(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 7))
		options := six
		ballots := make([]tally.Ballot, 300)
		for i := range ballots {
			ballots[i] = randomRanking(random, options)
		}
		for _, m := range []tally.Method{tally.InstantRunoff, tally.STV} {
			set := tally.Settings{Order: options}
			if m == tally.STV {
				set.Seats = 1 + int(seed%4)
			}
			follow(t, count(t, m, options, ballots, set), newExact(options, ballots))
		}
	}
}

func randomRanking(random *rand.Rand, options []string) tally.Ballot {
	b := tally.Ballot{Weight: random.Int64N(3)}
	for _, i := range random.Perm(len(options))[:random.IntN(len(options)+1)] {
		if len(b.Rank) == 0 || random.IntN(2) == 0 {
			b.Rank = append(b.Rank, nil)
		}
		last := len(b.Rank) - 1
		b.Rank[last] = append(b.Rank[last], options[i])
	}
	return b
}

func follow(t *testing.T, r tally.Result, e *exact) {
	t.Helper()
	done := map[string]float64{} // what those whose surplus is passed on hold
	for _, round := range r.Rounds {
		for _, h := range round.Votes {
			want, ok := done[h.Option]
			if !ok {
				want, _ = e.held(h.Option).Float64()
			}
			if math.Abs(h.Votes-want) > 1e-5 {
				t.Fatalf("%s, round %d: %s holds %v, want %v", r.Method, round.Round, h.Option, h.Votes, want)
			}
			if r.Method == tally.STV && !h.Elected && want >= float64(r.Needed)+1e-5 && !slices.Contains(round.Elected, h.Option) {
				t.Fatalf("round %d: %s has the quota and is not elected", round.Round, h.Option)
			}
		}
		for _, o := range round.Elected {
			e.hopeful[o] = false
		}
		for _, o := range round.Excluded {
			for other, in := range e.hopeful {
				if in && e.held(other).Cmp(e.held(o)) < 0 && !near(e.held(other), e.held(o)) {
					t.Fatalf("round %d: %s leaves, and %s holds less", round.Round, o, other)
				}
			}
			e.move(o, big.NewRat(1, 1))
		}
		if len(round.Excluded) == 0 && len(round.Moves) > 0 {
			from := round.Moves[0].From
			held, quota := e.held(from), big.NewRat(r.Needed, 1)
			e.move(from, new(big.Rat).Quo(new(big.Rat).Sub(held, quota), held))
			done[from] = float64(r.Needed)
		}
	}
}

func near(a, b *big.Rat) bool {
	d, _ := new(big.Rat).Sub(a, b).Float64()
	return math.Abs(d) < 1e-5
}
