package tally

// instantRunoff: every ballot counts for its first choice still in the count;
// equals on one place share it. Whoever holds more than half of the votes held
// wins. Otherwise the one with the fewest leaves, and those ballots go on to
// their next choice. Ballots that name nobody else are exhausted, and half is
// then half of the rest.
//
// Source: Robert's Rules of Order Newly Revised, 12th edition (2020), section
// 45, preferential voting; as the alternative vote in D. M. Farrell, Electoral
// Systems (2011), chapter 3.
// Tie rule: of those with the fewest votes the last in the tie order leaves,
// all without a vote at once; of two left with equal votes the first wins.
func instantRunoff(c *counter, ballots []Ballot) {
	r := c.deal(ballots)
	if c.res.Turnout.Counted == 0 {
		c.close()
		return
	}
	c.res.Needed = c.res.Turnout.Counted/2 + 1
	for {
		now, in := r.round(), r.hopefuls()
		var sum int64
		for _, o := range in {
			sum += r.held[o]
		}
		drawn := len(in) == 2 && r.held[in[0]] == r.held[in[1]]
		if !drawn && len(in) > 1 && 2*r.held[in[0]] <= sum {
			r.exclude(now, in, 1)
			continue
		}
		now.Elected = c.names(in[:1])
		c.res.Winners, c.res.Tied = c.names(in[:1]), c.names(in[:1])
		if drawn {
			c.res.Tied = c.names(in)
			c.tie(now.Round, ForWin, in, in[:1])
		}
		r.places(nil, in)
		c.close()
		return
	}
}
