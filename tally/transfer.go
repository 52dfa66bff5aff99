package tally

import (
	"math/bits"
	"slices"
)

// state is where an option stands in a count by rounds.
type state uint8

const (
	hopeful state = iota
	elected
	excluded
)

// piece is the part of one paper that lies with an option.
type piece struct {
	paper int32
	at    int32 // the first entry of the level it lies on
	value int64 // of one such ballot, in parts
}

// rounds is a count by rounds. Votes are in parts.
type rounds struct {
	c         *counter
	papers    []paper
	state     []state
	piles     [][]piece
	spot      []int32 // for tidy: where each paper is in the pile, from 1
	held      []int64
	exhausted int64
	lost      int64
	moved     []int64 // what the present move brought each option
	out       [][]int // who was excluded, round by round
}

// deal puts every paper with its first choices.
func (c *counter) deal(ballots []Ballot) *rounds {
	n := len(c.order)
	r := &rounds{
		c: c, papers: c.papers(ballots), state: make([]state, n), piles: make([][]piece, n),
		held: make([]int64, n), moved: make([]int64, n),
	}
	r.spot = make([]int32, len(r.papers))
	for i := range r.papers {
		r.pass(piece{paper: int32(i), value: whole})
	}
	return r
}

// pass gives a piece to those still hopeful on the first level that has any, in
// equal parts. What does not divide is lost; what nobody can take is exhausted.
func (r *rounds) pass(p piece) {
	paper := r.papers[p.paper]
	for at := int(p.at); at < len(paper.rank); {
		size := paper.equals(at)
		n := int64(0)
		for _, e := range paper.rank[at : at+size] {
			if r.state[e.option] == hopeful {
				n++
			}
		}
		if n == 0 {
			at += size
			continue
		}
		share := p.value / n
		r.lost += paper.weight * (p.value - n*share)
		for _, e := range paper.rank[at : at+size] {
			if o := e.option; r.state[o] == hopeful {
				r.put(int(o), piece{p.paper, int32(at), share})
				r.held[o] += paper.weight * share
				r.moved[o] += paper.weight * share
			}
		}
		return
	}
	r.exhausted += paper.weight * p.value
}

// put lays a piece on a pile. A full pile is tidied first, and grows only if
// that does not free a quarter of it: so no pile is much longer than there are
// papers, however often parts of the same paper come back.
func (r *rounds) put(o int, p piece) {
	if p.value == 0 {
		return
	}
	if pile := r.piles[o]; len(pile) == cap(pile) && len(pile) >= 64 {
		r.tidy(o)
		if room := cap(pile) - len(r.piles[o]); room < cap(pile)/4 {
			r.piles[o] = slices.Grow(r.piles[o], cap(pile))
		}
	}
	r.piles[o] = append(r.piles[o], p)
}

// tidy makes the pieces of one paper in a pile one again.
func (r *rounds) tidy(o int) {
	pile := r.piles[o]
	kept := pile[:0]
	for _, p := range pile {
		if at := r.spot[p.paper]; at > 0 {
			kept[at-1].value += p.value
			continue
		}
		kept = append(kept, p)
		r.spot[p.paper] = int32(len(kept))
	}
	for _, p := range kept {
		r.spot[p.paper] = 0
	}
	r.piles[o] = kept
}

// move passes on what an option holds, keeping back keep parts, and tells where
// it went. The value of each ballot is cut down in the same proportion.
func (r *rounds) move(o int, keep int64) []Move {
	r.tidy(o)
	pile, all := r.piles[o], r.held[o]
	r.piles[o], r.held[o] = nil, keep
	clear(r.moved)
	gone, passed := r.exhausted, int64(0)
	for _, p := range pile {
		if keep > 0 {
			hi, lo := bits.Mul64(uint64(p.value), uint64(all-keep))
			q, _ := bits.Div64(hi, lo, uint64(all))
			p.value = int64(q)
		}
		passed += r.papers[p.paper].weight * p.value
		r.pass(p)
	}
	r.lost += all - keep - passed
	var moves []Move
	for _, option := range r.c.given {
		if v := r.moved[r.c.place[option]]; v > 0 {
			moves = append(moves, Move{From: r.c.order[o], To: option, Votes: votes(v)})
		}
	}
	if v := r.exhausted - gone; v > 0 {
		moves = append(moves, Move{From: r.c.order[o], Votes: votes(v)})
	}
	return moves
}

// round opens the record of a round with where the votes lie.
func (r *rounds) round() *Round {
	res := &r.c.res
	now := Round{Round: len(res.Rounds) + 1, Exhausted: votes(r.exhausted), Lost: votes(r.lost), Votes: []Held{}}
	for _, option := range r.c.given {
		if p := r.c.place[option]; r.state[p] != excluded {
			now.Votes = append(now.Votes, Held{option, votes(r.held[p]), r.state[p] == elected})
		}
	}
	res.Rounds = append(res.Rounds, now)
	return &res.Rounds[len(res.Rounds)-1]
}

// hopefuls are those still in the count, the most votes first, equals in the
// tie order.
func (r *rounds) hopefuls() []int {
	var all []int
	for o, s := range r.state {
		if s == hopeful {
			all = append(all, o)
		}
	}
	slices.SortStableFunc(all, func(a, b int) int {
		switch {
		case r.held[a] > r.held[b]:
			return -1
		case r.held[a] < r.held[b]:
			return 1
		}
		return 0
	})
	return all
}

// exclude takes the last of the hopefuls out of the count and passes their
// votes on, leaving at least spare. Those without any vote leave together,
// since that moves nothing; of other equals the last in the tie order leaves.
func (r *rounds) exclude(now *Round, hopefuls []int, spare int) {
	last := hopefuls[len(hopefuls)-1]
	from := len(hopefuls)
	for from > 0 && r.held[hopefuls[from-1]] == r.held[last] {
		from--
	}
	equals, leave := hopefuls[from:], hopefuls[len(hopefuls)-1:]
	if r.held[last] == 0 {
		leave = hopefuls[max(from, spare):]
	}
	if len(equals) > len(leave) {
		r.c.tie(now.Round, ForExclude, equals, leave)
	}
	for _, o := range leave {
		r.state[o] = excluded
	}
	now.Excluded = r.c.names(leave)
	r.out = append(r.out, slices.Clone(leave))
	for _, o := range leave {
		now.Moves = append(now.Moves, r.move(o, 0)...)
	}
}

// places ranks those elected, then those left with the most votes first, then
// those excluded, the last of them first.
func (r *rounds) places(won [][]int, left []int) {
	groups := won
	for i, o := range left {
		if i > 0 && r.held[o] == r.held[left[i-1]] {
			groups[len(groups)-1] = append(groups[len(groups)-1], o)
		} else {
			groups = append(groups, []int{o})
		}
	}
	for i := len(r.out) - 1; i >= 0; i-- {
		groups = append(groups, r.out[i])
	}
	r.c.rank(groups)
}
