package duty

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Handover is one change of who is on duty, and the note that goes with it.
type Handover struct {
	WorkspaceID id.ID
	ID          id.ID
	Team        id.ID `db:"team_id"`
	At          clock.Instant
	From        id.ID `db:"from_id"`
	To          id.ID `db:"to_id"`
	AskedAt     clock.Instant
	BegunAt     clock.Instant
	WrittenAt   clock.Instant
	GoingOn     string // what is going on
	Watch       string // what to watch
}

// Write writes the note of a handover: whoever leaves may, and write it anew. When the
// other has begun already they are told of it then.
func (s *Service) Write(ctx context.Context, a actor.Actor, handover id.ID, goingOn, watch string) (h Handover, err error) {
	err = s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		h, err = s.writeTx(ctx, tx, a, handover, goingOn, watch)
		return err
	})
	return h, err
}

func (s *Service) writeTx(ctx context.Context, tx *db.Tx, a actor.Actor, handover id.ID, goingOn, watch string) (Handover, error) {
	h, ok, err := handoverByID(ctx, tx, a.Workspace, handover)
	if err != nil {
		return h, err
	}
	if !ok {
		return h, fault.Missing("handover")
	}
	if _, err := s.people.Team(ctx, tx, a, h.Team); err != nil {
		if none, err := gone(err); !none {
			return h, err
		}
		return h, fault.Missing("handover")
	}
	if h.From != a.Person {
		return h, fault.New(fault.Forbidden, "not_yours", "Whoever leaves duty writes the handover note.")
	}
	if goingOn, err = tidyWords(goingOn); err != nil {
		return h, err
	}
	if watch, err = tidyWords(watch); err != nil {
		return h, err
	}
	if goingOn == "" {
		return h, wrong("empty", "going_on", "Say in a few words what is going on; “all quiet” is an answer too.")
	}
	first := h.WrittenAt.IsZero()
	h.GoingOn, h.Watch, h.WrittenAt = goingOn, watch, tx.Now
	event.Append(tx, handoverEvent(EventHandoverWrote, a.Person, h))
	if first && !h.BegunAt.IsZero() {
		event.Append(tx, handoverEvent(EventBegun, a.Person, h, h.To))
	}
	return h, putHandover(ctx, tx, h)
}

func handoverEvent(kind string, by id.ID, h Handover, concerns ...id.ID) event.New {
	return event.New{Kind: kind, Actor: by, Subject: event.Ref{Kind: "handover", ID: h.ID}, Concerns: concerns, Data: map[string]string{"team": id.Encode("team", h.Team)}}
}
