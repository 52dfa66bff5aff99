package tally

// plurality: each ballot names one option, and the option named most often
// wins. With several seats the most named win them (single non-transferable
// vote). An option nobody named is not elected.
//
// Source: the oldest rule there is; as "plurality voting" in D. M. Farrell,
// Electoral Systems (2011), chapter 2.
// Tie rule: the tie order.
func plurality(c *counter, ballots []Ballot) {
	c.elect(c.choices(ballots, OneChoice, 1), someone)
}

// approval: each ballot names every option it can live with, and the option
// named most often wins; with several seats the most named win them. An option
// nobody named is not elected.
//
// Source: S. J. Brams, P. C. Fishburn, Approval Voting (1983).
// Tie rule: the tie order.
func approval(c *counter, ballots []Ballot) {
	most := c.Choices
	if most == 0 {
		most = len(c.order)
	}
	c.elect(c.choices(ballots, ManyChoices, most), someone)
}

// majority: each ballot names one option, which wins if it reaches the share
// asked for: more than half, at least two thirds or three quarters, or all; of
// the votes for options, of all counted and blank ballots, or of everybody
// entitled. Nothing wins otherwise, and nothing wins below the quorum.
//
// Source: K. O. May, Econometrica 20 (1952), pages 680 to 684, for one against
// one; Robert's Rules of Order Newly Revised, 12th edition (2020), section 44,
// for shares and what they are of.
// Tie rule: none is needed. Two halves are no majority.
func majority(c *counter, ballots []Ballot) {
	votes := c.choices(ballots, OneChoice, 1)
	t := c.res.Turnout
	of := t.Counted
	switch c.Of {
	case OfCast:
		of += t.Blank
	case OfEntitled:
		of = max(c.Entitled, t.Counted+t.Blank)
	}
	c.res.Needed = max(1, c.Share.of(of))
	c.elect(votes, c.res.Needed)
	if c.res.Outcome == NoVotes && t.Counted > 0 {
		c.end(NoMajority)
	}
}

// of answers the smallest number that is the share of n.
func (s Share) of(n int64) int64 {
	switch s {
	case TwoThirds:
		return (2*n + 2) / 3
	case ThreeQuarters:
		return (3*n + 3) / 4
	case All:
		return n
	default:
		return n/2 + 1
	}
}

// consent: each ballot takes one of four stances, in this order of the options:
// agree, abstain, concern, objection. The proposal passes unless somebody
// objects; a concern consents and is kept. Whether an objection was resolved or
// overruled is not counted here: give that ballot as what it has become.
//
// Source: G. Endenburg, Sociocracy: The Organization of Decision-Making (1998).
// Tie rule: none is needed.
func consent(c *counter, ballots []Ballot) {
	votes := c.choices(ballots, OneStance, 1)
	stance := func(i int) int64 { return votes[c.place[c.given[i]]] }
	c.res.Winners = []string{c.given[0]}
	switch {
	case stance(0)+stance(2)+stance(3) == 0 && c.res.Turnout.Reached:
		c.end(NoVotes)
	case stance(3) > 0 && c.res.Turnout.Reached:
		c.end(Objected)
	default:
		c.close()
	}
}

// choices counts how often each option is named, by place in the tie order.
func (c *counter) choices(ballots []Ballot, shape Shape, most int) []int64 {
	votes := make([]int64, len(c.order))
	chosen := make([]int, 0, most)
	seen := make([]int, len(c.order)) // the last ballot, from 1, that named it
	n := 0
	c.sift(ballots, shape, func(b *Ballot) (bool, *refusal) {
		n++
		chosen = chosen[:0]
		for _, o := range b.Choices {
			p, no := c.find(o)
			if no != nil {
				return false, no
			}
			if seen[p] == n {
				return false, refuse(Repeated, "%q is chosen twice.", o)
			}
			seen[p] = n
			chosen = append(chosen, p)
		}
		if len(chosen) > most {
			return false, refuse(TooMany, "%d options are chosen, and at most %d may be.", len(chosen), most)
		}
		for _, p := range chosen {
			votes[p] += b.Weight
		}
		return len(chosen) > 0, nil
	})
	for _, o := range c.given {
		v := float64(votes[c.place[o]])
		c.res.Figures = append(c.res.Figures, Figure{Option: o, Votes: v, Total: v})
	}
	return votes
}
