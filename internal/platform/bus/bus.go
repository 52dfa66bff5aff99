// Package bus wakes those who wait for news: channels inside one process, and
// coalesced LISTEN/NOTIFY between the nodes of a PostgreSQL installation. A poke
// carries no content; a lost one costs a poll, never a message.
package bus

import "sync"

// Bus carries pokes by topic.
type Bus interface {
	// Poke tells everybody who waits on the topic that there is something new.
	Poke(topic string)
	// Subscribe gives a channel that holds at most one pending poke, and the end of it.
	Subscribe(topic string) (<-chan struct{}, func())
	// Close stops the bus; further pokes are ignored.
	Close() error
}

// Topics of the house.
const (
	Events = "events" // the log has grown, in some workspace
	Jobs   = "jobs"   // a job became ready
)

// Workspace is the topic of one workspace's log.
func Workspace(id string) string { return "ws:" + id }

// Local is the bus of one process.
type Local struct {
	mu   sync.Mutex
	subs map[string]map[chan struct{}]struct{}
}

// NewLocal makes a bus inside this process.
func NewLocal() *Local { return &Local{subs: map[string]map[chan struct{}]struct{}{}} }

// Poke wakes the topic's subscribers without waiting for any of them.
func (l *Local) Poke(topic string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.poke(topic)
}

func (l *Local) poke(topic string) {
	for c := range l.subs[topic] {
		select {
		case c <- struct{}{}:
		default: // one poke is pending already, and says the same
		}
	}
}

// pokeAll wakes everybody: for the moment after which pokes may have been lost.
func (l *Local) pokeAll() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for topic := range l.subs {
		l.poke(topic)
	}
}

// Subscribe waits on a topic.
func (l *Local) Subscribe(topic string) (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.subs[topic] == nil {
		l.subs[topic] = map[chan struct{}]struct{}{}
	}
	l.subs[topic][c] = struct{}{}
	return c, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.subs[topic], c)
		if len(l.subs[topic]) == 0 {
			delete(l.subs, topic)
		}
	}
}

// Close does nothing: the process's end is the bus's.
func (l *Local) Close() error { return nil }
