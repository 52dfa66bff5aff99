package web

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// given is an answer that a repeat of its request will get.
type given struct {
	person id.ID
	key    string
	kept
}

func (a *given) name() string { return a.person.String() + a.key }

// keeper writes answers down for their keys, many at once and after they were
// given: what they tell of is durable already, so nobody waits for it. Until they
// are written they are held here. A process that dies in between leaves the key
// without its answer, and a repeat learns that it was done.
type keeper struct {
	db *db.DB

	mu      sync.Mutex
	held    map[string]*given
	queue   []*given
	running bool
	idle    sync.WaitGroup
	swept   clock.Instant
}

const (
	keptTogether = 64
	pace         = 10 * time.Millisecond // so that what is given close together is written together
	sweepEvery   = time.Hour
)

func (k *keeper) keep(a *given) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.held[a.name()] = a
	k.queue = append(k.queue, a)
	if !k.running {
		k.running = true
		k.idle.Go(k.run)
	}
}

// holds says whether an answer is held here, not written yet.
func (k *keeper) holds(person id.ID, key string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	_, ok := k.held[(&given{person: person, key: key}).name()]
	return ok
}

// find looks among the answers held here, then among those written. One that
// another process has not written yet is waited for, a moment.
func (k *keeper) find(ctx context.Context, person id.ID, key string) (kept, bool, error) {
	k.mu.Lock()
	a, ok := k.held[(&given{person: person, key: key}).name()]
	k.mu.Unlock()
	if ok {
		return a.kept, true, nil
	}
	for try := 0; ; try++ {
		found, ok, err := findKept(ctx, k.db, person, key)
		if err != nil || !ok || found.Status != 0 || try == 4 {
			return found, ok, err
		}
		c := clock.System{}
		if err := c.Wait(ctx, c.Now().Add(50*time.Millisecond)); err != nil {
			return found, ok, err
		}
	}
}

func (k *keeper) run() {
	for {
		_ = clock.System{}.Wait(context.Background(), clock.System{}.Now().Add(pace))
		k.mu.Lock()
		n := min(len(k.queue), keptTogether)
		list := k.queue[:n:n]
		k.queue = k.queue[n:]
		k.running = n > 0
		k.mu.Unlock()
		if n == 0 {
			return
		}
		k.write(list)
		k.mu.Lock()
		for _, a := range list {
			if k.held[a.name()] == a {
				delete(k.held, a.name())
			}
		}
		k.mu.Unlock()
	}
}

func (k *keeper) write(list []*given) {
	now := k.db.Clock().Now()
	err := k.db.WriteSoon(context.Background(), id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("answers are kept")
		for _, a := range list {
			if err := keep(ctx, tx, a); err != nil {
				return err
			}
		}
		if now.Sub(k.swept) < sweepEvery {
			return nil
		}
		return forget(ctx, tx, tx.Now.Add(-keepAnswers))
	})
	if err != nil {
		slog.Error("web: answers could not be kept for their keys", "answers", len(list), "error", err)
		return
	}
	if now.Sub(k.swept) >= sweepEvery {
		k.swept = now
	}
}

// wait returns when all that was given is written.
func (k *keeper) wait() { k.idle.Wait() }

// lasting picks the headers that a repeat gets too.
func lasting(header http.Header) http.Header {
	h := http.Header{}
	for _, k := range []string{"Content-Type", "Location", "Upload-Offset", "Upload-File", "Upload-Expires"} {
		if v := header.Values(k); len(v) > 0 {
			h[k] = v
		}
	}
	return h
}
