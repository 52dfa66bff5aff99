package tally_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"example.org/meantime/tally"
)

func ranked(weight int64, options ...string) tally.Ballot {
	return tally.Ballot{Weight: weight, Rank: tally.Ranking(options...)}
}

// The examples of docs/voting.md.
var (
	three  = []string{"Ada", "Bree", "Cleo"}
	nine   = []tally.Ballot{ranked(4, "Ada", "Bree", "Cleo"), ranked(3, "Cleo", "Bree", "Ada"), ranked(2, "Bree", "Cleo", "Ada")}
	circle = []tally.Ballot{ranked(4, "Ada", "Bree", "Cleo"), ranked(3, "Bree", "Cleo", "Ada"), ranked(2, "Cleo", "Ada", "Bree")}
)

func TestTheSameBallotsByEveryRankedMethod(t *testing.T) {
	borda := count(t, tally.Borda, three, nine, tally.Settings{})
	expect(t, borda, tally.Decided, "Bree")
	if got := []float64{borda.Figures[0].Total, borda.Figures[1].Total, borda.Figures[2].Total}; !slices.Equal(got, []float64{8, 11, 8}) {
		t.Errorf("Borda points %v, want 8 11 8", got)
	}
	runoff := count(t, tally.InstantRunoff, three, nine, tally.Settings{})
	expect(t, runoff, tally.Decided, "Cleo")
	if first := runoff.Rounds[0]; len(runoff.Rounds) != 2 || !slices.Equal(first.Excluded, []string{"Bree"}) || !slices.Equal(first.Moves, []tally.Move{{From: "Bree", To: "Cleo", Votes: 2}}) {
		t.Errorf("rounds %+v", runoff.Rounds)
	}
	for _, m := range []tally.Method{tally.Schulze, tally.RankedPairs} {
		expect(t, count(t, m, three, nine, tally.Settings{}), tally.Decided, "Bree")
		expect(t, count(t, m, three, circle, tally.Settings{}), tally.Decided, "Ada")
	}
	schulze := count(t, tally.Schulze, three, circle, tally.Settings{})
	if d := schulze.Duels; d.Condorcet != "" || d.Prefer[2][0] != 5 || d.Paths[0][2] != 6 || d.Paths[2][0] != 5 {
		t.Errorf("duels %+v", d)
	}
	pairs := count(t, tally.RankedPairs, three, circle, tally.Settings{}).Duels.Pairs
	want := []tally.Pair{{"Bree", "Cleo", 7, 2, true}, {"Ada", "Bree", 6, 3, true}, {"Cleo", "Ada", 5, 4, false}}
	if !slices.Equal(pairs, want) {
		t.Errorf("pairs %+v, want %+v", pairs, want)
	}
}

func TestTwoSeatsByTransfer(t *testing.T) {
	options := []string{"Ada", "Bree", "Cleo", "Dan"}
	r := count(t, tally.STV, options, []tally.Ballot{ranked(8, "Ada", "Bree"), ranked(3, "Cleo"), ranked(2, "Dan", "Cleo")}, tally.Settings{Seats: 2})
	expect(t, r, tally.Decided, "Ada", "Cleo")
	if r.Needed != 5 || len(r.Rounds) != 3 || r.Rounds[1].Votes[1].Votes != 3 || !slices.Equal(r.Rounds[1].Excluded, []string{"Dan"}) {
		t.Errorf("quota %d, rounds %+v", r.Needed, r.Rounds)
	}
}

