package tally_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"example.org/meantime/tally"
)

func TestProfiles(t *testing.T) {
	var all []profile
	corpus(t, "profiles_with_expected.json", &all)
	same := 0
	for _, p := range all {
		t.Run(p.ID, func(t *testing.T) {
			wv := count(t, tally.Schulze, p.Candidates, p.ballots(), tally.Settings{})
			checkPairs(t, p, wv.Duels)
			expectSet(t, "Schulze, winning votes", wv.Tied, p.Expected.WinningVotes)
			m := count(t, tally.Schulze, p.Candidates, p.ballots(), tally.Settings{Strength: tally.Margins})
			expectSet(t, "Schulze, margins", m.Tied, p.Expected.Margins)
			for _, o := range p.Candidates {
				// Where several share the first place the tables count nobody, and we give each a part.
				if f := figure(wv, o); p.Expected.Firsts != nil && !p.shared() && f.Votes != p.Expected.Firsts[o] {
					t.Errorf("%s has %v first places, want %v", o, f.Votes, p.Expected.Firsts[o])
				}
			}
			var rp []string
			if json.Unmarshal(p.Expected.PrefVoting.RankedPairs, &rp) == nil && len(rp) > 0 {
				if checkRankedPairs(t, p, rp) {
					same++
				}
			}
		})
	}
	t.Logf("%d profiles; ranked pairs reaches every expected winner by some tie order in %d", len(all), same)
}

func checkPairs(t *testing.T, p profile, d *tally.Duels) {
	t.Helper()
	if p.Expected.Pairwise == nil {
		return // left out of the table where there are many options
	}
	for i, a := range d.Options {
		for j, b := range d.Options {
			if d.Prefer[i][j] != p.Expected.Pairwise[a][b] {
				t.Errorf("%d prefer %s to %s, want %d", d.Prefer[i][j], a, b, p.Expected.Pairwise[a][b])
			}
		}
	}
	want := ""
	if p.Expected.Condorcet != nil {
		want = *p.Expected.Condorcet
	}
	if d.Condorcet != want {
		t.Errorf("Condorcet winner %q, want %q", d.Condorcet, want)
	}
}

// checkRankedPairs counts with tie orders in which each option leads: each winner
// must be one that some way of breaking ties elects. It says whether all were met.
func checkRankedPairs(t *testing.T, p profile, want []string) bool {
	t.Helper()
	met := map[string]bool{}
	try := func(order []string) {
		r := count(t, tally.RankedPairs, p.Candidates, p.ballots(), tally.Settings{Strength: tally.Margins, Order: order})
		met[r.Winners[0]] = true
		if !slices.Contains(want, r.Winners[0]) {
			t.Errorf("ranked pairs by %v elects %s, want one of %v", order, r.Winners[0], want)
		}
	}
	if len(p.Candidates) <= 5 {
		permutations(p.Candidates, try)
	} else {
		for seed := range 50 {
			try(tally.Order(fmt.Sprint(seed), p.Candidates))
		}
	}
	return len(met) == len(want)
}

func permutations(all []string, visit func([]string)) {
	var walk func(head, rest []string)
	walk = func(head, rest []string) {
		if len(rest) == 0 {
			visit(head)
		}
		for i := range rest {
			others := slices.Delete(slices.Clone(rest), i, i+1)
			walk(append(slices.Clone(head), rest[i]), others)
		}
	}
	walk(nil, all)
}

func figure(r tally.Result, option string) tally.Figure {
	i := slices.IndexFunc(r.Figures, func(f tally.Figure) bool { return f.Option == option })
	return r.Figures[i]
}

func expectSet(t testing.TB, what string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
