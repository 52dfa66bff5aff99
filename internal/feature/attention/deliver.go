package attention

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/worktime"
)

// Jobs enters the work of this package: one pulse, whose ordered pass delivers
// all that is due in all workspaces.
func (s *Service) Jobs(r *job.Runner) {
	r.Beat(job.Pulse{
		Name: "attention",
		Next: func(ctx context.Context) (clock.Instant, error) { return nextDue(ctx, s.db) },
		Run:  s.Deliver,
	})
}

// bunch is how many due rows one step of the pass takes.
const bunch = 500

// Deliver makes one ordered pass over all that is due now, and lets silence speak
// where its time has come. What fails in one workspace does not hold up another.
func (s *Service) Deliver(ctx context.Context) error {
	now := s.now()
	var at duePlace
	var errs []error
	for {
		rows, err := dueAfter(ctx, s.db, now, at, bunch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, w := range byWorkspace(rows) {
			if err := s.deliverTo(ctx, w.workspace, w.persons); err != nil {
				errs = append(errs, fmt.Errorf("attention: deliver in %s: %w", w.workspace, err))
			}
		}
		if len(rows) < bunch {
			return errors.Join(append(errs, s.hush(ctx, now))...)
		}
		at = rows[len(rows)-1]
	}
}

type group struct {
	workspace id.ID
	persons   []id.ID
}

// byWorkspace keeps the order in which things are due.
func byWorkspace(rows []duePlace) []group {
	var out []group
	seen := map[[2]id.ID]bool{}
	for _, r := range rows {
		key := [2]id.ID{r.WorkspaceID, r.PersonID}
		if seen[key] {
			continue
		}
		seen[key] = true
		i := slices.IndexFunc(out, func(g group) bool { return g.workspace == r.WorkspaceID })
		if i < 0 {
			i = len(out)
			out = append(out, group{workspace: r.WorkspaceID})
		}
		out[i].persons = append(out[i].persons, r.PersonID)
	}
	return out
}

// deliverTo takes all that is due for some people of one workspace. The rows are
// read again inside the transaction, in which they change and are told of, so that
// each is delivered once whatever else happens.
func (s *Service) deliverTo(ctx context.Context, workspace id.ID, persons []id.ID) error {
	return s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("what was due may turn out to be wanted later, or not at all")
		rows, err := dueOf(ctx, tx, persons)
		if err != nil || len(rows) == 0 {
			return err
		}
		f, err := s.gather(ctx, tx, rows)
		if err != nil {
			return err
		}
		var now []delivery
		var gone []id.ID
		later := map[clock.Instant][]id.ID{}
		for _, r := range rows {
			switch v, at := f.judge(r); v {
			case deliverNow:
				now = append(now, r)
			case letGo:
				gone = append(gone, r.ID)
			case wait:
				later[at] = append(later[at], r.ID)
			}
		}
		less := repeated(now)
		now = slices.DeleteFunc(now, func(r delivery) bool { return less[r.ID] })
		for x := range less {
			gone = append(gone, x)
		}
		if err := drop(ctx, tx, gone); err != nil {
			return err
		}
		if err := move(ctx, tx, later); err != nil {
			return err
		}
		return digest(ctx, tx, now)
	})
}

// digest bundles deliveries by person and urgency, and tells the log of each bundle.
func digest(ctx context.Context, tx *db.Tx, rows []delivery) error {
	if len(rows) == 0 {
		return nil
	}
	type key struct {
		person  id.ID
		urgency worktime.Urgency
	}
	bundles, order := map[key][]delivery{}, []key{}
	ids := make([]id.ID, 0, len(rows))
	for _, r := range rows {
		k := key{r.PersonID, r.Urgency}
		if bundles[k] == nil {
			order = append(order, k)
		}
		bundles[k] = append(bundles[k], r)
	}
	digestOf := make(map[id.ID]id.ID, len(rows))
	list := make([]Digest, 0, len(order))
	for _, k := range order {
		d := Digest{ID: id.New(tx.Now), PersonID: k.person, At: tx.Now, Urgency: k.urgency, Items: int64(len(lines(bundles[k])))}
		list = append(list, d)
		for _, r := range bundles[k] {
			ids = append(ids, r.ID)
			digestOf[r.ID] = d.ID
		}
		event.Append(tx, event.New{
			Kind: Digested, Subject: event.Ref{Kind: "digest", ID: d.ID}, Concerns: []id.ID{d.PersonID},
			Data: DigestedData{Digest: d.ID, Items: d.Items, Urgency: string(d.Urgency)},
		})
	}
	if err := insertDigests(ctx, tx, list); err != nil {
		return err
	}
	return deliver(ctx, tx, ids, digestOf)
}

// DigestedData is the data of attention.digested.
type DigestedData struct {
	Digest  id.ID  `json:"digest"`
	Items   int64  `json:"items"`
	Urgency string `json:"urgency"`
}

// lines puts the posts of one thread into one line; everything else has its own.
func lines(rows []delivery) [][]delivery {
	var out [][]delivery
	at := map[id.ID]int{}
	for _, r := range rows {
		if !r.Kind.read() {
			out = append(out, []delivery{r})
			continue
		}
		i, ok := at[r.ThreadID]
		if !ok {
			i = len(out)
			at[r.ThreadID] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// DeliveredBetween counts the deliveries that reached people after from, up to and with to.
func (s *Service) DeliveredBetween(ctx context.Context, workspace id.ID, from, to clock.Instant) (int, error) {
	return deliveredBetween(ctx, s.db, workspace, from, to)
}
