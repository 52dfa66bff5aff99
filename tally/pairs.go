package tally

// table is a square of numbers, by places in the tie order.
type table struct {
	n     int
	cells []int64
}

func newTable(n int) table { return table{n, make([]int64, n*n)} }

func (t table) at(i, j int) int64 { return t.cells[i*t.n+j] }

// duels compares all options in pairs, on every ballot.
func (c *counter) duels(ballots []Ballot) table {
	all := c.papers(ballots)
	n := len(c.order)
	t := newTable(n)
	left := make([]int, 0, n) // options the paper does not rank
	on := make([]int, n)
	for i, p := range all {
		for _, r := range p.rank {
			on[r.option] = i + 1
		}
		left = left[:0]
		if len(p.rank) < n {
			for o := range on {
				if on[o] != i+1 {
					left = append(left, o)
				}
			}
		}
		for a, r := range p.rank {
			row := t.cells[int(r.option)*n : int(r.option+1)*n]
			for _, worse := range p.rank[a+1:] {
				if worse.level > r.level {
					row[worse.option] += p.weight
				}
			}
			for _, o := range left {
				row[o] += p.weight
			}
		}
	}
	c.res.Duels = &Duels{Options: c.given, Prefer: c.shown(t), Condorcet: c.condorcet(t)}
	return t
}

// shown turns a table into rows and columns in the order given.
func (c *counter) shown(t table) [][]int64 {
	rows := make([][]int64, t.n)
	for i := range rows {
		rows[i] = make([]int64, t.n)
		for j := range rows[i] {
			rows[i][j] = t.at(c.place[c.given[i]], c.place[c.given[j]])
		}
	}
	return rows
}

// condorcet finds the option that wins all its duels.
func (c *counter) condorcet(t table) string {
	for i, o := range c.order {
		wins := true
		for j := range c.order {
			wins = wins && (i == j || t.at(i, j) > t.at(j, i))
		}
		if wins {
			return o
		}
	}
	return ""
}

// victory measures how strong the victory of i over j is; 0 when it is none.
// Winning votes are compared first by how many prefer the winner, then by how
// few prefer the loser, as Schulze (2011) orders them.
func (c *counter) victory(prefer table, i, j int) int64 {
	won, lost := prefer.at(i, j), prefer.at(j, i)
	switch {
	case won <= lost:
		return 0
	case c.Strength == Margins:
		return won - lost
	default:
		return won*(MaxVotes+1) + MaxVotes - lost
	}
}

// layers ranks options: first those that nobody beats, then those that nobody
// of the rest beats, and so on. Beats must have no circles.
func (c *counter) layers(beats func(i, j int) bool) [][]int {
	rest := make([]int, len(c.order))
	for i := range rest {
		rest[i] = i
	}
	var groups [][]int
	for len(rest) > 0 {
		var top, others []int
		for _, i := range rest {
			beaten := false
			for _, j := range rest {
				beaten = beaten || beats(j, i)
			}
			if beaten {
				others = append(others, i)
			} else {
				top = append(top, i)
			}
		}
		groups = append(groups, top)
		rest = others
	}
	return groups
}

// choose ranks by layers, and elects from the first.
func (c *counter) choose(beats func(i, j int) bool) {
	groups := c.layers(beats)
	c.rank(groups)
	c.seat(groups, func(int) bool { return true })
	c.close()
}
