package decisions_test

import (
	"encoding/json"
	"testing"

	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/db"
)

// asking is a decision of a kind with three options.
func asking(k decisions.Kind) *decisions.Decision {
	d := &decisions.Decision{Kind: k}
	d.Options = db.JSON[[]decisions.Option]{V: []decisions.Option{{Key: "A", Name: "Anchor"}, {Key: "B", Name: "Blue boat"}, {Key: "C", Name: "2"}}}
	d.Rules.V.Most = 5
	return d
}

func TestAFirstLineIsABallot(t *testing.T) {
	for _, c := range []struct {
		kind decisions.Kind
		line string
		want string // JSON, or "" for none; "!" for a sentence
	}{
		{decisions.Majority, "blue boat", `{"choice":"B"}`},
		{decisions.Majority, "1.", `{"choice":"A"}`},
		{decisions.Majority, "2", `{"choice":"C"}`}, // a name goes before a number
		{decisions.Majority, "b: it floats", `{"choice":"B","reason":"it floats"}`},
		{decisions.Majority, "abstain", `{"abstain":true}`},
		{decisions.Majority, "Hello there", ``},
		{decisions.Consent, "Consent.", `{"choice":"consent"}`},
		{decisions.Consent, "object: it sinks", `{"choice":"object","reason":"it sinks"}`},
		{decisions.Consent, "Let me think", ``},
		{decisions.Approval, "A, C and blue boat", `{"approved":["A","C","B"]}`},
		{decisions.Approval, "A, D", ``},
		{decisions.Ranked, "B > A > C", `{"ranking":[["B"],["A"],["C"]]}`},
		{decisions.Ranked, "3, 1", `{"ranking":[["C"],["A"]]}`},
		{decisions.Ranked, "B > A = C", `{"ranking":[["B"],["A","C"]]}`},
		{decisions.Ranked, "B > A > X", `!`},
		{decisions.Ranked, "I will, perhaps, soon", ``},
		{decisions.Score, "A 4, blue boat: 2", `{"scores":{"A":4,"B":2}}`},
		{decisions.Dots, "A=3", `{"scores":{"A":3}}`},
		{decisions.Score, "A 4, rubbish", `!`},
		{decisions.Time, "A yes, B if need be, C no", `{"scores":{"A":2,"B":1,"C":0}}`},
		{decisions.Time, "a, c", `{"scores":{"A":2,"C":2}}`},
	} {
		m, ok, err := asking(c.kind).Read(c.line, "")
		b, _ := json.Marshal(m)
		got := string(b)
		switch {
		case err != nil:
			got = "!"
		case !ok:
			got = ""
		}
		if got != c.want {
			t.Errorf("%s, %q: got %s, want %s", c.kind, c.line, got, c.want)
		}
	}
}

// Whatever somebody writes, what is read as a ballot names options that there are.
func FuzzFirstLine(f *testing.F) {
	for _, line := range []string{"B > A = C", "A 4, B 2", "A yes, B if need be", "object: x", "2, 1", "1 - because", ">>=,", "\xff: 9"} {
		f.Add(line, "rest")
	}
	kinds := []decisions.Kind{decisions.Majority, decisions.Consent, decisions.Approval, decisions.Ranked, decisions.Score, decisions.Dots, decisions.Time, decisions.Advice}
	f.Fuzz(func(t *testing.T, line, rest string) {
		for _, k := range kinds {
			d := asking(k)
			m, ok, err := d.Read(line, rest)
			if err != nil || !ok {
				continue
			}
			keys := append([]string{}, m.Approved...)
			for _, g := range m.Ranking {
				keys = append(keys, g...)
			}
			for key := range m.Scores {
				keys = append(keys, key)
			}
			if k == decisions.Majority && !m.Abstain {
				keys = append(keys, m.Choice)
			}
			for _, key := range keys {
				if _, there := d.Option(key); !there {
					t.Errorf("%s, %q names %q", k, line, key)
				}
			}
			_ = d.Spoken(m, nil)
		}
	})
}
