package push

import (
	"net/url"
	"sync"
	"time"
)

// mostUnproven is how many pushes at a time may be under way to services that have
// not answered lately; one that was too slow gets one at a time. Thus a service
// that hangs does not hold up those that answer, nor other work.
const (
	mostUnproven = 3
	mostHosts    = 1000
	unprovenTurn = 2 * time.Second
	slowTurn     = 30 * time.Second
)

type gate struct {
	mu       *sync.Mutex
	hosts    map[string]*host
	unproven *int
}

type host struct {
	flying int
	proven bool // its last answer came in time
	slow   bool // it was too slow the last time
}

func newGate() gate {
	return gate{mu: &sync.Mutex{}, hosts: map[string]*host{}, unproven: new(int)}
}

// enter lets a push to an endpoint go out, or says how long it should wait for its
// turn. leave is called once, with whether the service answered and whether it was
// too slow.
func (g gate) enter(endpoint string) (leave func(answered, slow bool), wait time.Duration) {
	name := endpoint
	if u, err := url.Parse(endpoint); err == nil {
		name = u.Host
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	h := g.hosts[name]
	if h == nil {
		g.forget()
		h = &host{}
		g.hosts[name] = h
	}
	counted := !h.proven
	if h.slow && h.flying > 0 {
		return nil, slowTurn
	}
	if counted && *g.unproven >= mostUnproven {
		return nil, unprovenTurn
	}
	h.flying++
	if counted {
		*g.unproven++
	}
	return func(answered, slow bool) {
		g.mu.Lock()
		defer g.mu.Unlock()
		h.flying--
		if counted {
			*g.unproven--
		}
		if answered || slow {
			h.proven, h.slow = answered, slow
		}
	}, 0
}

// forget makes room: hosts are as many as people's devices name.
func (g gate) forget() {
	if len(g.hosts) < mostHosts {
		return
	}
	for name, h := range g.hosts {
		if h.flying == 0 {
			delete(g.hosts, name)
		}
	}
}
