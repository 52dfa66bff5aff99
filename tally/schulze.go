package tally

// schulze: options meet in pairs on every ballot. A chain of victories from A
// to B is as strong as its weakest victory; A beats B if the strongest chain
// from A to B is stronger than that from B to A. Who is beaten by nobody wins;
// several seats go to the next layers (not in proportion). Whoever wins all
// duels, wins.
//
// Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric,
// and Condorcet-consistent single-winner election method", Social Choice and
// Welfare 36 (2011), pages 267 to 303; victories by winning votes, or margins.
// Tie rule: of those nobody beats, the first in the tie order.
func schulze(c *counter, ballots []Ballot) {
	prefer := c.duels(ballots)
	n := prefer.n
	path := newTable(n)
	for i := range n {
		for j := range n {
			path.cells[i*n+j] = c.victory(prefer, i, j)
		}
	}
	for k := range n { // after Floyd and Warshall
		for i := range n {
			first := path.at(i, k)
			if first == 0 || i == k {
				continue
			}
			row, next := path.cells[i*n:(i+1)*n], path.cells[k*n:(k+1)*n]
			for j := range row {
				if chain := min(first, next[j]); chain > row[j] && i != j {
					row[j] = chain
				}
			}
		}
	}
	c.res.Duels.Paths = c.shown(c.readable(path))
	c.choose(func(i, j int) bool { return path.at(i, j) > path.at(j, i) })
}

// readable turns strengths into numbers of votes.
func (c *counter) readable(t table) table {
	if c.Strength == Margins {
		return t
	}
	out := newTable(t.n)
	for i, s := range t.cells {
		out.cells[i] = s / (MaxVotes + 1)
	}
	return out
}
