package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Runner claims jobs, runs them, and keeps the pulses beating.
type Runner struct {
	db       *db.DB
	bus      bus.Bus
	handlers map[string]Handler
	slow     []string // kinds
	pulses   []Pulse

	turn sync.Mutex // one claims at a time, until what was claimed is noted
	mu   sync.Mutex
	cond *sync.Cond
	all  sync.WaitGroup
	// mine has the kinds of the jobs claimed here and not ended. A lease that runs out under
	// one is no reason to begin it twice.
	mine map[id.ID]string
}

const (
	workers  = 8
	mostSlow = workers / 2 // of them for slow work, so that quick work always goes on
	leaseFor = time.Minute
	idle     = 5 * time.Second
	keepDone = 24 * time.Hour
	pace     = 10 * time.Millisecond // between looks, however often it is poked
)

// NewRunner makes a runner; Handle and Beat come before Run.
func NewRunner(d *db.DB, b bus.Bus) *Runner {
	r := &Runner{db: d, bus: b, handlers: map[string]Handler{}, mine: map[id.ID]string{}}
	r.cond = sync.NewCond(&r.mu)
	return r
}

// Handle names who does the jobs of a kind.
func (r *Runner) Handle(kind string, h Handler) { r.handlers[kind] = h }

// HandleSlow is Handle for work of minutes: Settle does not wait for it, and half of the
// workers never do any.
func (r *Runner) HandleSlow(kind string, h Handler) {
	r.Handle(kind, h)
	r.slow = append(r.slow, kind)
}

// Beat adds a pulse. They beat in this order, and those that are last behind the others.
func (r *Runner) Beat(p Pulse) {
	i := len(r.pulses)
	for !p.Last && i > 0 && r.pulses[i-1].Last {
		i--
	}
	r.pulses = slices.Insert(r.pulses, i, p)
}

// Run works until the context ends, then waits for what is under way.
func (r *Runner) Run(ctx context.Context) error {
	poked, done := r.bus.Subscribe(bus.Jobs)
	defer done()
	told, enough := r.bus.Subscribe(bus.Events)
	defer enough()
	for ctx.Err() == nil {
		worked, err := r.step(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Error("job: the runner met an error and goes on", "error", err)
		}
		if worked {
			continue
		}
		r.rest(ctx, poked, told)
	}
	r.all.Wait()
	return nil
}

// rest waits for a poke, or for the next thing that is due, or a while.
func (r *Runner) rest(ctx context.Context, poked, told <-chan struct{}) {
	wait, cancel := context.WithCancel(ctx)
	defer cancel()
	due := make(chan struct{}, 2)
	if at, err := r.Next(ctx); err == nil && !at.IsZero() {
		go func() { _ = r.db.Clock().Wait(wait, at); due <- struct{}{} }()
	}
	c := clock.System{}
	_ = c.Wait(ctx, c.Now().Add(pace))
	go func() { _ = c.Wait(wait, c.Now().Add(idle)); due <- struct{}{} }()
	select {
	case <-ctx.Done():
	case <-poked:
	case <-told:
	case <-due:
	}
}

// Next is the instant at which something is due, or zero.
func (r *Runner) Next(ctx context.Context) (clock.Instant, error) {
	next, err := nextAt(ctx, r.db, r.unwanted())
	if err != nil {
		return 0, err
	}
	for _, p := range r.pulses {
		at, err := p.Next(ctx)
		if err != nil {
			return 0, fmt.Errorf("job: pulse %s: %w", p.Name, err)
		}
		if at != 0 && (next == 0 || at < next) {
			next = at
		}
	}
	return next, nil
}

// Settle does everything that is due now and returns when nothing is left but
// slow work. It may be called beside Run.
func (r *Runner) Settle(ctx context.Context) error {
	return r.settle(ctx, func() int { quick, _ := r.underWay(); return quick })
}

// Finish is Settle that waits for slow work, too.
func (r *Runner) Finish(ctx context.Context) error {
	return r.settle(ctx, func() int { return len(r.mine) })
}

// settle steps until a step that began with nothing under way found nothing to do: beside
// what is under way there may have been no room for more.
func (r *Runner) settle(ctx context.Context, underWay func() int) error {
	for {
		r.mu.Lock()
		busy := underWay() > 0
		r.mu.Unlock()
		worked, err := r.step(ctx)
		if err != nil {
			return err
		}
		r.mu.Lock()
		for underWay() > 0 {
			r.cond.Wait()
		}
		r.mu.Unlock()
		if !worked && !busy {
			return nil
		}
	}
}

