package tally

import "slices"

// Shape is what a ballot looks like, and which of its fields it fills in.
type Shape string

// The shapes of ballots.
const (
	OneChoice     Shape = "one_choice"   // Choices, with one option
	ManyChoices   Shape = "many_choices" // Choices
	OneStance     Shape = "one_stance"   // Choices, with one of Stances
	RankedOptions Shape = "ranking"      // Rank
	Scores        Shape = "scores"       // Scores
	TwoScores     Shape = "two_scores"   // Scores and Effort, for the same options
)

// What a tie was about.
const (
	ForWin      = "win"      // who is elected
	ForExclude  = "exclude"  // who leaves the count
	ForTransfer = "transfer" // whose surplus goes first
	ForPairs    = "pairs"    // which of two equally strong duels is locked first
)

// stances are the options of Consent, from agreement to refusal.
var stances = []string{"agree", "abstain", "concern", "objection"}

// Stances are the four options of Consent: agree, abstain, concern, objection.
func Stances() []string { return slices.Clone(stances) }

// About explains a method to people.
type About struct {
	Key      Method `json:"key"`
	Name     string `json:"name"`
	Sentence string `json:"sentence"` // how it counts
	Use      string `json:"use"`      // when to take it
	Ballot   Shape  `json:"ballot"`
	Asks     string `json:"asks"`   // what a ballot looks like, in words
	Ties     string `json:"ties"`   // the tie rule
	Source   string `json:"source"` // where it is described
	// Several says whether it can elect several winners.
	Several bool `json:"several"`
}

// several says whether the method can elect more than one.
func (m Method) several() bool {
	for _, a := range methods {
		if a.Key == m {
			return a.Several
		}
	}
	return false
}

// Methods explains every method, the simplest first.
func Methods() []About { return slices.Clone(methods) }
