package decisions

import (
	"slices"

	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/tally"
)

// Result is what a count found, and what silence counted as.
type Result struct {
	Entitled int          `json:"entitled"`
	Voted    int          `json:"voted"`
	Silent   int          `json:"silent"`
	SilentAs string       `json:"silent_as,omitempty"` // consent, abstain or decider
	Unopened string       `json:"unopened,omitempty"`  // few or lost: of an anonymous vote that was not counted
	Missing  int          `json:"missing,omitempty"`   // voted, and no ballot was found of them
	Count    tally.Result `json:"count"`

	// Of a sense check: how people lie over its words, 0 for the first.
	Spread *tally.Spread `json:"spread,omitempty"`
}

// count counts ballots by the rules of the decision; the silent count in the end alone.
func (d *Decision) count(entitled int, ballots []Ballot, final bool) (Result, error) {
	r := d.Rules.V
	out := Result{Entitled: entitled, Voted: len(ballots)}
	out.Silent = max(0, out.Entitled-out.Voted)
	method, set := d.method()
	set.Seed, set.Seats, set.Entitled = d.Seed, r.Seats, int64(out.Entitled)
	set.Quorum = int64((out.Entitled*r.Quorum + 99) / 100)
	given := make([]tally.Ballot, 0, out.Entitled)
	for _, b := range ballots {
		given = append(given, d.marked(b.Marks))
	}
	if final {
		switch r.Silence {
		case SilenceConsent:
			given, out.SilentAs = append(given, silent(out.Silent, tally.Ballot{Choices: []string{"agree"}})...), SilenceConsent
		case SilenceAbstain:
			given, out.SilentAs = append(given, silent(out.Silent, tally.Ballot{})...), SilenceAbstain
		case SilenceDecider:
			out.SilentAs = SilenceDecider
		}
	}
	options := make([]string, len(d.Options.V))
	for i, o := range d.Options.V {
		options[i] = o.Key
	}
	if d.Kind == Advice {
		return out, nil
	}
	var err error
	if out.Count, err = tally.Count(method, options, given, set); err != nil {
		return out, fault.New(fault.Invalid, "count", err.Error())
	}
	if d.Kind == SenseCheck {
		return out, out.measure(options, given)
	}
	return out, nil
}

// measure makes of a count by words what a sense check tells: how many are where, and
// whether they agree. Nothing was to be chosen: no word is first, and there are no ties.
// The words are read as a scale, in the order in which they stand.
func (r *Result) measure(options []string, given []tally.Ballot) error {
	c := &r.Count
	c.Winners, c.Outcome, c.Places, c.Ties = []string{}, tally.Measured, []tally.Place{}, nil
	low, high := int64(0), int64(len(options)-1)
	where := make([]tally.Ballot, 0, len(given))
	for _, b := range given {
		if len(b.Choices) == 1 {
			where = append(where, tally.Ballot{Weight: b.Weight, Scores: map[string]int64{scale: int64(slices.Index(options, b.Choices[0]))}})
		}
	}
	m, err := tally.Count(tally.SenseCheck, []string{scale}, where, tally.Settings{Min: &low, Max: &high})
	if err != nil {
		return fault.New(fault.Invalid, "count", err.Error())
	}
	r.Spread = m.Figures[0].Spread
	return nil
}

const scale = "scale"

func silent(n int, b tally.Ballot) []tally.Ballot {
	if n == 0 {
		return nil
	}
	b.Weight = int64(n)
	return []tally.Ballot{b}
}

// method is how a kind is counted.
func (d *Decision) method() (tally.Method, tally.Settings) {
	r := d.Rules.V
	most := int64(r.Most)
	switch d.Kind {
	case Consent:
		return tally.Consent, tally.Settings{}
	case Majority:
		if r.Share != MostVotes {
			return tally.Majority, tally.Settings{Share: tally.Share(r.Share)}
		}
	case Approval:
		return tally.Approval, tally.Settings{}
	case Score:
		return tally.Score, tally.Settings{Max: &most}
	case Dots:
		return tally.Dots, tally.Settings{Budget: most}
	case Ranked:
		return tally.Method(r.Method), tally.Settings{}
	case Time:
		return tally.Times, tally.Settings{}
	}
	return tally.Plurality, tally.Settings{}
}

// stances are the words of consent as they are counted.
var stances = map[string]string{Agree: "agree", Concern: "concern", Object: "objection"}

// marked is a ballot as it is counted.
func (d *Decision) marked(m Marks) tally.Ballot {
	var b tally.Ballot
	switch {
	case m.Abstain && d.Kind == Consent:
		b.Choices = []string{"abstain"}
	case m.Abstain:
	case d.Kind == Consent:
		b.Choices = []string{stances[m.Choice]}
	case m.Choice != "":
		b.Choices = []string{m.Choice}
	case len(m.Approved) > 0:
		b.Choices = m.Approved
	case len(m.Scores) > 0:
		b.Scores = make(map[string]int64, len(m.Scores))
		for k, n := range m.Scores {
			b.Scores[k] = int64(n)
		}
	}
	for _, group := range m.Ranking {
		b.Rank = append(b.Rank, tally.Equals(group))
	}
	return b
}