// step beats the pulses that are due and starts the jobs that are.
func (r *Runner) step(ctx context.Context) (worked bool, err error) {
	now := r.db.Clock().Now()
	var errs []error
	for _, p := range r.pulses {
		at, err := p.Next(ctx)
		if err == nil && at != 0 && at <= now {
			worked = true
			err = p.Run(ctx)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("pulse %s: %w", p.Name, err))
		}
	}
	rows, err := r.claim(ctx)
	if err != nil {
		return false, errors.Join(append(errs, err)...)
	}
	for _, row := range rows {
		r.start(ctx, row)
	}
	if len(errs) > 0 { // a failing pulse is no reason to spin
		return len(rows) > 0, errors.Join(errs...)
	}
	return worked || len(rows) > 0, nil
}

// underWay counts the jobs claimed here and not ended; whoever asks holds mu.
func (r *Runner) underWay() (quick, slow int) {
	for _, kind := range r.mine {
		if slices.Contains(r.slow, kind) {
			slow++
		}
	}
	return len(r.mine) - slow, slow
}

// room is how much more work can begin now, and how much of it may be slow.
func (r *Runner) room() (all, slow int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, long := r.underWay()
	all = workers - len(r.mine)
	return all, min(all, mostSlow-long)
}

// unwanted are the kinds of which nothing can begin now, however due it is.
func (r *Runner) unwanted() []string {
	if _, slow := r.room(); slow > 0 {
		return nil
	}
	return r.slow
}

// claim takes what is due. What it takes is noted before anybody else can look, so that
// Settle never takes a job that is claimed and not begun for one that is done.
func (r *Runner) claim(ctx context.Context) (rows []row, err error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	next, err := nextAt(ctx, r.db, r.unwanted())
	if err != nil || next == 0 || next > r.db.Clock().Now() {
		return nil, err
	}
	free, slow := r.room()
	if free <= 0 {
		return nil, nil
	}
	err = r.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) (err error) {
		tx.Quiet("a job is claimed")
		rows = nil
		taken := due{lease: tx.Now.Add(leaseFor), not: r.claimed()}
		if slow > 0 && len(r.slow) > 0 {
			if rows, err = taken.claim(ctx, tx, "IN", r.slow, slow); err != nil {
				return err
			}
		}
		if room := free - len(rows); room > 0 {
			quick, err := taken.claim(ctx, tx, "NOT IN", r.slow, room)
			rows = append(rows, quick...)
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, row := range rows {
		r.mine[row.ID] = row.Kind
	}
	return rows, nil
}

func (r *Runner) claimed() []id.ID {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Collect(maps.Keys(r.mine))
}

// ended notes that a job of this process is over.
func (r *Runner) ended(row row) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.mine, row.ID)
	r.cond.Broadcast()
}

func (r *Runner) start(ctx context.Context, row row) {
	r.all.Add(1)
	go func() {
		defer r.all.Done()
		err := r.do(ctx, row)
		if err := r.end(context.WithoutCancel(ctx), row, err); err != nil {
			slog.Error("job: could not write down how it ended", "kind", row.Kind, "error", err)
		}
		r.ended(row)
		r.bus.Poke(bus.Jobs) // a slot is free
	}()
}

// do runs the handler and keeps its lease while it works.
func (r *Runner) do(ctx context.Context, row row) (err error) {
	h, ok := r.handlers[row.Kind]
	if !ok {
		return Dead(fmt.Errorf("nobody here does jobs of kind %q", row.Kind))
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go r.keep(ctx, row)
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h(ctx, Job{ID: row.ID, Workspace: row.WorkspaceID, Kind: row.Kind, Args: row.Args.V, Attempt: row.Attempt})
}

func (r *Runner) keep(ctx context.Context, row row) {
	c := clock.System{}
	for c.Wait(ctx, c.Now().Add(leaseFor/3)) == nil {
		_ = r.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
			tx.Quiet("a lease is kept")
			return extend(ctx, tx, row, tx.Now.Add(leaseFor))
		})
	}
}

func (r *Runner) end(ctx context.Context, row row, why error) error {
	return r.db.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a job ends")
		var dead deadError
		var again againError
		switch {
		case why == nil:
			if err := sweep(ctx, tx, tx.Now.Add(-keepDone)); err != nil {
				return err
			}
			return settle(ctx, tx, row, "done", tx.Now, "")
		case errors.As(why, &again):
			return uncount(ctx, tx, row, again.at)
		case errors.As(why, &dead), row.Attempt >= row.MaxAttempts:
			slog.Error("job: given up; meantime doctor shows it", "kind", row.Kind, "id", row.ID, "attempt", row.Attempt, "error", why)
			return settle(ctx, tx, row, "dead", tx.Now, why.Error())
		default:
			slog.Warn("job: failed and will be tried again", "kind", row.Kind, "id", row.ID, "attempt", row.Attempt, "error", why)
			return settle(ctx, tx, row, "ready", tx.Now.Add(pause(row.Attempt)), why.Error())
		}
	})
}
