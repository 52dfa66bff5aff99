package tally

// whole is one vote in parts: the smallest number that all from 1 to 20 divide,
// so that a vote which up to twenty equals share is divided exactly. All counts
// of divided votes are whole numbers of parts, and so the same on every machine.
const whole = int64(232792560)

// votes turns parts into votes, to nine decimals, which tells all parts apart.
func votes(parts int64) float64 {
	whole1 := parts / whole
	rest := (parts%whole*1_000_000_000 + whole/2) / whole
	return float64(whole1) + float64(rest)/1e9
}

// ranked is an option on a paper, and the level it stands on, best is 0.
type ranked struct{ option, level uint16 }

// paper is a ranking and how often it was cast.
type paper struct {
	weight int64
	rank   []ranked
}

// papers reads rankings; equal ones become one. It counts first places into the
// figures, shared by those on them.
func (c *counter) papers(ballots []Ballot) []paper {
	var all []paper
	known := make(map[string]int, len(ballots))
	seen := make([]int, len(c.order))
	var arena, rank []ranked
	key := make([]byte, 0, 4*len(c.order))
	n := 0
	c.sift(ballots, RankedOptions, func(b *Ballot) (bool, *refusal) {
		n++
		var no *refusal
		if rank, no = c.read(b, rank[:0], seen, n); no != nil || len(rank) == 0 {
			return false, no
		}
		key = key[:0]
		for _, r := range rank {
			key = append(key, byte(r.option), byte(r.option>>8), byte(r.level), byte(r.level>>8))
		}
		at, ok := known[string(key)]
		if !ok {
			if len(rank) > cap(arena)-len(arena) {
				arena = make([]ranked, 0, 4096*len(c.order))
			}
			from := len(arena)
			arena = append(arena, rank...)
			at = len(all)
			known[string(key)] = at
			all = append(all, paper{rank: arena[from:len(arena):len(arena)]})
		}
		all[at].weight += b.Weight
		return true, nil
	})
	c.firsts(all)
	return all
}

// read reads one ranking into rank, closing gaps. Equals are sorted by the tie
// order, so that their order on the ballot makes no difference.
func (c *counter) read(b *Ballot, rank []ranked, seen []int, n int) ([]ranked, *refusal) {
	level := uint16(0)
	for _, equals := range b.Rank {
		from := len(rank)
		for _, o := range equals {
			p, no := c.find(o)
			if no != nil {
				return rank, no
			}
			if seen[p] == n {
				return rank, refuse(Repeated, "%q is ranked twice.", o)
			}
			seen[p] = n
			rank = append(rank, ranked{uint16(p), level})
			for i := len(rank) - 1; i > from && rank[i-1].option > rank[i].option; i-- {
				rank[i-1], rank[i] = rank[i], rank[i-1]
			}
		}
		if len(rank) > from {
			level++
		}
	}
	return rank, nil
}

// firsts fills the figures with first places.
func (c *counter) firsts(all []paper) {
	parts := make([]int64, len(c.order))
	for _, p := range all {
		n := p.equals(0)
		for _, r := range p.rank[:n] {
			parts[r.option] += p.weight * (whole / int64(n))
		}
	}
	for _, o := range c.given {
		c.res.Figures = append(c.res.Figures, Figure{Option: o, Votes: votes(parts[c.place[o]])})
	}
}

// equals is how many stand on the level that begins at i.
func (p paper) equals(i int) int {
	n := 1
	for i+n < len(p.rank) && p.rank[i+n].level == p.rank[i].level {
		n++
	}
	return n
}