func TestMajority(t *testing.T) {
	options := []string{"yes", "no"}
	ballots := []tally.Ballot{choose(6, "yes"), choose(4, "no"), choose(3)}
	for _, tc := range []struct {
		name    string
		set     tally.Settings
		outcome tally.Outcome
		needed  int64
	}{
		{"more than half of the votes", tally.Settings{}, tally.Decided, 6},
		{"more than half of the ballots, blank ones too", tally.Settings{Of: tally.OfCast}, tally.NoMajority, 7},
		{"more than half of everybody", tally.Settings{Of: tally.OfEntitled, Entitled: 20}, tally.NoMajority, 11},
		{"two thirds", tally.Settings{Share: tally.TwoThirds}, tally.NoMajority, 7},
		{"three quarters", tally.Settings{Share: tally.ThreeQuarters}, tally.NoMajority, 8},
		{"all", tally.Settings{Share: tally.All}, tally.NoMajority, 10},
		{"without a quorum", tally.Settings{Quorum: 14, Entitled: 20}, tally.NoQuorum, 6},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := count(t, tally.Majority, options, ballots, tc.set)
			if r.Outcome != tc.outcome || r.Needed != tc.needed {
				t.Errorf("got %s, needed %d; want %s, needed %d", r.Outcome, r.Needed, tc.outcome, tc.needed)
			}
		})
	}
	expect(t, count(t, tally.Majority, options, []tally.Ballot{choose(3, "yes"), choose(3, "no")}, tally.Settings{}), tally.NoMajority)
	expect(t, count(t, tally.Majority, options, []tally.Ballot{choose(3)}, tally.Settings{}), tally.NoVotes)
}

func TestConsent(t *testing.T) {
	for _, tc := range []struct {
		ballots []tally.Ballot
		outcome tally.Outcome
		winners []string
	}{
		{[]tally.Ballot{choose(3, "agree"), choose(1, "concern"), choose(1, "abstain")}, tally.Decided, []string{"agree"}},
		{[]tally.Ballot{choose(9, "agree"), choose(1, "objection")}, tally.Objected, nil},
		{[]tally.Ballot{choose(2, "abstain")}, tally.NoVotes, nil},
	} {
		expect(t, count(t, tally.Consent, nil, tc.ballots, tally.Settings{}), tc.outcome, tc.winners...)
	}
	own := []string{"opt_1", "opt_2", "opt_3", "opt_4"} // ids of the caller's, in the order of Stances
	expect(t, count(t, tally.Consent, own, []tally.Ballot{choose(1, "opt_4")}, tally.Settings{}), tally.Objected)
	expect(t, count(t, tally.Consent, own, []tally.Ballot{choose(1, "opt_1")}, tally.Settings{Quorum: 2}), tally.NoQuorum)
}

func TestWaysOfBrainstorms(t *testing.T) {
	scores := func(pairs ...any) tally.Ballot {
		m := map[string]int64{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = int64(pairs[i+1].(int))
		}
		return tally.Ballot{Scores: m}
	}
	r := count(t, tally.Dots, abc(), []tally.Ballot{scores("a", 3, "b", 2), scores("b", 2), scores("a", 6), scores("a", 4, "b", 2)}, tally.Settings{Seats: 3})
	expect(t, r, tally.Decided, "b", "a")
	if len(r.Rejected) != 2 || r.Rejected[0].Reason != tally.OutOfScale || r.Rejected[1].Reason != tally.OverBudget {
		t.Errorf("rejected %+v", r.Rejected)
	}
	expect(t, count(t, tally.Dots, abc(), []tally.Ballot{scores("a", 3)}, tally.Settings{PerOption: 2}), tally.NoVotes)
	expect(t, count(t, tally.Points, abc(), []tally.Ballot{scores("a", 60, "b", 40), scores("b", 30)}, tally.Settings{}), tally.Decided, "b")
	expect(t, count(t, tally.Likes, abc(), []tally.Ballot{scores("a", 1, "b", -1), scores("c", -1)}, tally.Settings{Seats: 2, Order: abc()}), tally.Decided, "a", "b")
	expect(t, count(t, tally.Scale, abc(), []tally.Ballot{scores("a", 3), scores("a", -3, "b", 1)}, tally.Settings{}), tally.Decided, "b")
	// Two can make a, one of them well; three can make b.
	expect(t, count(t, tally.Times, abc(), []tally.Ballot{scores("a", 2, "b", 1), scores("a", 1, "b", 1), scores("b", 1, "a", 0)}, tally.Settings{}), tally.Decided, "b")
	expect(t, count(t, tally.Times, abc(), []tally.Ballot{scores("a", 2, "b", 1), scores("a", 1, "b", 1)}, tally.Settings{}), tally.Decided, "a")
	expect(t, count(t, tally.SenseCheck, abc(), []tally.Ballot{scores("a", 2)}, tally.Settings{}), tally.Measured)
}

