package tally

// Duels compares all options in pairs. Rows and columns of its tables are in
// the order of Options, which is the order given.
type Duels struct {
	Options []string `json:"options"`
	// Prefer says for each row and column how many votes put the row above the
	// column. Those that put them on one place, or name neither, count for neither.
	Prefer [][]int64 `json:"prefer"`
	// Paths are the strengths of the strongest chains of victories from row to
	// column; Schulze only.
	Paths [][]int64 `json:"paths,omitempty"`
	// Pairs are the victories in the order they were looked at; RankedPairs only.
	Pairs []Pair `json:"pairs,omitempty"`
	// Condorcet is the option that wins all its duels; empty when there is none.
	Condorcet string `json:"condorcet,omitempty"`
}

// Pair is one victory, by For votes to Against.
type Pair struct {
	Winner  string `json:"winner"`
	Loser   string `json:"loser"`
	For     int64  `json:"for"`
	Against int64  `json:"against"`
	// Locked says that it was written down; one that would close a circle is not.
	Locked bool `json:"locked"`
}
