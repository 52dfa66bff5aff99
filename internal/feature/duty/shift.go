package duty

import (
	"slices"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// Shift is somebody on duty for a while.
type Shift struct {
	Span
	Person id.ID
	Layer  id.ID
	Cover  id.ID // when it is not their turn, but for once
}

// Roster is all shifts of a rota in a span of time.
type Roster struct {
	Layers [][]Shift // of each layer, as far as it goes
	Duty   []Shift   // who is on duty: the first layer that has somebody, in order
	Gaps   []Span    // nobody is
}

// Compute says who is on duty in a span. An absence or a holiday takes a person off,
// as does leaving: their layer then has a gap, and the next layer counts.
func (r Rota) Compute(folk map[id.ID]Folk, in Span) (out Roster) {
	free := []Span{in}
	for _, l := range r.Layers {
		shifts := l.shifts(r.Covers, folk, in)
		out.Layers = append(out.Layers, shifts)
		var taken []Span
		for _, s := range shifts {
			for _, part := range s.within(free) {
				one := s
				one.Span = part
				out.Duty = append(out.Duty, one)
			}
			taken = append(taken, s.Span)
		}
		var left []Span
		for _, f := range free {
			left = append(left, f.less(union(taken))...)
		}
		free = left
	}
	inOrder(out.Duty)
	out.Duty = joined(out.Duty)
	out.Gaps = free
	return out
}

// shifts are who is on duty in one layer: turns, within the layer's hours; covers
// instead of them, also outside those hours; and nobody who is off.
func (l Layer) shifts(covers []Cover, folk map[id.ID]Folk, in Span) []Shift {
	var list []Shift
	hours := l.hours(in)
	for _, turn := range l.turns(in) {
		for _, part := range turn.within(hours) {
			one := turn
			one.Span = part
			list = append(list, one)
		}
	}
	for _, c := range covers { // in the order they were made
		span := Span{c.From, c.To}.meet(in)
		if c.Layer != l.ID || span.empty() {
			continue
		}
		list = append(without(list, []Span{span}), Shift{Span: span, Person: c.Person, Layer: l.ID, Cover: c.ID})
	}
	var out []Shift
	for _, s := range list {
		out = append(out, without([]Shift{s}, folk[s.Person].off(s.Span))...)
	}
	inOrder(out)
	return joined(out)
}

// off is when somebody cannot be on duty.
func (f Folk) off(in Span) []Span {
	if !f.Active || f.Hours == nil {
		return []Span{in}
	}
	return spansOf(f.Hours.OffRanges(in.From.Time(), in.To.Time()))
}

// turns are whose turn it is, from before the span to after it.
func (l Layer) turns(in Span) (out []Shift) {
	start, err := worktime.ParseDate(l.Start)
	n := len(l.People.V)
	if err != nil || n == 0 || l.Days < 1 {
		return nil
	}
	begins := func(k int64) clock.Instant {
		at, err := worktime.Wall(l.Zone, start.AddDays(int(k*l.Days)), int(l.Handover))
		if err != nil {
			return 0
		}
		return clock.At(at)
	}
	first := max(0, int64(in.From.Sub(begins(0)).Hours())/24/l.Days-2)
	for k := first; ; k++ {
		from, to := begins(k), begins(k+1)
		if from == 0 || to == 0 || from >= in.To {
			return out
		}
		if span := (Span{from, to}).meet(in); !span.empty() {
			out = append(out, Shift{Span: span, Person: l.People.V[int(k%int64(n))], Layer: l.ID})
		}
	}
}

// hours is when the layer has anybody on duty at all.
func (l Layer) hours(in Span) []Span {
	if len(l.Hours.V) == 0 {
		return []Span{in}
	}
	h, err := worktime.Spec{Zone: l.Zone, Weekly: l.Hours.V}.Compile()
	if err != nil {
		return nil
	}
	return spansOf(h.Ranges(in.From.Time(), in.To.Time()))
}

// promised is when the rota means to have somebody on duty.
func (r Rota) promised(in Span) []Span {
	if r.Always {
		return []Span{in}
	}
	var all []Span
	for _, l := range r.Layers {
		if len(l.People.V) == 0 {
			continue
		}
		begins := in
		if turns := l.turns(in); len(turns) > 0 {
			begins.From = turns[0].From
		}
		for _, h := range l.hours(in) {
			all = append(all, h.meet(begins))
		}
	}
	return union(all)
}

// missing are the gaps that the rota did not mean to have.
func (r Rota) missing(gaps []Span, in Span) (out []Span) {
	promised := r.promised(in)
	for _, g := range gaps {
		out = append(out, g.within(promised)...)
	}
	return out
}

// without cuts a piece of time out of shifts.
func without(list []Shift, spans []Span) (out []Shift) {
	for _, s := range list {
		for _, part := range s.less(spans) {
			one := s
			one.Span = part
			out = append(out, one)
		}
	}
	return out
}

func inOrder(list []Shift) {
	slices.SortFunc(list, func(a, b Shift) int { return int(min(max(a.From-b.From, -1), 1)) })
}

// joined makes one of shifts of the same person that touch.
func joined(list []Shift) (out []Shift) {
	for _, s := range list {
		if n := len(out); n > 0 && out[n-1].To == s.From && out[n-1].Person == s.Person && out[n-1].Layer == s.Layer && out[n-1].Cover == s.Cover {
			out[n-1].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}

// Change is another person coming on duty. Before a gap nobody comes, so that a
// change is at the end of the gap.
type Change struct {
	At, Left clock.Instant // Left: when the one before went
	Begun    clock.Instant // when the one before came
	From, To id.ID
}

// changes lists them in order, from the second person in the list on.
func changes(list []Shift) (out []Change) {
	if len(list) == 0 {
		return nil
	}
	before, begun := list[0], list[0].From
	for _, s := range list[1:] {
		if s.Person == before.Person {
			before.To = s.To
			continue
		}
		out = append(out, Change{At: s.From, Left: before.To, Begun: begun, From: before.Person, To: s.Person})
		before, begun = s, s.From
	}
	return out
}

// at finds who is on duty at an instant.
func at(list []Shift, t clock.Instant) (Shift, bool) {
	for _, s := range list {
		if s.From <= t && t < s.To {
			return s, true
		}
	}
	return Shift{}, false
}
