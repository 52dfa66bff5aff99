package bus

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"example.org/meantime/internal/platform/clock"
)

// Postgres carries pokes between nodes with LISTEN/NOTIFY. Pokes of a few
// milliseconds go out as one NOTIFY on a connection of their own, because
// notifying inside each transaction makes commits queue on one lock.
type Postgres struct {
	local *Local
	url   string
	stop  context.CancelFunc
	done  sync.WaitGroup

	mu      sync.Mutex
	pending map[string]struct{}
	wake    chan struct{}
}

const (
	gather     = 5 * time.Millisecond
	payloadMax = 7000 // PostgreSQL refuses 8000 bytes
	retryAfter = time.Second
)

// NewPostgres starts the relay of one node.
func NewPostgres(url string) *Postgres {
	ctx, stop := context.WithCancel(context.Background())
	p := &Postgres{local: NewLocal(), url: url, stop: stop, pending: map[string]struct{}{}, wake: make(chan struct{}, 1)}
	p.done.Add(2)
	go p.keep(ctx, p.listen)
	go p.keep(ctx, p.send)
	return p
}

// Poke wakes this node at once and the others a few milliseconds later.
func (p *Postgres) Poke(topic string) {
	p.local.Poke(topic)
	p.mu.Lock()
	p.pending[topic] = struct{}{}
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Subscribe waits on a topic.
func (p *Postgres) Subscribe(topic string) (<-chan struct{}, func()) { return p.local.Subscribe(topic) }

// Close ends the relay.
func (p *Postgres) Close() error { p.stop(); p.done.Wait(); return nil }

// keep runs one side of the relay again when its connection breaks.
func (p *Postgres) keep(ctx context.Context, side func(context.Context, *pgx.Conn) error) {
	defer p.done.Done()
	for ctx.Err() == nil {
		conn, err := pgx.Connect(ctx, p.url)
		if err == nil {
			err = side(ctx, conn)
			_ = conn.Close(context.WithoutCancel(ctx))
		}
		if ctx.Err() != nil {
			return
		}
		slog.Warn("bus: the relay lost PostgreSQL and will try again", "error", err)
		c := clock.System{}
		_ = c.Wait(ctx, c.Now().Add(retryAfter))
	}
}

func (p *Postgres) listen(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, `LISTEN meantime`); err != nil {
		return err
	}
	p.local.pokeAll() // whatever was said while nobody listened is looked up now
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		for topic := range strings.SplitSeq(n.Payload, "\n") {
			p.local.Poke(topic)
		}
	}
}

func (p *Postgres) send(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, `SET synchronous_commit = off`); err != nil {
		return err
	}
	c := clock.System{}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-p.wake:
		}
		if err := c.Wait(ctx, c.Now().Add(gather)); err != nil {
			return err
		}
		for payload := p.take(); payload != ""; payload = p.take() {
			if _, err := conn.Exec(ctx, `SELECT pg_notify('meantime', $1)`, payload); err != nil {
				p.giveBack(payload)
				return err
			}
		}
	}
}

// take packs waiting topics into one payload.
func (p *Postgres) take() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var b strings.Builder
	for topic := range p.pending {
		if b.Len()+len(topic) > payloadMax {
			break
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(topic)
		delete(p.pending, topic)
	}
	return b.String()
}

// giveBack keeps topics that could not be sent for the next connection.
func (p *Postgres) giveBack(payload string) {
	p.mu.Lock()
	for topic := range strings.SplitSeq(payload, "\n") {
		p.pending[topic] = struct{}{}
	}
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}
