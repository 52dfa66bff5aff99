package tally

// borda: an option gets from each ballot a point for every option it stands
// above, and half a point for every one it is equal to; those left out are
// equal to each other and below the others. The most points win. So every
// ballot hands out the same number of points, n(n-1)/2 for n options, however
// much of it is filled in.
//
// Source: J.-C. de Borda, Mémoire sur les élections au scrutin (1784); equals
// as in D. Black, The Theory of Committees and Elections (1958).
// Tie rule: the tie order.
func borda(c *counter, ballots []Ballot) {
	all := c.papers(ballots)
	n := int64(len(c.order))
	points := make([]int64, n) // in halves
	on := make([]int, n)       // the last paper, from 1, that ranks it
	for i, p := range all {
		below := n
		for at := 0; at < len(p.rank); {
			k := p.equals(at)
			below -= int64(k)
			for _, r := range p.rank[at : at+k] {
				points[r.option] += p.weight * (2*below + int64(k-1))
				on[r.option] = i + 1
			}
			at += k
		}
		for o := range points {
			if on[o] != i+1 {
				points[o] += p.weight * (below - 1)
			}
		}
	}
	for p := range points {
		c.figure(p).Total = float64(points[p]) / 2
	}
	c.elect(points, anyone)
}
