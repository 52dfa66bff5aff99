package duty

import (
	"slices"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/worktime"
)

// Span is a piece of time, [From, To).
type Span struct{ From, To clock.Instant }

func (s Span) empty() bool { return s.From >= s.To }

func (s Span) meet(t Span) Span { return Span{max(s.From, t.From), min(s.To, t.To)} }

// less is what is left of a span without others, which are in order and apart.
func (s Span) less(others []Span) (out []Span) {
	for _, o := range others {
		if o.To <= s.From {
			continue
		}
		if o.From >= s.To {
			break
		}
		if before := (Span{s.From, o.From}); !before.empty() {
			out = append(out, before)
		}
		s.From = o.To
	}
	if !s.empty() {
		out = append(out, s)
	}
	return out
}

// within is what others, in order and apart, leave of a span.
func (s Span) within(others []Span) (out []Span) {
	for _, o := range others {
		if m := s.meet(o); !m.empty() {
			out = append(out, m)
		}
	}
	return out
}

// union puts spans in order and joins those that touch.
func union(list []Span) (out []Span) {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Span) int { return int(min(max(a.From-b.From, -1), 1)) })
	for _, s := range list {
		switch n := len(out); {
		case s.empty():
		case n > 0 && s.From <= out[n-1].To:
			out[n-1].To = max(out[n-1].To, s.To)
		default:
			out = append(out, s)
		}
	}
	return out
}

// spansOf are ranges of worktime, widened to whole microseconds.
func spansOf(list []worktime.Range) (out []Span) {
	for _, r := range list {
		out = append(out, Span{clock.At(r.From), clock.At(r.To)})
	}
	return out
}
