package tally_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.org/meantime/tally"
)

var six = []string{"a", "b", "c", "d", "e", "f"}

// every is a random vote by any method: some ballots break its rules.
type vote struct {
	method  tally.Method
	options []string
	ballots []tally.Ballot
	set     tally.Settings
}

func drawVote(t *rapid.T, methods ...tally.Method) vote {
	if len(methods) == 0 {
		for _, a := range tally.Methods() {
			methods = append(methods, a.Key)
		}
	}
	v := vote{method: rapid.SampledFrom(methods).Draw(t, "method"), options: six[:rapid.IntRange(1, 6).Draw(t, "options")]}
	about := explain(v.method)
	if about.Ballot == tally.OneStance {
		v.options = tally.Stances()
	}
	v.set.Order = rapid.Permutation(v.options).Draw(t, "order")
	if about.Several {
		v.set.Seats = rapid.IntRange(0, 4).Draw(t, "seats")
	}
	v.set.Quorum = rapid.Int64Range(0, 3).Draw(t, "quorum")
	v.set.Strength = rapid.SampledFrom([]tally.Strength{tally.WinningVotes, tally.Margins}).Draw(t, "strength")
	v.set.Share = rapid.SampledFrom([]tally.Share{"", tally.TwoThirds, tally.ThreeQuarters, tally.All}).Draw(t, "share")
	for range rapid.IntRange(0, 12).Draw(t, "ballots") {
		v.ballots = append(v.ballots, drawBallot(t, v, about.Ballot))
	}
	return v
}

func explain(m tally.Method) tally.About {
	all := tally.Methods()
	return all[slices.IndexFunc(all, func(a tally.About) bool { return a.Key == m })]
}

func drawBallot(t *rapid.T, v vote, shape tally.Shape) tally.Ballot {
	b := tally.Ballot{Weight: rapid.Int64Range(0, 4).Draw(t, "weight")}
	option := rapid.SampledFrom(v.options)
	switch shape {
	case tally.OneChoice, tally.OneStance:
		b.Choices = rapid.SliceOfN(option, 0, 1).Draw(t, "choice")
	case tally.ManyChoices:
		b.Choices = rapid.SliceOfN(option, 0, 3).Draw(t, "choices") // may name one twice
	case tally.RankedOptions:
		b.Rank = drawRank(t, v.options)
	default:
		b.Scores = rapid.MapOfN(option, rapid.Int64Range(-1, 3), 0, 4).Draw(t, "scores")
		if shape == tally.TwoScores {
			b.Effort = map[string]int64{}
			for o := range b.Scores {
				b.Effort[o] = rapid.Int64Range(1, 5).Draw(t, "effort")
			}
		}
	}
	return b
}

// drawRank is a ranking with ties, gaps and options left out.
func drawRank(t *rapid.T, options []string) []tally.Equals {
	all := rapid.Permutation(options).Draw(t, "ranking")
	rank := []tally.Equals{nil}
	for _, o := range all[:rapid.IntRange(0, len(all)).Draw(t, "ranked")] {
		for range rapid.IntRange(0, 2).Draw(t, "step") {
			rank = append(rank, nil)
		}
		rank[len(rank)-1] = append(rank[len(rank)-1], o)
	}
	return rank
}

func (v vote) count(t *rapid.T) tally.Result {
	r, err := tally.Count(v.method, v.options, v.ballots, v.set)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheOrderOfBallotsAndOptionsNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t)
		want := v.count(t)
		v.ballots = rapid.Permutation(v.ballots).Draw(t, "shuffled")
		got := v.count(t)
		if len(got.Rejected) != len(want.Rejected) {
			t.Fatalf("%d rejected, want %d", len(got.Rejected), len(want.Rejected))
		}
		got.Rejected, want.Rejected = nil, nil
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("shuffled ballots\ngot  %+v\nwant %+v", got, want)
		}
		if v.method != tally.Consent { // whose options have roles
			v.options = rapid.Permutation(v.options).Draw(t, "options listed otherwise")
		}
		if got := v.count(t); !slices.Equal(got.Winners, want.Winners) || !reflect.DeepEqual(got.Places, want.Places) {
			t.Fatalf("options listed otherwise: got %v %v, want %v %v", got.Winners, got.Places, want.Winners, want.Places)
		}
	})
}

