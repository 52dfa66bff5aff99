package tally

// Outcome says in a word what came of a vote.
type Outcome string

// The outcomes. Winners is empty unless the outcome is Decided.
const (
	Decided    Outcome = "decided"
	Measured   Outcome = "measured"    // nothing was to be chosen: a sense check
	NoVotes    Outcome = "no_votes"    // no ballot chose anything
	NoQuorum   Outcome = "no_quorum"   // fewer took part than must
	NoMajority Outcome = "no_majority" // nothing reached the share that was asked for
	Objected   Outcome = "objected"    // consent was withheld
)

// Result is what a count found. Lists are never nil where they always apply.
type Result struct {
	Method  Method  `json:"method"`
	Outcome Outcome `json:"outcome"`
	// Winners are the options chosen, first the one chosen first.
	Winners []string `json:"winners"`
	// Tied are those who could all have stood first, had the tie order been
	// another; with one name there was no tie for the first place.
	Tied []string `json:"tied,omitempty"`
	// Places is the whole ranking before ties were broken.
	Places []Place `json:"places"`
	// Order is the tie order that was used.
	Order   []string `json:"order"`
	Ties    []Tie    `json:"ties,omitempty"`
	Turnout Turnout  `json:"turnout"`
	// Rejected are the ballots that could not be counted, in the order given.
	Rejected []Rejected `json:"rejected,omitempty"`
	// Figures are the numbers of each option, in the order the options were given.
	Figures []Figure `json:"figures"`
	// Needed is the number of votes a majority takes, or the quota of seats.
	Needed int64 `json:"needed,omitempty"`
	// Rounds are the steps of InstantRunoff and STV.
	Rounds []Round `json:"rounds,omitempty"`
	// Duels is what Borda, Schulze and RankedPairs know of each pair.
	Duels *Duels `json:"duels,omitempty"`
}

// Place is one place of a ranking, counted as in sports: after two firsts comes
// a third. Equals are listed in the tie order.
type Place struct {
	Rank    int      `json:"rank"`
	Options []string `json:"options"`
}

// Tie is a moment in which equals had to be told apart by the tie order.
type Tie struct {
	// Round is the round it was met in, from 1; 0 where there are no rounds.
	Round int `json:"round,omitempty"`
	// For is what was at stake: win, exclude, transfer or pairs.
	For string `json:"for"`
	// Options were equal, in the tie order.
	Options []string `json:"options"`
	// Chosen is who won, was excluded, or whose surplus went first.
	Chosen []string `json:"chosen,omitempty"`
}

// Turnout is who took part. All numbers are sums of weights.
type Turnout struct {
	Counted  int64 `json:"counted"`  // ballots that say something
	Blank    int64 `json:"blank"`    // ballots that say nothing: taking part, choosing nothing
	Rejected int64 `json:"rejected"` // ballots that broke a rule; those with an impossible weight add nothing
	Entitled int64 `json:"entitled,omitempty"`
	Quorum   int64 `json:"quorum,omitempty"`
	// Reached says whether counted and blank ballots together are as many as the quorum.
	Reached bool `json:"reached"`
}

// Figure is what was said about one option.
type Figure struct {
	Option string `json:"option"`
	// Votes is how many chose, ranked first or rated it.
	Votes float64 `json:"votes"`
	// Total is what the ranking goes by: votes, points or the sum of the scores.
	Total  float64 `json:"total"`
	Spread *Spread `json:"spread,omitempty"`
	Effort *Spread `json:"effort,omitempty"`
	// Quadrant is where impact and effort put it.
	Quadrant Quadrant `json:"quadrant,omitempty"`
}
