package tally

import "slices"

// stv: every ballot counts for its first choice still in the count; equals on
// one place share it. Whoever reaches the quota is elected; what is above the
// quota goes on to the next choices of all ballots that lie with the elected,
// each at its value times surplus divided by votes held. If nothing is to be
// passed on, the one with the fewest leaves. When as many are left as seats,
// they are elected.
//
// The quota is Droop's: the whole part of votes / (seats + 1), plus 1. A vote
// has 232,792,560 parts (the smallest number that 1 to 20 all divide) and what
// is smaller is cut off and shown as lost: whole numbers are the same on every
// machine, stay small after any number of transfers, unlike fractions, and are
// far finer than the five decimals of the law followed here.
//
// Source: the weighted inclusive Gregory method of the Scottish Local
// Government Elections Order 2007, schedule 1, part III; H. R. Droop, Journal
// of the Statistical Society of London 44 (1881), for the quota.
// Tie rule: of equal surpluses that of the first in the tie order is passed on
// first; of those with the fewest votes the last in the tie order leaves, all
// without a vote at once. (The law looks at earlier rounds first; one order
// for everything is simpler to publish and to check.)
func stv(c *counter, ballots []Ballot) {
	r := c.deal(ballots)
	if c.res.Turnout.Counted == 0 {
		c.close()
		return
	}
	s := &seats{rounds: r, quota: c.res.Turnout.Counted/int64(c.Seats+1) + 1}
	c.res.Needed = s.quota
	for len(c.res.Winners) < c.Seats {
		s.step()
	}
	r.places(s.won, r.hopefuls())
	c.close()
}

// seats is a count by rounds for several seats.
type seats struct {
	*rounds
	quota   int64   // in votes
	won     [][]int // who was elected, in the order of their places
	pending []int   // those elected whose surplus has not been passed on
}

// step is one round: who has the quota is elected and the largest surplus goes
// on, or else the last leaves.
func (s *seats) step() {
	now, in := s.round(), s.hopefuls()
	free := s.c.Seats - len(s.c.res.Winners)
	reached := 0
	for reached < len(in) && s.held[in[reached]] >= s.quota*whole {
		reached++
	}
	if len(in) <= free {
		reached = len(in)
	}
	s.elect(now, in[:reached])
	switch {
	case reached == free:
	case s.surplus(now):
	case reached == 0:
		s.exclude(now, in, free)
	}
}

// elect takes in those who have won in this round, the most votes first.
func (s *seats) elect(now *Round, in []int) {
	for from := 0; from < len(in); {
		to := from + 1
		for to < len(in) && s.held[in[to]] == s.held[in[from]] {
			to++
		}
		if to > from+1 { // all are elected, and only their order is drawn
			s.c.tie(now.Round, ForWin, in[from:to], in[from:to])
		}
		s.won = append(s.won, slices.Clone(in[from:to]))
		from = to
	}
	for _, o := range in {
		s.state[o] = elected
		if s.held[o] > s.quota*whole {
			s.pending = append(s.pending, o)
		}
	}
	now.Elected = s.c.names(in)
	s.c.res.Winners = append(s.c.res.Winners, now.Elected...)
}

// surplus passes on the largest surplus, and says whether there was one.
func (s *seats) surplus(now *Round) bool {
	if len(s.pending) == 0 {
		return false
	}
	first, equals := 0, []int{}
	for i, o := range s.pending {
		most := s.held[s.pending[first]]
		if s.held[o] > most || (s.held[o] == most && o < s.pending[first]) {
			first = i
		}
	}
	o := s.pending[first]
	for p := range s.state {
		for _, other := range s.pending {
			if p == other && s.held[p] == s.held[o] {
				equals = append(equals, p)
			}
		}
	}
	if len(equals) > 1 {
		s.c.tie(now.Round, ForTransfer, equals, []int{o})
	}
	s.pending = append(s.pending[:first], s.pending[first+1:]...)
	now.Moves = s.move(o, s.quota*whole)
	return true
}
