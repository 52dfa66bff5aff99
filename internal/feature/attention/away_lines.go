package attention

import (
	"context"
	"fmt"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Away is for whoever asked: an addressee told them that they are not there when it
// would be due.
const Away Kind = "away"

// Instead is whom an asker can ask in the place of somebody who is away, by one press.
type Instead struct {
	Ask        id.ID
	Person, To people.PersonRef
}

// Path is the page on which the asker can do so; a mail leads there.
func (i Instead) Path() string {
	return "/instead/" + id.Encode("ask", i.Ask) + "/" + i.Person.ID
}

func (s *Service) heardAway(ctx context.Context, tx *db.Tx, e event.Event) error {
	var data asks.AwayData
	if err := e.Decode(&data); err != nil {
		return err
	}
	// That the due moved is said with it.
	if err := dropMoved(ctx, tx, data.Ask, data.Person); err != nil {
		return err
	}
	return s.tellAsker(ctx, tx, e, data.About, Away, data.Person)
}

// whoIsAway finds, for an asker, which of those they wait for are away, where the
// deliveries give reason to ask.
func (s *Service) whoIsAway(ctx context.Context, q db.Queryer, reader actor.Actor, rows []delivery) (map[id.ID][]asks.Away, error) {
	var about []id.ID
	for _, r := range rows {
		if r.Kind == Away || r.Kind == DueMoved {
			about = append(about, r.AskID)
		}
	}
	if len(about) == 0 {
		return nil, nil
	}
	return s.asks.AwayFrom(ctx, q, reader, about)
}

// awayOf is the absence of an addressee that a line is about.
func (v seen) awayOf(ask, who id.ID) (asks.Away, bool) {
	for _, x := range v.away[ask] {
		if x.Absence.Person == who {
			return x, true
		}
	}
	return asks.Away{}, false
}

// isAway says in words that somebody is away, when they are back, and who stands in.
func (v seen) isAway(who id.ID, x asks.Away) (what, words string) {
	what = v.who[who].Name + " is away"
	if x.Back != "" {
		what += " and back on " + x.Back
	}
	if to, ok := v.who[x.Absence.StandIn]; ok {
		words = to.Name + " stands in."
	}
	return what, words
}

// instead offers the stand-in to the asker.
func (v seen) instead(r delivery) *Instead {
	x, ok := v.awayOf(r.AskID, r.WhoID)
	to, known := v.who[x.Absence.StandIn]
	if !ok || !known || !x.May {
		return nil
	}
	return &Instead{Ask: r.AskID, Person: v.who[r.WhoID], To: to}
}

// dueMeanwhile counts what the reader owes that would be due during an absence.
func (s *Service) dueMeanwhile(ctx context.Context, q db.Queryer, reader actor.Actor, absence id.ID) (int, error) {
	none := 0
	_, list, err := s.asks.DueWhileAway(ctx, q, reader, absence)
	if missing, err := gone(err); missing || err != nil {
		return none, err
	}
	return len(list), err
}

// leavings counts, for the deliveries that need it, what is due meanwhile.
func (s *Service) leavings(ctx context.Context, q db.Queryer, reader actor.Actor, rows []delivery) (map[id.ID]int, error) {
	out := map[id.ID]int{}
	for _, r := range rows {
		if r.Kind != Leaving {
			continue
		}
		n, err := s.dueMeanwhile(ctx, q, reader, r.RefID)
		if err != nil {
			return nil, err
		}
		out[r.ID] = n
	}
	return out, nil
}

// aboutAbsence is the line of what comes with an absence of the reader's own. A
// catch-up has lines of its own, and this is what is left of one whose absence is gone.
func (v seen) aboutAbsence(r delivery) (Line, bool) {
	n := v.leaving[r.ID]
	if r.Kind != Leaving || n == 0 {
		return Line{}, false
	}
	return Line{
		Kind: Leaving, Who: v.who[r.PersonID], Path: "/hours?tab=away",
		Title:   "You are away soon, and " + count(n, "thing is", "things are") + " due meanwhile",
		Excerpt: "Pass on what cannot wait, or tell whoever asked.",
	}, true
}

// count is a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// gone turns "not found" into true.
func gone(err error) (bool, error) {
	if fault.IsKind(err, fault.NotFound) {
		return true, nil
	}
	return false, err
}