// A new name for an option changes nothing but the name, once the tie order is
// renamed too.
func TestNoOptionIsFavouredByItsName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t, rankings...)
		name := map[string]string{}
		for i, o := range rapid.Permutation(v.options).Draw(t, "names") {
			name[v.options[i]] = o
		}
		renamed := vote{v.method, v.options, nil, v.set}
		renamed.set.Order = rename(v.set.Order, name)
		for _, b := range v.ballots {
			other := tally.Ballot{Weight: b.Weight}
			for _, equals := range b.Rank {
				other.Rank = append(other.Rank, rename(equals, name))
			}
			renamed.ballots = append(renamed.ballots, other)
		}
		if got, want := renamed.count(t).Winners, rename(v.count(t).Winners, name); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

var rankings = []tally.Method{tally.Borda, tally.InstantRunoff, tally.Schulze, tally.RankedPairs, tally.STV}

func rename(all []string, name map[string]string) []string {
	out := make([]string, len(all))
	for i, o := range all {
		out[i] = name[o]
	}
	return out
}

func TestMergedBallotsCountAsTheyDoApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t)
		want := v.count(t)
		var apart []tally.Ballot
		for _, b := range v.ballots {
			n := max(1, b.Weight)
			b.Weight = 0
			for range n {
				apart = append(apart, b)
			}
		}
		v.ballots = apart
		got := v.count(t)
		got.Rejected, want.Rejected = nil, nil
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("apart\ngot  %+v\nwant %+v", got, want)
		}
	})
}

func TestACondorcetWinnerWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t, tally.Schulze, tally.RankedPairs)
		v.set.Quorum = 0
		r := v.count(t)
		if w := r.Duels.Condorcet; w != "" && r.Outcome == tally.Decided && (r.Winners[0] != w || !slices.Equal(r.Tied, []string{w})) {
			t.Fatalf("%s wins all duels, and %v is elected, tied %v", w, r.Winners, r.Tied)
		}
	})
}

// Schulze and ranked pairs elect from the Smith set: nobody outside beats anybody in it.
func TestTheWinnerIsInTheSmithSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t, tally.Schulze, tally.RankedPairs)
		v.set.Quorum = 0
		r := v.count(t)
		if r.Outcome != tally.Decided {
			return
		}
		winner := slices.Index(v.options, r.Winners[0])
		// Whom the winner cannot reach along duels not lost cannot beat the winner's set.
		reached := map[int]bool{winner: true}
		for again := true; again; {
			again = false
			for i := range v.options {
				for j := range v.options {
					if reached[i] && !reached[j] && r.Duels.Prefer[i][j] >= r.Duels.Prefer[j][i] {
						reached[j], again = true, true
					}
				}
			}
		}
		if len(reached) != len(v.options) {
			t.Fatalf("%s wins and cannot reach all others: %v", r.Winners[0], r.Duels.Prefer)
		}
	})
}

func TestAMajorityOfFirstPlacesWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t, tally.InstantRunoff, tally.Schulze, tally.RankedPairs)
		v.set.Quorum = 0
		r := v.count(t)
		alone := map[string]int64{}
		for _, b := range v.ballots {
			for _, equals := range b.Rank {
				if len(equals) == 1 {
					alone[equals[0]] += max(1, b.Weight)
				}
				if len(equals) > 0 {
					break
				}
			}
		}
		for o, n := range alone {
			if 2*n > r.Turnout.Counted && r.Winners[0] != o {
				t.Fatalf("%s is first on %d of %d ballots, and %v is elected", o, n, r.Turnout.Counted, r.Winners)
			}
		}
	})
}

// A winner who is ranked or scored higher by somebody still wins.
func TestMoreSupportNeverHurts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t, tally.Score, tally.Scale, tally.Likes, tally.Borda, tally.Schulze, tally.RankedPairs, tally.Approval)
		v.set.Seats, v.set.Quorum = 1, 0
		r := v.count(t)
		if r.Outcome != tally.Decided || len(r.Rejected) > 0 {
			return
		}
		w := r.Winners[0]
		i := rapid.IntRange(0, len(v.ballots)-1).Draw(t, "ballot")
		v.ballots = slices.Clone(v.ballots)
		v.ballots[i] = raised(explain(v.method), v.ballots[i], w)
		if got := v.count(t); got.Winners[0] != w {
			t.Fatalf("%s won, got more support by %+v, and %v wins", w, v.ballots[i], got.Winners)
		}
	})
}

