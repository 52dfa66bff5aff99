package importers

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/importers/slack"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// run is one export on its way in.
type run struct {
	s     *Service
	ws    id.ID
	dry   bool
	tell  Progress
	guard func(context.Context, *db.Tx) error // an error stops the run; may be nil

	a       *slack.Archive
	repeat  bool // something of this Slack workspace came in earlier
	done    bool // all messages of this very export did
	at      place
	batches int // written by this run
	report  Report
	people  map[string]people.Person // by person key
	spaces  map[string]id.ID         // by channel key
	pins    map[string]map[string]bool
}

// phaseChecking is while the export is read for the first time.
const phaseChecking = "Checking"

// place is how far an export came.
type place struct {
	Channel  string
	AfterKey string
	Counts   db.JSON[Counts]
	DoneAt   clock.Instant // when all of it had come in; zero: not yet
}

// run reads the export once to the end, so that a damaged one brings nothing, and
// then brings it in.
func (s *Service) run(ctx context.Context, r *run, path string) (_ Report, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	r.people, r.spaces, r.pins = map[string]people.Person{}, map[string]id.ID{}, map[string]map[string]bool{}
	r.tell(phaseChecking, 0, 0)
	r.a, err = slack.OpenWith(ctx, path, slack.Options{Progress: func(done, total int64) { r.tell(phaseChecking, done, total) }})
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = r.a.Close() }()
	r.report.of(r.a.Report(), r.dry)
	r.orphans()
	if r.dry {
		return r.report, r.foresee(ctx)
	}
	defer fault.Wrap(&err, "importers.Run")
	if err := r.resume(ctx); err != nil {
		return r.report, err
	}
	for _, step := range []func(context.Context) error{r.bringPeople, r.bringSpaces, r.bringMessages, r.finish} {
		if err := step(ctx); err != nil {
			return r.report, err
		}
	}
	return r.report, nil
}

// resume finds how far an earlier run of the same export came.
func (r *run) resume(ctx context.Context) error {
	at, ok, err := loadPlace(ctx, r.s.db, r.ws, r.a.Fingerprint())
	if err != nil {
		return err
	}
	if r.done = !at.DoneAt.IsZero(); ok && !r.done {
		r.at, r.report.Counts = at, at.Counts.V
	}
	r.repeat, err = anybody(ctx, r.s.db, r.ws)
	return err
}

// write runs one batch, and remembers with it how far the export came. f gives what
// the batch added; it may be run again.
func (r *run) write(ctx context.Context, at place, f func(context.Context, *db.Tx) (Counts, error)) error {
	var sum Counts
	err := r.s.db.Write(ctx, r.ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("how far an import came is nobody's news")
		if r.guard != nil {
			if err := r.guard(ctx, tx); err != nil {
				return err
			}
		}
		added, err := f(ctx, tx)
		if err != nil {
			return err
		}
		sum = r.report.plus(added)
		at.Counts.V = sum
		return savePlace(ctx, tx, r.a.Fingerprint(), at)
	})
	if err == nil {
		r.at, r.report.Counts = at, sum
	}
	return err
}

// finish writes down that all is in. The same export, which its fingerprint tells,
// has no news after that: the next run reads it for its report and leaves it at that.
func (r *run) finish(ctx context.Context) error {
	return r.s.db.Write(ctx, r.ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("how far an import came is nobody's news")
		if err := saveDone(ctx, tx, r.a.Fingerprint()); err != nil || r.done {
			return err
		}
		return measure(ctx, tx)
	})
}

// key names a thing of the export for good.
func (r *run) key(channel, key string) string { return slack.ExternalKey(r.a.Team(), channel, key) }

// parts cuts a list into pieces of at most n.
func parts[T any](list []T, n int) [][]T {
	var out [][]T
	for len(list) > n {
		out, list = append(out, list[:n:n]), list[n:]
	}
	if len(list) > 0 {
		out = append(out, list)
	}
	return out
}
