package asks

import (
	"context"
	"strings"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// AwayData is the data of asks.away. Times are in microseconds.
type AwayData struct {
	About
	Person  id.ID         `json:"person"`
	Absence id.ID         `json:"absence"`
	From    clock.Instant `json:"from"`
	To      clock.Instant `json:"to"`
	StandIn id.ID         `json:"stand_in"`
	Note    string        `json:"note"`
}

// TellAway lets the asker know that the actor, who owes them this, is away when it
// would be due; they can then ask somebody else. It changes nothing about the ask.
// Saying it twice of one absence is a conflict.
func (s *Service) TellAway(ctx context.Context, a actor.Actor, ask, absence id.ID, note string) (Ask, error) {
	note = strings.TrimSpace(note)
	return s.change(ctx, a, ask, func(ctx context.Context, c *change) error {
		if _, err := c.mine(); err != nil {
			return err
		}
		if err := fits("note", note, longestWords); err != nil {
			return err
		}
		x, err := s.people.AbsenceOf(ctx, c.tx, a.Workspace, a.Person, absence)
		if err != nil {
			return err
		}
		if x.To <= c.tx.Now {
			return wrong("absence_over", "absence", "This absence is over. Answer, or say by when you will.")
		}
		told, err := s.toldAway(ctx, c.tx, a, x, []AwayOwing{{Ask: *c.ask}})
		if err != nil {
			return err
		}
		if told[c.ask.ID] {
			return fault.New(fault.Conflict, "already_told", "The asker knows of this absence already.")
		}
		c.tell(EventAway, AwayData{
			About: c.ask.about(), Person: a.Person, Absence: absence, From: x.From, To: x.To, StandIn: x.StandIn, Note: note,
		}, c.ask.AskerID)
		return nil
	})
}

// lookedBack is how many events of an ask are looked through for what was said.
const lookedBack = 100

// toldAway says of which asks the asker was told of an absence as it stands now.
func (s *Service) toldAway(ctx context.Context, q db.Queryer, a actor.Actor, x people.Absence, list []AwayOwing) (map[id.ID]bool, error) {
	out := map[id.ID]bool{}
	for _, o := range list {
		log, err := event.Of(ctx, q, a.Workspace, o.Ask.ID, lookedBack)
		if err != nil {
			return nil, err
		}
		for _, e := range log {
			var data AwayData
			if e.Kind != EventAway || e.Actor != a.Person {
				continue
			}
			if err := e.Decode(&data); err != nil {
				return nil, err
			}
			out[o.Ask.ID] = out[o.Ask.ID] || data.Absence == x.ID && data.From == x.From && data.To == x.To
		}
	}
	return out, nil
}

// gone turns "not found" into true.
func gone(err error) (bool, error) {
	if fault.IsKind(err, fault.NotFound) {
		return true, nil
	}
	return false, err
}
