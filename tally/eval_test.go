package tally_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"example.org/meantime/tally"
)

func TestEval(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{
			"a count", `[{"id":7,"method":"plurality","options":["a","b"],"ballots":[{"choices":["a"]},{"choices":["x"]},{}],"settings":{"order":["b","a"]}}]`,
			`[{"id":7,"result":{"method":"plurality","outcome":"decided","winners":["a"],"tied":["a"],"places":[{"rank":1,"options":["a"]},{"rank":2,"options":["b"]}],"order":["b","a"],` +
				`"turnout":{"counted":1,"blank":1,"rejected":1,"reached":true},"rejected":[{"ballot":1,"weight":1,"reason":"unknown_option","message":"\"x\" is not an option of this vote."}],` +
				`"figures":[{"option":"a","votes":1,"total":1},{"option":"b","votes":0,"total":0}]}}]`,
		},
		{
			"a bad case does not stop the others", `[{"id":1,"method":"guess","options":["a"]},3,{"id":"x","method":"plurality","options":["a"],"settings":{"sets":2}},{"method":"score","options":["a"],"ballots":[{"scores":{"a":"5"}}]}]`,
			`[{"id":1,"error":{"code":"invalid","message":"method: \"guess\" is not a method of counting. Use one of plurality, majority, approval, score, borda, instant_runoff, schulze, ranked_pairs, stv, consent, sense_check, dots, points, likes, scale, impact_effort, times."}},` +
				`{"error":{"code":"invalid","message":"A case is a JSON object with a method, options, ballots and settings: json: cannot unmarshal number into Go value of type tally.Case."}},` +
				`{"id":"x","error":{"code":"invalid","message":"A case is a JSON object with a method, options, ballots and settings: json: unknown field \"sets\"."}},` +
				`{"error":{"code":"invalid","message":"ballots.scores: A string does not belong here."}}]`,
		},
		{"nothing to count", `[]`, `[]`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := tally.Eval(strings.NewReader(tc.in), &out); err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(out.String()); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
		})
	}
}

func TestEvalRefusesWhatIsNotAnArray(t *testing.T) {
	for _, in := range []string{"", "{}", "[", `[{]`, "[] []"} {
		var out bytes.Buffer
		if err := tally.Eval(strings.NewReader(in), &out); err == nil || out.Len() > 0 {
			t.Errorf("%q: got %v and %q, want an error and nothing written", in, err, out.String())
		}
	}
}

func TestARankingIsReadHoweverItIsWritten(t *testing.T) {
	for in, want := range map[string][]tally.Equals{
		`["a",["b","c"],[]]`:          {{"a"}, {"b", "c"}, {}},
		`[ "a" , [ "b" ,"c" ] ]`:      {{"a"}, {"b", "c"}},
		`["[a],\" ", ["\u0062","é"]]`: {{`[a]," `}, {"b", "é"}},
		`["[a, b]", ["],["]]`:         {{"[a, b]"}, {"],["}},
		"[[\"a\",\n\t\"b\"],null]":    {{"a", "b"}, nil},
	} {
		var b tally.Ballot
		if err := json.Unmarshal([]byte(`{"rank":`+in+`}`), &b); err != nil || !reflect.DeepEqual(b.Rank, want) {
			t.Errorf("%s: got %q and %v, want %q", in, b.Rank, err, want)
		}
	}
	for _, in := range []string{`[3]`, `[["a",["b"]]]`, `[{"a":1}]`, `["a",true]`, `[["a",null,7]]`} {
		var b tally.Ballot
		if err := json.Unmarshal([]byte(`{"rank":`+in+`}`), &b); err == nil {
			t.Errorf("%s is read as %q", in, b.Rank)
		}
	}
}

// A ballot from outside never stops a count, and what is counted adds up.
func FuzzBallots(f *testing.F) {
	f.Add("stv", `[{"rank":["a",["b","c"],[]],"weight":3},{"rank":["c","c"]}]`, 2)
	f.Add("score", `[{"scores":{"a":5,"b":-1}},{"scores":{"a":9223372036854775807}}]`, 1)
	f.Add("impact_effort", `[{"scores":{"a":5},"effort":{"a":1}},{"effort":{"b":2}}]`, 1)
	f.Add("plurality", `[{"choices":["a"],"weight":-1},null,{"weight":1000000000,"choices":["b"]}]`, 3)
	f.Add("ranked_pairs", `[{"rank":["a","b","c"]},{"rank":["b","c","a"]},{"rank":["c","a","b"]}]`, 1)
	f.Fuzz(func(t *testing.T, method, text string, seats int) {
		var ballots []tally.Ballot
		if json.Unmarshal([]byte(text), &ballots) != nil {
			return
		}
		options := []string{"a", "b", "c", "d"}
		r, err := tally.Count(tally.Method(method), options, ballots, tally.Settings{Seats: seats})
		if err != nil {
			return
		}
		rejected := map[int]bool{}
		for _, x := range r.Rejected {
			rejected[x.Ballot] = true
		}
		var sum int64
		for i, b := range ballots {
			if !rejected[i] {
				sum += max(1, b.Weight)
			}
		}
		if got := r.Turnout.Counted + r.Turnout.Blank; got != sum {
			t.Errorf("%d counted or blank, want %d", got, sum)
		}
		if len(r.Winners) > max(1, seats) || (len(r.Winners) == 0) == (r.Outcome == tally.Decided) {
			t.Errorf("%s with winners %v for %d seats", r.Outcome, r.Winners, seats)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Error(err)
		}
	})
}