func TestImpactAndEffort(t *testing.T) {
	both := func(impact, effort map[string]int64) tally.Ballot {
		return tally.Ballot{Scores: impact, Effort: effort}
	}
	r := count(t, tally.ImpactEffort, []string{"a", "b", "c", "d", "e"}, []tally.Ballot{
		both(map[string]int64{"a": 5, "b": 5, "c": 2, "d": 1}, map[string]int64{"a": 1, "b": 5, "c": 1, "d": 4}),
		both(map[string]int64{"a": 4, "b": 4, "c": 2}, map[string]int64{"a": 2, "b": 4, "c": 2}),
		both(map[string]int64{"a": 4}, map[string]int64{"b": 4}),
	}, tally.Settings{Seats: 5})
	expect(t, r, tally.Decided, "a", "c", "b", "d") // nobody rated e
	want := []tally.Quadrant{tally.QuickWin, tally.BigBet, tally.FillIn, tally.TimeSink, ""}
	for i, f := range r.Figures {
		if f.Quadrant != want[i] {
			t.Errorf("%s is a %q, want %q", f.Option, f.Quadrant, want[i])
		}
	}
	if len(r.Rejected) != 1 || r.Rejected[0].Reason != tally.HalfRated {
		t.Errorf("rejected %+v", r.Rejected)
	}
}

func TestSpread(t *testing.T) {
	for _, tc := range []struct {
		name    string
		scores  []int64 // how many gave 1, 2, 3, 4, 5
		mean    float64
		agree   float64
		verdict tally.Verdict
	}{
		{"all the same", []int64{0, 0, 0, 4, 0}, 4, 1, tally.Agreed},
		{"half at each end", []int64{2, 0, 0, 0, 2}, 3, 0, tally.Split},
		{"all over", []int64{2, 2, 2, 2, 2}, 3, 0.433985, tally.Mixed},
		{"around the middle", []int64{0, 1, 4, 1, 0}, 3, 0.861654, tally.Agreed},
		{"two are too few to tell", []int64{1, 0, 0, 0, 1}, 3, 0, ""},
		{"nobody", []int64{0, 0, 0, 0, 0}, 0, 1, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var ballots []tally.Ballot
			for i, n := range tc.scores {
				if n > 0 {
					ballots = append(ballots, rate(n, map[string]int64{"a": int64(i + 1)}))
				}
			}
			s := count(t, tally.SenseCheck, []string{"a"}, ballots, tally.Settings{}).Figures[0].Spread
			if s.Mean != tc.mean || s.Agreement != tc.agree || s.Verdict != tc.verdict {
				t.Errorf("mean %v, agreement %v, %q; want %v, %v, %q", s.Mean, s.Agreement, s.Verdict, tc.mean, tc.agree, tc.verdict)
			}
		})
	}
}

// Every method is explained on the page for people, and every known difference
// to other programs with its reason.
func TestThePageTellsEverything(t *testing.T) {
	b, err := os.ReadFile("../docs/voting.md")
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Join(strings.Fields(string(b)), " ")
	has := func(text string) {
		if !strings.Contains(page, text) {
			t.Errorf("docs/voting.md lacks: %s", text)
		}
	}
	for _, a := range tally.Methods() {
		for _, s := range []string{a.Name, a.Sentence, a.Use, a.Asks, a.Ties, a.Source, "`" + string(a.Key) + "`"} {
			has(s)
		}
	}
	for key, why := range known {
		has("| " + key + " | " + why + " |")
	}
}
