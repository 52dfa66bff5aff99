package tally_test

import (
	"errors"
	"slices"
	"testing"

	"example.org/meantime/tally"
)

// count counts, and the question must make sense.
func count(t testing.TB, m tally.Method, options []string, ballots []tally.Ballot, s tally.Settings) tally.Result {
	t.Helper()
	r, err := tally.Count(m, options, ballots, s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func abc() []string { return []string{"a", "b", "c"} }

func choose(weight int64, options ...string) tally.Ballot {
	return tally.Ballot{Weight: weight, Choices: options}
}

func rate(weight int64, scores map[string]int64) tally.Ballot {
	return tally.Ballot{Weight: weight, Scores: scores}
}

func expect(t testing.TB, r tally.Result, o tally.Outcome, winners ...string) {
	t.Helper()
	if r.Outcome != o || !slices.Equal(r.Winners, winners) {
		t.Errorf("got %s %v, want %s %v", r.Outcome, r.Winners, o, winners)
	}
}

func TestPlurality(t *testing.T) {
	ballots := []tally.Ballot{choose(3, "a"), choose(2, "b"), choose(0, "c"), choose(2)}
	r := count(t, tally.Plurality, abc(), ballots, tally.Settings{Quorum: 8, Entitled: 9})
	expect(t, r, tally.Decided, "a")
	if want := (tally.Turnout{Counted: 6, Blank: 2, Entitled: 9, Quorum: 8, Reached: true}); r.Turnout != want {
		t.Errorf("turnout %+v, want %+v", r.Turnout, want)
	}
	expect(t, count(t, tally.Plurality, abc(), ballots, tally.Settings{Quorum: 9}), tally.NoQuorum)
	expect(t, count(t, tally.Plurality, abc(), nil, tally.Settings{}), tally.NoVotes)
}

func TestATieIsBrokenByTheOrderAndTold(t *testing.T) {
	ballots := []tally.Ballot{choose(2, "a"), choose(2, "b"), choose(1, "c")}
	r := count(t, tally.Plurality, abc(), ballots, tally.Settings{Order: []string{"c", "b", "a"}})
	expect(t, r, tally.Decided, "b")
	if want := []string{"b", "a"}; !slices.Equal(r.Tied, want) || len(r.Ties) != 1 || !slices.Equal(r.Ties[0].Options, want) {
		t.Errorf("tied %v, ties %+v, want both %v", r.Tied, r.Ties, want)
	}
}

func TestApprovalAndScore(t *testing.T) {
	r := count(t, tally.Approval, abc(), []tally.Ballot{choose(2, "a", "b"), choose(3, "b")}, tally.Settings{Seats: 3})
	expect(t, r, tally.Decided, "b", "a") // nobody approved of c
	r = count(t, tally.Score, abc(), []tally.Ballot{rate(2, map[string]int64{"a": 5}), rate(3, map[string]int64{"b": 4, "a": 0})}, tally.Settings{})
	expect(t, r, tally.Decided, "b")
}

func TestWhatCannotBeCountedIsListed(t *testing.T) {
	for _, tc := range []struct {
		name   string
		method tally.Method
		ballot tally.Ballot
		reason tally.Reason
	}{
		{"two where one is asked", tally.Plurality, choose(1, "a", "b"), tally.TooMany},
		{"one twice", tally.Approval, choose(1, "a", "a"), tally.Repeated},
		{"what is no option", tally.Approval, choose(1, "a", "x"), tally.UnknownOption},
		{"a weight below zero", tally.Plurality, choose(-1, "a"), tally.BadWeight},
		{"scores for choices", tally.Plurality, rate(1, map[string]int64{"a": 1}), tally.WrongKind},
		{"off the scale", tally.Score, rate(1, map[string]int64{"a": 6, "b": 1}), tally.OutOfScale},
		{"scores for what is no option", tally.Score, rate(1, map[string]int64{"x": 6, "b": 1}), tally.UnknownOption},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := count(t, tc.method, abc(), []tally.Ballot{{}, tc.ballot}, tally.Settings{})
			if len(r.Rejected) != 1 || r.Rejected[0].Reason != tc.reason || r.Rejected[0].Ballot != 1 || r.Rejected[0].Message == "" {
				t.Errorf("rejected %+v, want the second for %s", r.Rejected, tc.reason)
			}
			expect(t, r, tally.NoVotes)
		})
	}
}

