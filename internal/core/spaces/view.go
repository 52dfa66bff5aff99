package spaces

// PostAsks is what the asks package hangs on a post: its asks as the API writes
// them, and the ids of the asks that the post answers.
type PostAsks struct {
	Asks    []any
	Answers []string
}
