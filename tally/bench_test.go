package tally_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"example.org/meantime/tally"
)

// BenchmarkCount counts 100,000 ballots over 20 options by every method, with
// five seats for the single transferable vote. Rankings are nearly all
// different from each other, which is the dearest case.
func BenchmarkCount(b *testing.B) {
	options := many(20)
	for _, a := range tally.Methods() {
		ballots, s := cast(a, options, 100_000), tally.Settings{Seed: "bench"}
		if a.Key == tally.STV {
			s.Seats = 5
		}
		over := options
		if a.Key == tally.Consent {
			over = nil
		}
		b.Run(string(a.Key), func(b *testing.B) { bench(b, a.Key, over, ballots, s) })
	}
}

// A hundred thousand ballots over twenty options are counted in under a second by every
// method, and in under five by Schulze and by single transferable vote. It is measured
// by the clock, so it is for a machine that has nothing else to do.
func TestTheBarOfCounting(t *testing.T) {
	if os.Getenv("MEANTIME_FULL") != "1" {
		t.Skip("set MEANTIME_FULL=1 on a quiet machine")
	}
	options := many(20)
	for _, a := range tally.Methods() {
		ballots, over, s, most := cast(a, options, 100_000), options, tally.Settings{Seed: "bench"}, time.Second
		switch a.Key {
		case tally.STV:
			s.Seats, most = 5, 5*time.Second
		case tally.Schulze:
			most = 5 * time.Second
		case tally.Consent:
			over = nil
		}
		took := time.Duration(testing.Benchmark(func(b *testing.B) { bench(b, a.Key, over, ballots, s) }).NsPerOp())
		t.Logf("%-16s %s", a.Key, took.Round(time.Millisecond))
		if took == 0 || took > most {
			t.Errorf("%s took %s, want at most %s", a.Key, took, most)
		}
	}
}

// BenchmarkCountWithTies is the same for rankings in which options share places.
func BenchmarkCountWithTies(b *testing.B) {
	options := many(20)
	ballots := cast(explain(tally.STV), options, 100_000)
	for i := range ballots {
		var rank []tally.Equals
		for j, equals := range ballots[i].Rank {
			if j%7 == 0 {
				rank = append(rank, nil)
			}
			rank[len(rank)-1] = append(rank[len(rank)-1], equals...)
		}
		ballots[i].Rank = rank
	}
	for _, m := range rankings {
		s := tally.Settings{Seed: "bench"}
		if m == tally.STV {
			s.Seats = 5
		}
		b.Run(string(m), func(b *testing.B) { bench(b, m, options, ballots, s) })
	}
}

// BenchmarkCountManyOptions counts 500 ballots over 500 options.
func BenchmarkCountManyOptions(b *testing.B) {
	options := many(500)
	ballots := cast(explain(tally.STV), options, 500)
	for _, m := range rankings {
		b.Run(string(m), func(b *testing.B) { bench(b, m, options, ballots, tally.Settings{Seed: "bench"}) })
	}
}

// BenchmarkReadBallots reads 100,000 rankings of 20 options from JSON.
func BenchmarkReadBallots(b *testing.B) {
	text, err := json.Marshal(cast(explain(tally.STV), many(20), 100_000))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		var ballots []tally.Ballot
		if err := json.Unmarshal(text, &ballots); err != nil {
			b.Fatal(err)
		}
	}
}

func bench(b *testing.B, m tally.Method, options []string, ballots []tally.Ballot, s tally.Settings) {
	b.ReportAllocs()
	for b.Loop() {
		r, err := tally.Count(m, options, ballots, s)
		if err != nil || r.Turnout.Counted == 0 || len(r.Rejected) > 0 {
			b.Fatal(err, r.Turnout)
		}
	}
}

func many(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = "opt_" + strconv.Itoa(i)
	}
	return all
}

// cast makes random ballots of the shape a method asks for; the first options
// are somewhat better liked.
func cast(a tally.About, options []string, n int) []tally.Ballot {
	random := rand.New(rand.NewPCG(1, 2))
	ballots := make([]tally.Ballot, n)
	for i := range ballots {
		b, some := &ballots[i], random.Perm(len(options))
		switch a.Ballot {
		case tally.OneChoice:
			b.Choices = []string{options[min(some[0], some[1])]}
		case tally.OneStance:
			b.Choices = []string{tally.Stances()[some[0]%4]}
		case tally.ManyChoices:
			for _, o := range some[:len(options)/2] {
				b.Choices = append(b.Choices, options[o])
			}
		case tally.RankedOptions:
			for _, o := range some {
				b.Rank = append(b.Rank, tally.Equals{options[o]})
			}
		default:
			b.Scores, b.Effort = map[string]int64{}, nil
			for _, o := range options {
				b.Scores[o] = 1
			}
			if a.Key == tally.Dots {
				b.Scores = map[string]int64{options[some[0]]: 2, options[some[1]]: 3}
			}
			if a.Ballot == tally.TwoScores {
				b.Effort = b.Scores
			}
		}
	}
	return ballots
}
