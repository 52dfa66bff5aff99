package event

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Follower listens to the log. Its cursor moves in the transaction of its own
// writes, so each event takes effect once; what leaves the house goes by a job.
type Follower struct {
	Name  string   // stable: the cursor's key
	Kinds []string // the kinds it wants; nil is all
	// Handle takes one event. It may use tx and nothing else of the database.
	Handle func(ctx context.Context, tx *db.Tx, e Event) error
	// HandleAll takes several events in their order at once, with the effect that
	// Handle would have on one after the other; nil: Handle takes them singly. After
	// an error the events are given to Handle, so that only the one at fault waits.
	HandleAll func(ctx context.Context, tx *db.Tx, list []Event) error
}

func (l Follower) wants(e Event) bool { return l.Kinds == nil || slices.Contains(l.Kinds, e.Kind) }

// hear hands over those of the events that the listener wants and that follow at.
func (l Follower) hear(ctx context.Context, tx *db.Tx, at int64, list []Event) error {
	var wanted []Event
	for _, e := range list {
		if e.Seq > at && l.wants(e) {
			wanted = append(wanted, e)
		}
	}
	if l.HandleAll != nil && len(wanted) > 1 {
		return l.HandleAll(ctx, tx, wanted)
	}
	for _, e := range wanted {
		if err := l.Handle(ctx, tx, e); err != nil {
			return err
		}
	}
	return nil
}

// Followers keeps listeners up with the log.
type Followers struct {
	db   *db.DB
	bus  bus.Bus
	list []Follower
}

const (
	batch = 64 // in one transaction: writers of the workspace wait behind it
	tries = 5
	poll  = 5 * time.Second       // between looks when nobody pokes
	pace  = 15 * time.Millisecond // between passes, so that what comes close together is heard together
)

// NewFollowers gathers the listeners of a node.
func NewFollowers(d *db.DB, b bus.Bus, list ...Follower) *Followers {
	return &Followers{db: d, bus: b, list: list}
}

// Names lists the listeners.
func (f *Followers) Names() []string {
	var out []string
	for _, l := range f.list {
		out = append(out, l.Name)
	}
	return out
}

// Run follows the log until the context ends.
func (f *Followers) Run(ctx context.Context) error {
	poked, done := f.bus.Subscribe(bus.Events)
	defer done()
	for {
		if _, err := f.step(ctx); err != nil && ctx.Err() == nil {
			slog.Error("event: following the log", "error", err)
		}
		_ = clock.System{}.Wait(ctx, clock.System{}.Now().Add(pace))
		idle := time.NewTimer(poll)
		select {
		case <-ctx.Done():
			idle.Stop()
			return nil
		case <-poked:
		case <-idle.C:
		}
		idle.Stop()
	}
}

// Settle follows until every listener is at the head of every workspace.
func (f *Followers) Settle(ctx context.Context) error {
	for {
		worked, err := f.step(ctx)
		if err != nil || !worked {
			return err
		}
	}
}

// hearings is how often Hear goes on with what listeners themselves brought about.
const hearings = 3

// Hear brings the listeners named to where the log ends, and lets them hear what they
// wrote meanwhile; unlike Settle it ends while others go on writing, and it does not
// wait for the other listeners.
func (f *Followers) Hear(ctx context.Context, names ...string) error {
	some := NewFollowers(f.db, f.bus)
	for _, l := range f.list {
		if slices.Contains(names, l.Name) {
			some.list = append(some.list, l)
		}
	}
	for range hearings {
		worked, err := some.step(ctx)
		if err != nil || !worked {
			return err
		}
	}
	return nil
}

// step brings every listener forward in every workspace where one is behind.
func (f *Followers) step(ctx context.Context) (worked bool, err error) {
	workspaces, err := behind(ctx, f.db, f.Names())
	if err != nil {
		return false, err
	}
	var errs []error
	for _, w := range workspaces {
		err := f.pass(ctx, w)
		if err != nil && ctx.Err() == nil {
			// One of them fails somewhere: they go on apart, so that only that one waits.
			err = f.apart(ctx, w)
		}
		worked = worked || err == nil
		errs = append(errs, err)
	}
	return worked, errors.Join(errs...)
}

// pass reads what is new in a workspace once and hands it to all who are behind.
func (f *Followers) pass(ctx context.Context, workspace id.ID) error {
	for more := true; more; {
		err := f.db.WriteSoon(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("cursors move")
			at, err := cursors(ctx, tx, workspace, f.Names())
			if err != nil {
				return err
			}
			list, err := After(ctx, tx, workspace, slices.Min(at), batch)
			if err != nil || len(list) == 0 {
				more = false
				return err
			}
			more = len(list) == batch
			for i, l := range f.list {
				if err := l.hear(ctx, tx, at[i], list); err != nil {
					return err
				}
				at[i] = max(at[i], list[len(list)-1].Seq)
			}
			return moveCursors(ctx, tx, f.Names(), at)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *Followers) apart(ctx context.Context, workspace id.ID) error {
	var errs []error
	for _, l := range f.list {
		errs = append(errs, f.follow(ctx, l, workspace))
	}
	return errors.Join(errs...)
}

// CatchUp brings one listener to the head of one workspace, now.
func (f *Followers) CatchUp(ctx context.Context, follower string, workspace id.ID) error {
	i := slices.IndexFunc(f.list, func(l Follower) bool { return l.Name == follower })
	if i < 0 {
		return errors.New("event: no follower " + follower)
	}
	return f.follow(ctx, f.list[i], workspace)
}

// follow takes what is new in one workspace, in batches.
func (f *Followers) follow(ctx context.Context, l Follower, workspace id.ID) error {
	head, err := Head(ctx, f.db, workspace)
	if err != nil {
		return err
	}
	for {
		at, _, err := cursor(ctx, f.db, workspace, l.Name)
		if err != nil || at >= head {
			return err
		}
		if err := f.take(ctx, l, workspace, batch); err == nil {
			continue
		}
		// Somewhere in the batch is one that fails: go on singly, so that only it waits.
		if err := f.take(ctx, l, workspace, 1); err != nil {
			if parked, perr := f.failed(ctx, l, workspace, err); perr != nil || !parked {
				return errors.Join(err, perr)
			}
		}
	}
}

func (f *Followers) take(ctx context.Context, l Follower, workspace id.ID, limit int) error {
	return f.db.WriteSoon(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a cursor moves")
		at, _, err := cursor(ctx, tx, workspace, l.Name)
		if err != nil {
			return err
		}
		list, err := After(ctx, tx, workspace, at, limit)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := l.hear(ctx, tx, at, list); err != nil {
			return err
		}
		return moveCursor(ctx, tx, l.Name, list[len(list)-1].Seq, 0)
	})
}

// failed counts a try and, after the fifth, parks the event and goes on.
func (f *Followers) failed(ctx context.Context, l Follower, workspace id.ID, why error) (parked bool, err error) {
	err = f.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a cursor moves")
		at, n, err := cursor(ctx, tx, workspace, l.Name)
		if err != nil {
			return err
		}
		if n+1 < tries {
			return moveCursor(ctx, tx, l.Name, at, n+1)
		}
		parked = true
		if err := park(ctx, tx, l.Name, at+1, why.Error()); err != nil {
			return err
		}
		return moveCursor(ctx, tx, l.Name, at+1, 0)
	})
	if parked {
		slog.Error("event: parked after five tries; meantime doctor shows it", "follower", l.Name, "workspace", workspace, "error", why)
	}
	return parked, err
}
