// Package job does things later: one table, the same on both engines. A job is
// added in the transaction that wants it, runs at least once, and is retried
// with growing pauses until it is done or dead. What leaves the house (mail,
// push, webhooks) goes by a job with a key that makes a repeat harmless.
package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// Job is one piece of work being done.
type Job struct {
	ID        id.ID
	Workspace id.ID // zero: belongs to none
	Kind      string
	Args      json.RawMessage
	Attempt   int // from 1
}

// Decode reads the job's arguments.
func (j Job) Decode(into any) error {
	if err := json.Unmarshal(j.Args, into); err != nil {
		return Dead(fmt.Errorf("job: arguments of %s: %w", j.Kind, err))
	}
	return nil
}

// Options say when and how often.
type Options struct {
	At       clock.Instant // not before; now when zero
	Dedup    string        // one ready or running job of this key at a time; a second is dropped
	Attempts int           // 10 when zero
}

// Enqueue adds a job in the caller's transaction.
func Enqueue(ctx context.Context, tx *db.Tx, kind string, args any, o Options) error {
	b, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("job: arguments of %s: %w", kind, err)
	}
	if o.At == 0 {
		o.At = tx.Now
	}
	if o.Attempts == 0 {
		o.Attempts = 10
	}
	return insert(ctx, tx, kind, string(b), o)
}

// Handler does the work of one kind. A nil error is done; Dead(err) is given up;
// any other error is tried again later.
type Handler func(ctx context.Context, j Job) error

type deadError struct{ error }

func (d deadError) Unwrap() error { return d.error }

// Dead marks an error that no repeat will mend.
func Dead(err error) error { return deadError{err} }

type againError struct{ at clock.Instant }

func (againError) Error() string { return "job: again later" }

// Again puts the job back until at, without counting a failure.
func Again(at clock.Instant) error { return againError{at} }

// pause is the wait before the next attempt: 5 s, 20 s, 45 s … at most an hour.
func pause(attempt int) time.Duration {
	return min(time.Duration(attempt*attempt)*5*time.Second, time.Hour)
}

// Pulse is work that has an ordered table of its own instead of a job a row:
// Next says when it is needed next (zero: not at all), Run does all that is due.
// Run is called on every node and must take what it does in its own transaction.
type Pulse struct {
	Name string
	Next func(context.Context) (clock.Instant, error)
	Run  func(context.Context) error
	Last bool // beats behind those that may bring something to what it does
}
