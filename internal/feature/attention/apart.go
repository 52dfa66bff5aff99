package attention

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// apart is how long there is at least from one digest to a person's next: what is to
// reach them soon waits for a check time that is nearer than this, and for so long after
// a digest. What is urgent waits for nothing.
const apart = 5 * time.Minute

// held is until when something soon waits whose reader had a digest at last; zero for
// not at all: it is long ago, their hours would end meanwhile, or its due would pass.
func held(h *worktime.Schedule, now, last, due clock.Instant) clock.Instant {
	if last == 0 || now.Sub(last) >= apart {
		return 0
	}
	at := instant(h, last.Add(apart), worktime.Soon, false)
	if at == 0 || at.Sub(now) >= 2*apart || due != 0 && at >= due {
		return 0
	}
	return at
}

// lastOf has those looked at closely who had a digest a moment ago.
func (s *Service) lastOf(ctx context.Context, q db.Queryer, a *ahead, due []bundle, now clock.Instant) error {
	var soon []id.ID
	for i, b := range due {
		if b.Urgency == worktime.Soon && (i == 0 || due[i-1].PersonID != b.PersonID || due[i-1].Urgency != worktime.Routine) {
			soon = append(soon, b.PersonID)
		}
	}
	last, err := lastSent(ctx, q, a.workspace, now, soon)
	for p := range last {
		a.care[p] = true
	}
	return err
}

// hold lets what is only soon wait for those who had a digest a moment ago.
func (s *Service) hold(ctx context.Context, tx *db.Tx, f facts, rows []delivery) (now, later []delivery, err error) {
	last, err := lastSent(ctx, tx, tx.Workspace, tx.Now, onlySoon(rows))
	if err != nil || len(last) == 0 {
		return rows, nil, err
	}
	until := map[id.ID]clock.Instant{}
	for _, r := range rows {
		at := last[r.PersonID]
		if at == 0 || r.Urgency != worktime.Soon {
			continue
		}
		if at = held(f.hours[r.PersonID], tx.Now, at, r.Due); at == 0 {
			last[r.PersonID] = 0 // one that cannot wait takes the others with it
		}
		until[r.PersonID] = at
	}
	for _, r := range rows {
		if at := until[r.PersonID]; r.Urgency == worktime.Soon && at != 0 && last[r.PersonID] != 0 {
			r.DeliverAt = at
			later = append(later, r)
			continue
		}
		now = append(now, r)
	}
	return now, later, nil
}

// onlySoon are those whom nothing reaches for which they agreed to look now.
func onlySoon(rows []delivery) []id.ID {
	var soon, look set
	for _, r := range rows {
		switch r.Urgency {
		case worktime.Soon:
			soon.add(r.PersonID)
		case worktime.Routine:
			look.add(r.PersonID)
		}
	}
	return slices.DeleteFunc(soon.list, look.has)
}