func TestAQuestionThatMakesNoSenseIsRefused(t *testing.T) {
	for name, ask := range map[string]func() (tally.Result, error){
		"no such method": func() (tally.Result, error) { return tally.Count("guess", abc(), nil, tally.Settings{}) },
		"no options":     func() (tally.Result, error) { return tally.Count(tally.Plurality, nil, nil, tally.Settings{}) },
		"an option twice": func() (tally.Result, error) {
			return tally.Count(tally.Plurality, []string{"a", "a"}, nil, tally.Settings{})
		},
		"half an order": func() (tally.Result, error) {
			return tally.Count(tally.Plurality, abc(), nil, tally.Settings{Order: []string{"a"}})
		},
		"an unfair order": func() (tally.Result, error) {
			return tally.Count(tally.Plurality, abc(), nil, tally.Settings{Order: []string{"a", "a", "b"}})
		},
		"too large a quorum": func() (tally.Result, error) {
			return tally.Count(tally.Plurality, abc(), nil, tally.Settings{Entitled: 3, Quorum: 4})
		},
		"too many votes": func() (tally.Result, error) {
			return tally.Count(tally.Plurality, abc(), []tally.Ballot{choose(tally.MaxVotes, "a"), choose(1, "b")}, tally.Settings{})
		},
	} {
		t.Run(name, func(t *testing.T) {
			var bad *tally.InvalidError
			if _, err := ask(); !errors.As(err, &bad) {
				t.Errorf("got %v, want an InvalidError", err)
			}
		})
	}
}

func TestSettingsThatMakeNoSenseAreRefused(t *testing.T) {
	n := func(i int64) *int64 { return &i }
	for name, tc := range map[string]struct {
		method tally.Method
		set    tally.Settings
		field  string
	}{
		"seats below zero":       {tally.STV, tally.Settings{Seats: -1}, "seats"},
		"two majorities":         {tally.Majority, tally.Settings{Seats: 2}, "seats"},
		"a share nobody knows":   {tally.Majority, tally.Settings{Share: "most"}, "share"},
		"a share of what":        {tally.Majority, tally.Settings{Of: "people"}, "of"},
		"a share of nobody":      {tally.Majority, tally.Settings{Of: tally.OfEntitled}, "entitled"},
		"a strength":             {tally.Schulze, tally.Settings{Strength: "great"}, "strength"},
		"a scale upside down":    {tally.Score, tally.Settings{Min: n(5), Max: n(1)}, "max"},
		"a scale without end":    {tally.Score, tally.Settings{Max: n(tally.MaxScale + 1)}, "max"},
		"effort of nothing":      {tally.ImpactEffort, tally.Settings{Min: n(0)}, "min"},
		"a budget below zero":    {tally.Dots, tally.Settings{Budget: -1}, "budget"},
		"less than none for one": {tally.Dots, tally.Settings{PerOption: -1}, "per_option"},
		"choices below zero":     {tally.Approval, tally.Settings{Choices: -1}, "choices"},
		"three stances":          {tally.Consent, tally.Settings{}, "options"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := tally.Count(tc.method, abc(), nil, tc.set)
			var bad *tally.InvalidError
			if !errors.As(err, &bad) || bad.Field != tc.field {
				t.Errorf("got %v, want a word on %s", err, tc.field)
			}
		})
	}
	if _, err := tally.Count(tally.Plurality, make([]string, tally.MaxOptions+1), nil, tally.Settings{}); err == nil {
		t.Error("too many options are counted")
	}
}

func TestABallotForAnotherMethodIsListed(t *testing.T) {
	for m, b := range map[tally.Method]tally.Ballot{
		tally.Borda:        choose(1, "a"),
		tally.Score:        ranked(1, "a"),
		tally.ImpactEffort: ranked(1, "a"),
		tally.Approval:     {Effort: map[string]int64{"a": 1}},
	} {
		r := count(t, m, abc(), []tally.Ballot{b}, tally.Settings{})
		if len(r.Rejected) != 1 || r.Rejected[0].Reason != tally.WrongKind || r.Turnout.Rejected != 1 {
			t.Errorf("%s: rejected %+v, want one of the wrong kind", m, r.Rejected)
		}
	}
	for _, b := range []tally.Ballot{ranked(1, "a", "x"), ranked(1, "a", "b", "a")} {
		if r := count(t, tally.STV, abc(), []tally.Ballot{b}, tally.Settings{}); len(r.Rejected) != 1 || r.Outcome != tally.NoVotes {
			t.Errorf("%+v: %+v", b, r)
		}
	}
}

func TestTheOrderComesFromTheSeedAlone(t *testing.T) {
	// printf '2026-11-22 lunch\na' | sha256sum, and so on
	want := tally.Order("2026-11-22 lunch", []string{"a", "b", "c", "d"})
	if got := tally.Order("2026-11-22 lunch", []string{"d", "b", "a", "c"}); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
