// Package tally counts ballots: it takes a method, options, ballots and a few
// settings, and answers who won, how that came about in steps a screen can
// draw, which ballots could not be counted and why, and where a tie was met
// and how it was broken. It does no I/O, reads no clock, knows no people, and
// is safe for concurrent use. The same input gives the same result on every
// machine, whatever the order of the ballots.
//
// One tie rule serves every method: an order of the options is drawn from a
// seed before anybody votes (Order), and whenever two options are equal where
// one must go first, the one that stands earlier in that order does.
package tally

import (
	"fmt"
	"slices"
)

// Method is a way of counting. About tells people what each does.
type Method string

// The methods. Each is documented where it is counted, and in Methods.
const (
	Plurality     Method = "plurality"
	Majority      Method = "majority"
	Approval      Method = "approval"
	Score         Method = "score"
	Borda         Method = "borda"
	InstantRunoff Method = "instant_runoff"
	Schulze       Method = "schulze"
	RankedPairs   Method = "ranked_pairs"
	STV           Method = "stv"
	Consent       Method = "consent"
	SenseCheck    Method = "sense_check"
	Dots          Method = "dots"
	Points        Method = "points"
	Likes         Method = "likes"
	Scale         Method = "scale"
	ImpactEffort  Method = "impact_effort"
	Times         Method = "times"
)

// What one count takes at most. Beyond it Count answers an InvalidError.
const (
	MaxOptions = 500
	MaxVotes   = 1_000_000_000 // the sum of the weights of all ballots
	MaxScale   = 1000          // no score lies further from zero
)

// InvalidError says what is wrong with the question, not with a ballot, in a
// sentence fit for people.
type InvalidError struct{ Field, Message string }

func (e *InvalidError) Error() string {
	if e.Field == "" {
		return e.Message
	}
	return e.Field + ": " + e.Message
}

func invalid(field, format string, args ...any) error {
	return &InvalidError{Field: field, Message: fmt.Sprintf(format, args...)}
}

// Count counts ballots over options, which are ids of the caller's choosing.
// A ballot that breaks a rule is left out and listed in Result.Rejected; it
// never fails the count. An *InvalidError means that the method, the options
// or the settings themselves make no sense.
func Count(m Method, options []string, ballots []Ballot, s Settings) (Result, error) {
	run, ok := counts[m]
	if !ok {
		return Result{}, invalid("method", "%q is not a method of counting. Use one of %s.", m, names())
	}
	if m == Consent && len(options) == 0 {
		options = Stances()
	}
	c, err := begin(m, options, s)
	if err != nil {
		return Result{}, err
	}
	if err := checkWeights(ballots); err != nil {
		return Result{}, err
	}
	run(c, ballots)
	return c.res, nil
}

var counts = map[Method]func(*counter, []Ballot){
	Plurality: plurality, Majority: majority, Approval: approval, Consent: consent,
	Score: score, SenseCheck: senseCheck, Dots: dots, Points: dots, Likes: balance, Scale: balance,
	ImpactEffort: impactEffort, Times: times,
	Borda: borda, InstantRunoff: instantRunoff, Schulze: schulze, RankedPairs: rankedPairs, STV: stv,
}

// counter is one count under way. Inside, an option is its place in the tie
// order, so that of two equals the smaller number goes first.
type counter struct {
	Settings
	method Method
	given  []string       // the options as the caller lists them
	order  []string       // the options in the tie order
	place  map[string]int // where each stands in it
	listed []int          // and by that place, where it stands in the list given
	res    Result
}

func begin(m Method, options []string, s Settings) (*counter, error) {
	if err := checkOptions(options); err != nil {
		return nil, err
	}
	if err := s.settle(m, len(options)); err != nil {
		return nil, err
	}
	order := s.Order
	if len(order) == 0 {
		order = Order(s.Seed, options)
	}
	c := &counter{Settings: s, method: m, given: options, order: order, place: make(map[string]int, len(order))}
	for i, o := range order {
		c.place[o] = i
	}
	for _, o := range options {
		if _, ok := c.place[o]; !ok || len(c.place) != len(options) || len(order) != len(options) {
			return nil, invalid("order", "The order names each option exactly once.")
		}
	}
	c.listed = make([]int, len(order))
	for i, o := range options {
		c.listed[c.place[o]] = i
	}
	c.Seats = min(c.Seats, len(options))
	c.res = Result{Method: m, Order: slices.Clone(order), Winners: []string{}, Places: []Place{}, Figures: []Figure{}}
	return c, nil
}

func checkOptions(options []string) error {
	switch {
	case len(options) == 0:
		return invalid("options", "Give at least one option.")
	case len(options) > MaxOptions:
		return invalid("options", "One vote holds at most %d options.", MaxOptions)
	}
	seen := make(map[string]bool, len(options))
	for _, o := range options {
		if o == "" || seen[o] {
			return invalid("options", "Each option needs a name of its own; %q is empty or there twice.", o)
		}
		seen[o] = true
	}
	return nil
}

// checkWeights refuses more votes than can be added up without error.
func checkWeights(ballots []Ballot) error {
	var sum int64
	for i := range ballots {
		if w := ballots[i].Weight; w > 0 && w <= MaxVotes {
			sum += w
		} else if w == 0 {
			sum++
		}
		if sum > MaxVotes {
			return invalid("ballots", "One count takes at most %d votes.", MaxVotes)
		}
	}
	return nil
}

// names lists options by their places in the tie order.
func (c *counter) names(places []int) []string {
	out := make([]string, len(places))
	for i, p := range places {
		out[i] = c.order[p]
	}
	return out
}

func names() string {
	var s string
	for i, a := range Methods() {
		if i > 0 {
			s += ", "
		}
		s += string(a.Key)
	}
	return s
}
