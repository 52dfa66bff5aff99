package tally_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example.org/meantime/tally"
)

// corpus opens a file of ballots from the test data that MEANTIME_CORPUS names.
func corpus(t testing.TB, name string, into any) {
	t.Helper()
	dir := os.Getenv("MEANTIME_CORPUS")
	if dir == "" {
		t.Skip("set MEANTIME_CORPUS to the folder of test data to run this")
	}
	b, err := os.ReadFile(filepath.Join(dir, "voting", name))
	if os.IsNotExist(err) {
		t.Skipf("%s is not in the test data", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// election is one case of any of the files.
type election struct {
	name    string
	options []string
	ballots []tally.Ballot
	seats   int
	claims  []claim
}

// claim is what another program is told to answer.
type claim struct {
	call    string // the method, as that program calls it
	subject string // winner, ranking, or a part of the output
	want    any
}

type phpCase struct {
	Source, Name string
	Candidates   []string
	Seats        int
	Votes        []string
	Expectations []phpClaim
}

type phpClaim struct {
	Fn, Field, Expected string
	Method              *string
	Neg                 bool
}

func (p phpClaim) claim() claim {
	c := claim{call: p.Fn, subject: "winner"}
	if p.Method != nil {
		c.call = *p.Method
	}
	if p.Fn == "getResult" {
		c.subject = "ranking"
	}
	c.want = phpValue(p.Expected)
	return c
}

var phpToken = regexp.MustCompile(`'((?:[^'\\]|\\.)*)'|\[|\]|\d+ *=>|,`)

// phpValue reads 'A', ['A', 'B'] or [1 => 'A', 2 => ['B', 'C']] as places. What
// is a variable of the test there is nil.
func phpValue(s string) any {
	if strings.Contains(s, "$") {
		return nil
	}
	var places [][]string
	depth, keyed := 0, strings.Contains(s, "=>")
	for _, tok := range phpToken.FindAllStringSubmatch(s, -1) {
		switch {
		case tok[0] == "[":
			depth++
			if keyed && depth == 2 {
				places = append(places, nil)
			}
		case tok[0] == "]":
			depth--
		case tok[0][0] == '\'' && (len(places) == 0 || keyed && depth < 2):
			places = append(places, []string{tok[1]})
		case tok[0][0] == '\'':
			places[len(places)-1] = append(places[len(places)-1], tok[1])
		}
	}
	return places
}

var phpLine = regexp.MustCompile(`^(.*?)(?:\^\s*(\d+))?\s*(?:\*\s*(\d+))?$`)

// phpBallots reads "A > B = C ^ weight * count" by line or semicolon. Options
// that are none of the case's are not read, as that library does.
func phpBallots(votes []string, options map[string]bool) []tally.Ballot {
	var all []tally.Ballot
	for _, line := range strings.FieldsFunc(strings.Join(votes, "\n"), func(r rune) bool { return r == '\n' || r == ';' }) {
		m := phpLine.FindStringSubmatch(strings.TrimSpace(line))
		b := tally.Ballot{Weight: 1}
		for _, n := range m[2:] {
			if k, err := strconv.ParseInt(n, 10, 64); err == nil {
				b.Weight *= k
			}
		}
		for _, place := range strings.Split(m[1], ">") {
			var equals tally.Equals
			for _, o := range strings.Split(place, "=") {
				if o = strings.TrimSpace(o); options[o] {
					equals = append(equals, o)
				}
			}
			b.Rank = append(b.Rank, equals)
		}
		all = append(all, b)
	}
	return all
}

func phpElections(t testing.TB) []election {
	var cases []phpCase
	corpus(t, "condorcet_php_cases.json", &cases)
	var all []election
	for _, c := range cases {
		e := election{name: base(c.Source) + " " + c.Name, seats: max(1, c.Seats)}
		known := map[string]bool{}
		for _, list := range c.Candidates {
			for _, o := range strings.Split(list, ";") {
				e.options = append(e.options, o)
				known[o] = true
			}
		}
		e.ballots = phpBallots(c.Votes, known)
		for _, x := range c.Expectations {
			e.claims = append(e.claims, x.claim())
		}
		all = append(all, e)
	}
	return all
}

func base(source string) string {
	parts := strings.FieldsFunc(source, func(r rune) bool { return r == '/' || r == ' ' })
	return strings.TrimSuffix(strings.TrimSuffix(parts[len(parts)-1], ".php"), ".py")
}

type coreClaim struct {
	Call, Subject string
	Expected      any
}

func (c coreClaim) claim() claim { return claim{c.Call, c.Subject, c.Expected} }

func coreElections(t testing.TB) []election {
	var cases []struct {
		Source, Name, Call string
		Ballots            json.RawMessage
		Expectations       []coreClaim
	}
	corpus(t, "votecore_cases.json", &cases)
	var all []election
	for _, c := range cases {
		e := election{name: base(c.Source) + " " + c.Name, seats: 1}
		if _, n, ok := strings.Cut(c.Call, "required_winners="); ok {
			e.seats, _ = strconv.Atoi(n[:1])
		}
		seen := map[string]bool{}
		var ballots []struct {
			Count  int64
			Ballot json.RawMessage
		}
		_ = json.Unmarshal(c.Ballots, &ballots) // some are graphs, of methods we do not have
		for _, b := range ballots {
			rank := coreRank(b.Ballot)
			e.ballots = append(e.ballots, tally.Ballot{Weight: b.Count, Rank: rank})
			for _, place := range rank {
				for _, o := range place {
					if !seen[o] {
						seen[o] = true
						e.options = append(e.options, o)
					}
				}
			}
		}
		for _, x := range c.Expectations {
			x.Call = c.Call
			e.claims = append(e.claims, x.claim())
		}
		all = append(all, e)
	}
	return all
}

// coreRank reads a ranking: a list, a list of lists, an option alone, or a map
// from option to place.
func coreRank(raw json.RawMessage) []tally.Equals {
	var list []tally.Equals
	var places map[string]int
	var one string
	switch {
	case json.Unmarshal(raw, &list) == nil:
	case json.Unmarshal(raw, &one) == nil:
		list = tally.Ranking(one)
	case json.Unmarshal(raw, &places) == nil:
		list = make([]tally.Equals, 20)
		for o, p := range places {
			list[p] = append(list[p], o)
		}
	}
	return list
}

// profile is a case whose pairs and winners were checked by two programs.
type profile struct {
	ID, Source, Name string
	Candidates       []string
	Ballots          []struct {
		Count   int64
		Ranking []tally.Equals
	}
	Published json.RawMessage
	Expected  struct {
		Condorcet    *string                     `json:"condorcet_winner"`
		Pairwise     map[string]map[string]int64 `json:"pairwise"`
		WinningVotes []string                    `json:"schulze_winning_votes"`
		Margins      []string                    `json:"schulze_margins"`
		Firsts       map[string]float64          `json:"first_choice"`
		PrefVoting   struct {
			RankedPairs json.RawMessage `json:"ranked_pairs_margins"`
		} `json:"pref_voting"`
	}
}

func (p profile) ballots() []tally.Ballot {
	var all []tally.Ballot
	for _, b := range p.Ballots {
		all = append(all, tally.Ballot{Weight: b.Count, Rank: b.Ranking})
	}
	return all
}

// shared says whether options share the first place of a ballot.
func (p profile) shared() bool {
	for _, b := range p.Ballots {
		if len(b.Ranking) > 0 && len(b.Ranking[0]) > 1 {
			return true
		}
	}
	return false
}
