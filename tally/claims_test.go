package tally_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"example.org/meantime/tally"
)

// ours is which of our methods another program's method is; those we do not
// have are not counted here.
var ours = map[string]struct {
	method   tally.Method
	strength tally.Strength
}{
	"Borda Count":          {tally.Borda, ""},
	"InstantRunoff":        {tally.InstantRunoff, ""},
	"Fptp":                 {tally.Plurality, ""},
	"STV":                  {tally.STV, ""},
	"Schulze Winning":      {tally.Schulze, tally.WinningVotes},
	"Schulze Margin":       {tally.Schulze, tally.Margins},
	"Ranked Pairs Winning": {tally.RankedPairs, tally.WinningVotes},
	"Ranked Pairs Margin":  {tally.RankedPairs, tally.Margins},
	"getCondorcetWinner":   {tally.Schulze, ""},
	"getWinner":            {tally.Schulze, ""},
	"IRV":                  {tally.InstantRunoff, ""},
	"Plurality":            {tally.Plurality, ""},
	"SchulzeMethod":        {tally.Schulze, ""},
	"RankedPairs":          {tally.RankedPairs, ""},
}

// known are the claims with which we differ, and why; docs/voting.md tells it
// at length. One that no longer differs fails the test.
var known = map[string]string{
	"SingleTransferableVoteTest result alternative quotas4: STV ranking": "the claim is for the quota 25 of Hagenbach-Bischoff; by Droop's 26 the same three are elected, Scott before Andrea",
	"InstantRunoffTest result 4: InstantRunoff ranking":                  "one ballot that calls all three equal: we exclude one by the tie order and see a tie between two",
	"test_stv test_stv_single_ballot: STV output":                        "one ballot, three seats: that program hands the used ballot out again, with us the tie order fills the other seats",
	"v114: STV output":                  "the same case",
	"v020: STV ranking":                 "the profile leaves out that one ballot counts four times",
	"v024: STV ranking":                 "the profile leaves out the weights",
	"v082: Fptp ranking":                "the profile leaves out the weights",
	"v026: Ranked Pairs Winning winner": "the claim is for ballots whose unranked options say nothing; the profile's own answer, with them last, is ours",
}

func TestClaimsOfOtherPrograms(t *testing.T) {
	met := map[string]bool{}
	var agreed, differed, unknown, others int
	for _, e := range slices.Concat(phpElections(t), coreElections(t), publishedElections(t)) {
		for i, c := range e.claims {
			m, ok := ours[method(c.call)]
			switch {
			case !ok:
				others++
				continue
			case c.want == nil:
				unknown++
				continue
			}
			key := fmt.Sprintf("%s: %s %s", e.name, method(c.call), c.subject)
			bad := compare(t, e, c, m.method, m.strength)
			switch {
			case bad == notCompared:
				others++
			case bad == "":
				agreed++
			case known[key] != "":
				differed++
				met[key] = true
			default:
				t.Errorf("%s (%d): %s", key, i, bad)
			}
		}
	}
	for key := range known {
		if !met[key] {
			t.Errorf("%s: it no longer differs", key)
		}
	}
	t.Logf("%d claims agree, %d differ and are explained, %d have a variable for an answer, %d are of methods or parts we do not have", agreed, differed, unknown, others)
}

func method(call string) string {
	name, _, _ := strings.Cut(call, "(")
	return name
}

// notCompared is said of parts of an output that we do not have, such as the
// length of a random tie order.
const notCompared = "not compared"

// compare counts, and says in what we differ.
func compare(t *testing.T, e election, c claim, m tally.Method, s tally.Strength) string {
	ballots := e.ballots
	set := tally.Settings{Strength: s, Seats: e.seats, Order: e.options}
	if m == tally.Plurality {
		return comparePlurality(e, c)
	}
	if m != tally.STV {
		set.Seats = 1
	}
	r := count(t, m, e.options, ballots, set)
	if places, ok := c.want.([][]string); ok {
		return comparePHP(e, c, r, places)
	}
	return compareCore(c, r)
}

