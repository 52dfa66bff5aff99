package tally

import (
	"encoding/json"
	"fmt"
)

// Ballot is one vote, or Weight equal ones. Which field is used depends on the
// method (About.Ballot); one with nothing in it is blank.
type Ballot struct {
	// Weight is how often this ballot was cast; 1 when left out.
	Weight int64 `json:"weight,omitempty"`
	// Choices are the options chosen, in no order.
	Choices []string `json:"choices,omitempty"`
	// Rank is the options from best to worst. Options that share a place are
	// equal; an empty place is a gap and means nothing; options left out are
	// equal to each other and below all that are there.
	Rank []Equals `json:"rank,omitempty"`
	// Scores are numbers for options.
	Scores map[string]int64 `json:"scores,omitempty"`
	// Effort is the second scale of ImpactEffort.
	Effort map[string]int64 `json:"effort,omitempty"`
}

// Equals are options on one place of a ranking. In JSON one alone may stand
// without brackets: ["a", ["b", "c"]].
type Equals []string

// UnmarshalJSON reads an option or a list of them. Ids are nearly always plain
// letters, so these are read without the help of reflection.
func (e *Equals) UnmarshalJSON(b []byte) error {
	if plain, ok := plainList(b); ok {
		*e = plain
		return nil
	}
	if len(b) > 0 && b[0] == '"' {
		*e = Equals{""}
		return json.Unmarshal(b, &(*e)[0])
	}
	var many []string
	if err := json.Unmarshal(b, &many); err != nil {
		return fmt.Errorf("a place of a ranking is an option or a list of options: %w", err)
	}
	*e = many
	return nil
}

// plainList reads "a" or ["a", "b"] where nothing is escaped and all is ASCII.
// It is given valid JSON, and says no whenever it is in doubt.
func plainList(b []byte) (Equals, bool) {
	list := Equals{}
	quote := -1
	for i, c := range b {
		switch {
		case c == '\\' || c >= 0x80:
			return nil, false
		case c == '"' && quote < 0:
			quote = i + 1
		case c == '"':
			list = append(list, string(b[quote:i]))
			quote = -1
		case quote < 0 && c != '[' && c != ']' && c != ',' && c != ' ':
			return nil, false
		case c == '[' && quote < 0 && i > 0:
			return nil, false
		}
	}
	return list, len(b) > 0
}

// Ranking is the Rank of a ballot without equals.
func Ranking(options ...string) []Equals {
	r := make([]Equals, len(options))
	for i, o := range options {
		r[i] = Equals{o}
	}
	return r
}

// Rejected is a ballot that was not counted.
type Rejected struct {
	// Ballot is its place in the list given, from 0.
	Ballot  int    `json:"ballot"`
	Weight  int64  `json:"weight"`
	Reason  Reason `json:"reason"`
	Message string `json:"message"`
}

// Reason is why a ballot was not counted.
type Reason string

// The reasons.
const (
	BadWeight     Reason = "bad_weight"     // a weight below zero or beyond MaxVotes
	WrongKind     Reason = "wrong_kind"     // it fills in what this method does not ask
	UnknownOption Reason = "unknown_option" // it names what is no option
	Repeated      Reason = "repeated"       // it names an option twice
	TooMany       Reason = "too_many"       // it chooses more options than allowed
	OutOfScale    Reason = "out_of_scale"   // a score is not on the scale
	OverBudget    Reason = "over_budget"    // it hands out more than there is
	HalfRated     Reason = "half_rated"     // impact without effort, or effort without impact
)

// refusal is why one ballot is not counted; nil when it is.
type refusal struct {
	reason  Reason
	message string
}

func refuse(r Reason, format string, args ...any) *refusal {
	return &refusal{r, fmt.Sprintf(format, args...)}
}

// sift hands each ballot to read, which counts it all or refuses it all and
// says whether it chose anything. What it refuses is listed.
func (c *counter) sift(ballots []Ballot, shape Shape, read func(b *Ballot) (said bool, no *refusal)) {
	t := &c.res.Turnout
	var b Ballot
	for i := range ballots {
		b = ballots[i]
		if b.Weight == 0 {
			b.Weight = 1
		}
		said, no := false, b.fits(shape)
		if no == nil {
			said, no = read(&b)
		}
		switch {
		case no != nil:
			c.res.Rejected = append(c.res.Rejected, Rejected{i, b.Weight, no.reason, no.message})
			if no.reason != BadWeight {
				t.Rejected += b.Weight
			}
		case said:
			t.Counted += b.Weight
		default:
			t.Blank += b.Weight
		}
	}
	t.Entitled, t.Quorum = c.Entitled, c.Quorum
	t.Reached = t.Counted+t.Blank >= t.Quorum
}

// fits refuses a ballot made for another method.
func (b *Ballot) fits(shape Shape) *refusal {
	if b.Weight < 0 || b.Weight > MaxVotes {
		return refuse(BadWeight, "A ballot counts at least once and at most %d times.", MaxVotes)
	}
	chosen, ranked, rated, both := len(b.Choices) > 0, len(b.Rank) > 0, len(b.Scores) > 0, len(b.Effort) > 0
	switch shape {
	case OneChoice, ManyChoices, OneStance:
		if ranked || rated || both {
			return refuse(WrongKind, "This vote asks for choices only.")
		}
	case RankedOptions:
		if chosen || rated || both {
			return refuse(WrongKind, "This vote asks for a ranking only.")
		}
	case Scores:
		if chosen || ranked || both {
			return refuse(WrongKind, "This vote asks for scores only.")
		}
	case TwoScores:
		if chosen || ranked {
			return refuse(WrongKind, "This vote asks for impact and effort only.")
		}
	}
	return nil
}

// find answers the place of an option in the tie order.
func (c *counter) find(option string) (int, *refusal) {
	if p, ok := c.place[option]; ok {
		return p, nil
	}
	return 0, refuse(UnknownOption, "%q is not an option of this vote.", option)
}
