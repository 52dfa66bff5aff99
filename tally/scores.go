package tally

import "math"

// score: each ballot gives options a number on a scale; the highest sum wins,
// with several seats the highest sums. An option that a ballot leaves out gets
// the smallest number from it, so that few fans alone cannot carry an option.
//
// Source: W. D. Smith, Range Voting (2000); as "score voting" in W. Poundstone,
// Gaming the Vote (2008).
// Tie rule: the tie order.
func score(c *counter, ballots []Ballot) {
	c.elect(c.rate(ballots, Scores).sums(*c.Min), anyone)
}

// anyone is the least for which nothing is too little.
const anyone = int64(math.MinInt64)

// dots and 100 points: each ballot hands out at most a budget, several to one
// option if allowed; the highest sum comes first. An option that got nothing
// is not elected.
//
// Source: cumulative voting, as in D. M. Farrell, Electoral Systems (2011); the
// test with money in D. Leffingwell, D. Widrig, Managing Software Requirements
// (2003).
// Tie rule: the tie order.
func dots(c *counter, ballots []Ballot) {
	c.elect(c.rate(ballots, Scores).sums(0), someone)
}

// likes (-1 to 1) and the scale from -3 to 3: the highest sum comes first; an
// option that a ballot leaves out gets 0 from it.
//
// Source: D. S. Felsenthal, "On combining approval with disapproval voting",
// Behavioral Science 34 (1989), pages 53 to 60.
// Tie rule: the tie order.
func balance(c *counter, ballots []Ballot) {
	c.elect(c.rate(ballots, Scores).sums(0), anyone)
}

// times: each ballot says of times whether it is good (2), possible (1) or not
// (0). The time most can make wins; of those, the one most find good.
//
// Source: approval voting (Brams and Fishburn, 1983) with two grades.
// Tie rule: the tie order.
func times(c *counter, ballots []Ballot) {
	r := c.rate(ballots, Scores)
	r.sums(0)
	rank := make([]int64, len(c.order))
	for p, row := range r.first {
		can, good := row[1]+row[2], row[2]
		rank[p] = can*(MaxVotes+1) + good // MaxVotes is small enough for that
		c.figure(p).Total = float64(can)
	}
	c.elect(rank, someone)
}

// senseCheck: each ballot gives numbers; averages and agreement are shown and
// nothing is decided. See spread for the measure.
func senseCheck(c *counter, ballots []Ballot) {
	c.rate(ballots, Scores)
	for i := range c.res.Figures {
		c.res.Figures[i].Total = c.res.Figures[i].Spread.Mean
	}
	c.close()
	if c.res.Turnout.Reached && c.res.Turnout.Counted > 0 {
		c.end(Measured)
	}
}

// ratings are how often each option got each number.
type ratings struct {
	c      *counter
	first  [][]int64 // by place in the tie order, then by score from the smallest
	effort [][]int64 // the same for the second scale
}

// rate counts scores, and fills the figures with what was said of each option.
func (c *counter) rate(ballots []Ballot, shape Shape) *ratings {
	r := &ratings{c: c, first: c.grid(), effort: c.grid()}
	var marks, efforts []mark
	c.sift(ballots, shape, func(b *Ballot) (said bool, no *refusal) {
		if marks, no = c.marks(marks[:0], b.Scores); no != nil {
			return false, no
		}
		if efforts, no = c.marks(efforts[:0], b.Effort); no != nil {
			return false, no
		}
		if no := c.allowed(b, marks); no != nil {
			return false, no
		}
		for _, m := range marks {
			r.first[m.place][m.score-*c.Min] += b.Weight
		}
		for _, m := range efforts {
			r.effort[m.place][m.score-*c.Min] += b.Weight
		}
		return len(marks) > 0, nil
	})
	r.figures()
	return r
}

// mark is one number for one option.
type mark struct {
	place int
	score int64
}

func (c *counter) grid() [][]int64 {
	g := make([][]int64, len(c.order))
	for i := range g {
		g[i] = make([]int64, *c.Max-*c.Min+1)
	}
	return g
}

// figure answers the figure of an option by its place in the tie order.
func (c *counter) figure(place int) *Figure {
	return &c.res.Figures[c.listed[place]]
}

// marks reads scores into out. Which of several mistakes it names does not
// depend on the order in which a map is walked: the smallest option is named.
func (c *counter) marks(out []mark, scores map[string]int64) ([]mark, *refusal) {
	bad, found := "", false
	for o, s := range scores {
		p, ok := c.place[o]
		if !ok || s < *c.Min || s > *c.Max {
			if !found || o < bad {
				bad, found = o, true
			}
			continue
		}
		out = append(out, mark{p, s})
	}
	if !found {
		return out, nil
	}
	if _, no := c.find(bad); no != nil {
		return out, no
	}
	return out, refuse(OutOfScale, "%q got %d, and the scale goes from %d to %d.", bad, scores[bad], *c.Min, *c.Max)
}

// allowed checks what a method asks beyond the scale.
func (c *counter) allowed(b *Ballot, marks []mark) *refusal {
	switch c.method {
	case Dots, Points:
		var sum int64
		for _, m := range marks {
			sum += m.score
		}
		if sum > c.Budget {
			return refuse(OverBudget, "%d are handed out, and there are %d.", sum, c.Budget)
		}
	case ImpactEffort:
		for _, o := range c.given {
			_, impact := b.Scores[o]
			if _, effort := b.Effort[o]; impact != effort {
				return refuse(HalfRated, "%q has only one of impact and effort.", o)
			}
		}
	}
	return nil
}

// sums adds up each option's scores; ballots that left it out give it missing.
func (r *ratings) sums(missing int64) []int64 {
	out := make([]int64, len(r.first))
	for p, row := range r.first {
		var votes int64
		for i, n := range row {
			votes += n
			out[p] += n * (*r.c.Min + int64(i))
		}
		out[p] += missing * (r.c.res.Turnout.Counted - votes)
	}
	for p := range out {
		r.c.figure(p).Total = float64(out[p])
	}
	return out
}

func (r *ratings) figures() {
	for _, o := range r.c.given {
		p := r.c.place[o]
		f := Figure{Option: o, Spread: spread(r.first[p], *r.c.Min)}
		f.Votes = float64(f.Spread.Ratings)
		if r.c.method == ImpactEffort {
			f.Effort = spread(r.effort[p], *r.c.Min)
		}
		r.c.res.Figures = append(r.c.res.Figures, f)
	}
}
