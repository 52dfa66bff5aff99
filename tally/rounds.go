package tally

// Round is one step of InstantRunoff or STV: where the votes lie, what that
// decides, and where votes go because of it. In every round the votes held,
// exhausted and lost add up to all votes counted.
type Round struct {
	Round int    `json:"round"` // from 1
	Votes []Held `json:"votes"` // of those in the count and those elected, in the order given
	// Exhausted are votes whose ballots name nobody else who could take them.
	Exhausted float64 `json:"exhausted"`
	// Lost is what was cut off when votes were divided: parts of a vote too small
	// to matter, kept so that the sum is exact.
	Lost     float64  `json:"lost"`
	Elected  []string `json:"elected,omitempty"`
	Excluded []string `json:"excluded,omitempty"`
	Moves    []Move   `json:"moves,omitempty"`
}

// Held is what one option holds.
type Held struct {
	Option string  `json:"option"`
	Votes  float64 `json:"votes"`
	// Elected says that it was elected in an earlier round and holds its quota.
	Elected bool `json:"elected,omitempty"`
}

// Move is votes that go from one option to another, or to nobody when To is
// empty.
type Move struct {
	From  string  `json:"from"`
	To    string  `json:"to,omitempty"`
	Votes float64 `json:"votes"`
}