// comparePlurality counts first places, of which Figures tell.
func comparePlurality(e election, c claim) string {
	r, err := tally.Count(tally.Borda, e.options, e.ballots, tally.Settings{})
	if err != nil {
		return err.Error()
	}
	firsts := map[string]float64{}
	top, places := 0.0, [][]string{}
	for _, f := range r.Figures {
		firsts[f.Option] = f.Votes
		top = max(top, f.Votes)
	}
	sorted := slices.SortedFunc(slices.Values(e.options), func(a, b string) int {
		return int(2e6*firsts[b]) - int(2e6*firsts[a])
	})
	for i, o := range sorted {
		if i > 0 && firsts[o] == firsts[sorted[i-1]] {
			places[len(places)-1] = append(places[len(places)-1], o)
		} else {
			places = append(places, []string{o})
		}
	}
	if want, ok := c.want.([][]string); ok {
		return differ(places, want)
	}
	return compareCore(c, tally.Result{Tied: places[0], Winners: places[0][:1], Figures: r.Figures})
}

func comparePHP(e election, c claim, r tally.Result, want [][]string) string {
	switch {
	case method(c.call) == "getCondorcetWinner" || method(c.call) == "getWinner":
		if got := r.Duels.Condorcet; len(want) == 0 && got != "" || len(want) > 0 && got != want[0][0] {
			return fmt.Sprintf("Condorcet winner %q, want %v", got, want)
		}
		return ""
	case c.subject == "winner" && r.Method == tally.RankedPairs:
		if !slices.Contains(want[0], r.Winners[0]) {
			return fmt.Sprintf("got %v, want %v", r.Winners, want)
		}
		return ""
	case c.subject == "winner":
		return differ([][]string{r.Tied}, want)
	case r.Method == tally.STV: // that library lists only who is elected
		var got [][]string
		for _, w := range r.Winners {
			got = append(got, []string{w})
		}
		return differ(got, want)
	}
	var got [][]string
	for _, p := range r.Places {
		got = append(got, p.Options)
	}
	return differ(got, want)
}

func differ(got, want [][]string) string {
	sorted := func(all [][]string) string {
		var out []string
		for _, g := range all {
			out = append(out, strings.Join(slices.Sorted(slices.Values(g)), "="))
		}
		return strings.Join(out, " > ")
	}
	if g, w := sorted(got), sorted(want); g != w {
		return fmt.Sprintf("got %s, want %s", g, w)
	}
	return ""
}

// coreOutput is what python-vote-core is told to answer; each part that is
// there is compared.
type coreOutput struct {
	Winner      string
	Winners     set
	TiedWinners set `json:"tied_winners"`
	Quota       int64
	Tallies     map[string]float64
	Pairs       map[string]int64
	Rounds      []struct {
		Tallies map[string]float64
		Winner  string
		Winners set
		Loser   string
		Pair    []string
		Action  string
		Note    string
	}
}

type set []string

func (s *set) UnmarshalJSON(b []byte) error {
	var v struct{ Set []string }
	err := json.Unmarshal(b, &v)
	*s = v.Set
	return err
}

