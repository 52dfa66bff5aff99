package tally

import (
	"cmp"
	"slices"
)

// someone is the least that a plain sum of voices needs to be elected.
const someone = int64(1)

// elect ranks options by a total, indexed by place in the tie order, and gives
// the seats to the first of them that have at least least.
func (c *counter) elect(total []int64, least int64) {
	groups := c.grouped(func(a, b int) int { return cmp.Compare(total[b], total[a]) })
	c.rank(groups)
	c.seat(groups, func(p int) bool { return total[p] >= least })
	c.close()
}

// grouped sorts options, and puts those that compare as equal together. Equals
// stay in the tie order.
func (c *counter) grouped(compare func(a, b int) int) [][]int {
	ranked := make([]int, len(c.order))
	for i := range ranked {
		ranked[i] = i
	}
	slices.SortStableFunc(ranked, compare)
	var groups [][]int
	for i, p := range ranked {
		if i > 0 && compare(ranked[i-1], p) == 0 {
			groups[len(groups)-1] = append(groups[len(groups)-1], p)
		} else {
			groups = append(groups, []int{p})
		}
	}
	return groups
}

// rank writes the places down; groups are equals, best first.
func (c *counter) rank(groups [][]int) {
	at := 1
	for _, g := range groups {
		c.res.Places = append(c.res.Places, Place{at, c.names(g)})
		at += len(g)
	}
}

// seat elects from groups of equals, best first, until the seats are taken or
// no worthy option is left.
func (c *counter) seat(groups [][]int, worthy func(p int) bool) {
	for _, g := range groups {
		free := c.Seats - len(c.res.Winners)
		if free == 0 || !worthy(g[0]) {
			return
		}
		c.win(g, min(len(g), free))
	}
}

// win elects the first n of some equals, who stand in the tie order.
func (c *counter) win(equals []int, n int) {
	if len(c.res.Winners) == 0 {
		c.res.Tied = c.names(equals)
	}
	if len(equals) > 1 {
		c.tie(0, ForWin, equals, equals[:n])
	}
	c.res.Winners = append(c.res.Winners, c.names(equals[:n])...)
}

func (c *counter) tie(round int, what string, equals, chosen []int) {
	c.res.Ties = append(c.res.Ties, Tie{round, what, c.names(equals), c.names(chosen)})
}

// close says what came of it. Without a quorum nobody has won, whatever the
// figures say.
func (c *counter) close() {
	switch {
	case !c.res.Turnout.Reached:
		c.end(NoQuorum)
	case c.res.Turnout.Counted == 0 || len(c.res.Winners) == 0:
		c.end(NoVotes)
	default:
		c.res.Outcome = Decided
	}
}

// end closes a count in which nobody won.
func (c *counter) end(o Outcome) {
	c.res.Outcome, c.res.Winners, c.res.Tied = o, []string{}, nil
}