func raised(a tally.About, b tally.Ballot, w string) tally.Ballot {
	out := tally.Ballot{Weight: b.Weight}
	switch a.Ballot {
	case tally.RankedOptions:
		out.Rank = []tally.Equals{{w}}
		for _, equals := range b.Rank {
			out.Rank = append(out.Rank, slices.DeleteFunc(slices.Clone(equals), func(o string) bool { return o == w }))
		}
	case tally.ManyChoices:
		out.Choices = b.Choices
		if !slices.Contains(b.Choices, w) {
			out.Choices = append(slices.Clone(b.Choices), w)
		}
	default:
		out.Scores = map[string]int64{}
		for o, s := range b.Scores {
			out.Scores[o] = s
		}
		out.Scores[w] = map[tally.Method]int64{tally.Score: 5, tally.Scale: 3, tally.Likes: 1}[a.Key]
	}
	return out
}

func TestVotesAreNeitherMadeNorLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t, tally.STV, tally.InstantRunoff)
		r := v.count(t)
		if len(r.Rounds) > len(v.options)*2 {
			t.Fatalf("%d rounds for %d options", len(r.Rounds), len(v.options))
		}
		for _, round := range r.Rounds {
			sum := round.Exhausted + round.Lost
			for _, h := range round.Votes {
				sum += h.Votes
			}
			if math.Abs(sum-float64(r.Turnout.Counted)) > 1e-6 {
				t.Fatalf("round %d adds up to %v, want %d: %+v", round.Round, sum, r.Turnout.Counted, r.Rounds)
			}
			if round.Lost > 1e-4 {
				t.Fatalf("%v votes lost by rounding", round.Lost)
			}
		}
		seats := min(max(1, v.set.Seats), len(v.options))
		if r.Outcome == tally.Decided && len(r.Winners) != seats {
			t.Fatalf("%d elected, want %d", len(r.Winners), seats)
		}
	})
}

// As many quotas as a group fills with ballots that rank its own options first,
// so many of them are elected (Droop proportionality).
func TestAGroupGetsTheSeatsOfItsQuotas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t, tally.STV)
		v.set.Quorum = 0
		size := rapid.IntRange(1, len(v.options)).Draw(t, "group")
		group := v.options[:size]
		for range rapid.IntRange(0, 6).Draw(t, "members") {
			b := tally.Ballot{Weight: rapid.Int64Range(1, 5).Draw(t, "weight")}
			b.Rank = append(tally.Ranking(rapid.Permutation(group).Draw(t, "own")...), drawRank(t, v.options[size:])...)
			v.ballots = append(v.ballots, b)
		}
		r := v.count(t)
		var solid int64
		for _, b := range v.ballots {
			if solidFor(b, group) {
				solid += max(1, b.Weight)
			}
		}
		want := min(int(solid/max(1, r.Needed)), len(group))
		got := 0
		for _, w := range r.Winners {
			if slices.Contains(group, w) {
				got++
			}
		}
		if r.Outcome == tally.Decided && got < want {
			t.Fatalf("%v has %d votes and the quota is %d: %d elected, want %d (%v)", group, solid, r.Needed, got, want, r.Winners)
		}
	})
}

// solidFor says whether a ballot ranks all of a group above everybody else.
func solidFor(b tally.Ballot, group []string) bool {
	n := 0
	for _, equals := range b.Rank {
		for _, o := range equals {
			if !slices.Contains(group, o) {
				return n == len(group) && !slices.ContainsFunc(equals, func(o string) bool { return slices.Contains(group, o) })
			}
			n++
		}
	}
	return n == len(group)
}

// Whatever the tie order is, it decides nothing where nothing is tied, and the
// winner is always among those it found tied.
func TestTheTieOrderDecidesTiesAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawVote(t)
		a := v.count(t)
		v.set.Order = rapid.Permutation(v.set.Order).Draw(t, "another order")
		b := v.count(t)
		if len(a.Ties) == 0 && len(b.Ties) == 0 && !slices.Equal(a.Winners, b.Winners) {
			t.Fatalf("no ties, and %v and %v win", a.Winners, b.Winners)
		}
		if len(a.Tied) > 0 && !slices.Contains(a.Tied, a.Winners[0]) {
			t.Fatalf("%v wins and is not among the tied %v", a.Winners, a.Tied)
		}
	})
}