func compareCore(c claim, r tally.Result) string {
	want := c.want
	if part, ok := strings.CutPrefix(c.subject, "output['"); ok && !strings.Contains(part, "[0]") && !strings.Contains(part, "[1]") {
		want = map[string]any{strings.TrimSuffix(part, "']"): want}
	} else if c.subject != "output" {
		return comparePart(c, r)
	}
	if m, ok := want.(map[string]any); ok && len(m) == 1 && (m["candidates"] != nil || m["strong_pairs"] != nil) {
		return notCompared
	}
	b, _ := json.Marshal(want)
	var w coreOutput
	if err := json.Unmarshal(b, &w); err != nil {
		return notCompared
	}
	var bad []string
	check := func(ok bool, format string, args ...any) {
		if !ok {
			bad = append(bad, fmt.Sprintf(format, args...))
		}
	}
	check(w.Winner == "" || r.Winners[0] == w.Winner, "winner %v, want %s", r.Winners, w.Winner)
	check(w.Winners == nil || same(r.Winners, w.Winners), "winners %v, want %v", r.Winners, w.Winners)
	check(w.TiedWinners == nil || same(r.Tied, w.TiedWinners), "tied %v, want %v", r.Tied, w.TiedWinners)
	check(w.Quota == 0 || r.Needed == w.Quota, "quota %d, want %d", r.Needed, w.Quota)
	for o, v := range w.Tallies {
		check(figure(r, o).Votes == v, "%s has %v, want %v", o, figure(r, o).Votes, v)
	}
	if r.Duels != nil {
		for i, a := range r.Duels.Options {
			for j, b := range r.Duels.Options {
				v, ok := w.Pairs[a+"|"+b]
				check(!ok || r.Duels.Prefer[i][j] == v, "%s|%s %d, want %d", a, b, r.Duels.Prefer[i][j], v)
			}
		}
	}
	for i, round := range w.Rounds {
		switch {
		case round.Pair != nil:
			p := r.Duels.Pairs[i]
			check(p.Winner == round.Pair[0] && p.Loser == round.Pair[1] && p.Locked == (round.Action == "added"), "pair %d is %+v, want %+v", i, p, round)
		case i >= len(r.Rounds):
			check(false, "%d rounds, want %d", len(r.Rounds), len(w.Rounds))
		default:
			got := r.Rounds[i]
			for _, h := range got.Votes {
				check(h.Elected || h.Votes == round.Tallies[h.Option], "round %d: %s has %v, want %v", i+1, h.Option, h.Votes, round.Tallies[h.Option])
			}
			check(round.Loser == "" || slices.Equal(got.Excluded, []string{round.Loser}), "round %d: %v leaves, want %s", i+1, got.Excluded, round.Loser)
			check(round.Winners == nil || same(got.Elected, round.Winners), "round %d: %v elected, want %v", i+1, got.Elected, round.Winners)
		}
	}
	return strings.Join(bad, "; ")
}

// comparePart reads the few claims about single rounds.
func comparePart(c claim, r tally.Result) string {
	switch c.subject {
	case "len(output['rounds'])":
		return differ([][]string{{fmt.Sprint(len(r.Rounds))}}, [][]string{{fmt.Sprint(c.want)}})
	case "output['rounds'][0]['tied_losers']":
		return differ([][]string{r.Ties[0].Options}, [][]string{{"c2", "c3"}})
	case "output['rounds'][0]['tallies']":
		for o, v := range c.want.(map[string]any) {
			if i := slices.IndexFunc(r.Rounds[0].Votes, func(h tally.Held) bool { return h.Option == o }); r.Rounds[0].Votes[i].Votes != v {
				return fmt.Sprintf("%s has %v, want %v", o, r.Rounds[0].Votes[i].Votes, v)
			}
		}
		return ""
	default:
		return notCompared
	}
}

func same(a []string, b set) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// publishedElections are the claims that stand beside the profiles.
func publishedElections(t testing.TB) []election {
	var profiles []profile
	corpus(t, "profiles_with_expected.json", &profiles)
	var all []election
	for _, p := range profiles {
		e := election{name: p.ID, options: p.Candidates, ballots: p.ballots(), seats: 1}
		var php []phpClaim
		var core []coreClaim
		var meta struct{ Seats int }
		if json.Unmarshal(p.Published, &php) == nil && len(php) > 0 && php[0].Fn != "" {
			for _, x := range php {
				e.claims = append(e.claims, x.claim())
			}
		} else if json.Unmarshal(p.Published, &core) == nil {
			for _, x := range core {
				if _, n, ok := strings.Cut(x.Call, "required_winners="); ok {
					e.seats = int(n[0] - '0')
				}
				e.claims = append(e.claims, x.claim())
			}
		} else if json.Unmarshal(p.Published, &meta) == nil {
			e.seats = max(1, meta.Seats)
		}
		for _, c := range e.claims { // the profiles leave out how many seats those tests fill
			if places, ok := c.want.([][]string); ok && c.call == "STV" {
				e.seats = len(places)
			}
		}
		all = append(all, e)
	}
	return all
}
