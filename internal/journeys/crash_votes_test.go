package journeys_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/decisions"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// 500 ballots around the close of a decision, and the server is killed among them:
// every ballot that was acknowledged is counted, and none that was refused; with names
// and without.
func TestKilledAmongBallots(t *testing.T) {
	program := build(t)
	t.Run("sqlite", func(t *testing.T) { killVotes(t, program, "", false) })
	if testing.Short() {
		return
	}
	t.Run("postgres", func(t *testing.T) { killVotes(t, program, testkit.PostgresURL(t), false) })
	t.Run("without names, sqlite", func(t *testing.T) { killVotes(t, program, "", true) })
	t.Run("without names, postgres", func(t *testing.T) { killVotes(t, program, testkit.PostgresURL(t), true) })
}

const (
	ballots     = 500
	untilClose  = 5 * time.Second // from when the decision is asked for: enough to ask 500 people
	moreTime    = 3 * time.Second // given when it was not
	beforeKill  = 20              // are acknowledged
	beforeClose = time.Second     // the first ballot is sent
)

// poll is a decision among many, and what became of each ballot.
type poll struct {
	t        *testing.T
	owner    actor.Actor
	cookie   *http.Cookie
	space    id.ID
	decision id.ID
	end      clock.Instant
	sealed   bool     // without names
	receipts []string // of the voters, then
	tokens   []string
	voters   []id.ID

	mu   sync.Mutex
	url  string
	said map[id.ID]int // the last status; 0 when nobody knows
	acks chan struct{}
}

func killVotes(t *testing.T, program, database string, sealed bool) {
	o := app.Options{Data: t.TempDir(), Database: database}
	args := []string{"serve", "--data", o.Data}
	if database != "" {
		args = append(args, "--database", database)
	}
	p := &poll{t: t, sealed: sealed, said: map[id.ID]int{}, acks: make(chan struct{}, 2*ballots)}
	inside(t, o, p.moveIn)
	s := run(t, program, args...)
	p.url = s.url
	p.open(s)
	real := clock.System{}
	if err := real.Wait(t.Context(), p.end.Add(-beforeClose)); err != nil {
		t.Fatal(err)
	}
	sent := make(chan struct{})
	go func() { defer close(sent); p.send() }()
	for range beforeKill {
		select {
		case <-p.acks:
		case <-sent:
			t.Fatalf("too few ballots were acknowledged before the close, and nothing was cut short: %v", p.ends())
		}
	}
	s.kill()
	s = run(t, program, args...)
	p.mu.Lock()
	p.url = s.url
	p.mu.Unlock()
	<-sent
	s.kill()
	inside(t, o, p.judge)
}

func (p *poll) moveIn(w *world) {
	ana := w.owner()
	ctx := p.t.Context()
	owner, err := w.app.Auth.Resolve(ctx, ana.cookie.Value, "")
	p.must(err)
	p.owner, p.cookie = owner, ana.cookie
	sp, err := w.app.Spaces.OpenSpace(ctx, owner, spaces.NewSpace{Name: "Everybody"})
	p.must(err)
	p.must(w.app.DB.Write(ctx, owner.Workspace, func(ctx context.Context, tx *db.Tx) error {
		list := make([]people.Person, ballots)
		for i := range list {
			if list[i], err = w.app.People.AddTx(ctx, tx, people.NewPerson{Name: fmt.Sprint("Person ", i), Email: fmt.Sprintf("p%d@crowd.example", i), Zone: "Europe/Berlin", Role: actor.Member}); err != nil {
				return err
			}
			p.voters, p.receipts = append(p.voters, list[i].ID), append(p.receipts, rand.Text())
		}
		p.tokens, err = w.app.Auth.BulkTokensTx(ctx, tx, list)
		return err
	}))
	p.space = sp.ID
}

// open opens the decision on the server that runs, so that its start costs no waiting.
func (p *poll) open(s *server) {
	p.t.Helper()
	ctx, real := p.t.Context(), clock.System{}
	p.end = real.Now().Add(untilClose)
	status, made, err := s.call(ctx, p.cookie, "POST", "/decisions", rand.Text(), map[string]any{
		"space": id.Encode("sp", p.space), "title": "Now or later?", "kind": "majority", "people": id.EncodeAll("per", p.voters), "open": true,
		"rules": map[string]any{"end": p.end.Time(), "anonymous": p.sealed},
	})
	if err != nil || status != http.StatusCreated {
		p.t.Fatalf("opening answers %d %v %v", status, made, err)
	}
	if p.decision, err = id.Decode("dec", str(made, "id")); err != nil {
		p.t.Fatal(err)
	}
	if p.end.Sub(real.Now()) > 2*beforeClose {
		return
	}
	p.end = real.Now().Add(moreTime)
	path := "/decisions/" + str(made, "id") + "/extension"
	if status, out, err := s.call(ctx, p.cookie, "POST", path, rand.Text(), map[string]any{"end": p.end.Time()}); err != nil || status != http.StatusCreated {
		p.t.Fatalf("more time: %d %v %v", status, out, err)
	}
}

func (p *poll) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// send casts all ballots over two seconds around the close. What was cut off is sent
// again: a ballot cast twice is one ballot.
func (p *poll) send() {
	const senders = 25
	var all sync.WaitGroup
	for k := range senders {
		all.Go(func() {
			for i := k; i < ballots; i += senders {
				at := p.end.Add(-beforeClose + 2*beforeClose*time.Duration(i)/ballots)
				if err := (clock.System{}).Wait(p.t.Context(), at); err != nil {
					return
				}
				p.cast(i)
			}
		})
	}
	all.Wait()
}

func (p *poll) cast(i int) {
	for range 200 {
		status := p.try(i)
		p.mu.Lock()
		p.said[p.voters[i]] = status
		p.mu.Unlock()
		if status != 0 {
			if status == http.StatusOK {
				p.acks <- struct{}{}
			}
			return
		}
		_ = clock.System{}.Wait(p.t.Context(), clock.System{}.Now().Add(20*time.Millisecond)) // until it is up again
	}
}

func (p *poll) try(i int) int {
	p.mu.Lock()
	url := p.url
	p.mu.Unlock()
	ballot, path := map[string]any{"choice": string(rune('A' + i%2))}, "/ballot"
	if p.sealed {
		ballot["receipt"], path = p.receipts[i], "/sealed-ballot"
	}
	b, err := json.Marshal(ballot)
	if err != nil {
		return 0
	}
	req, err := http.NewRequestWithContext(p.t.Context(), "PUT", url+"/api/v1/decisions/"+id.Encode("dec", p.decision)+path, bytes.NewReader(b))
	if err != nil {
		return 0
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+p.tokens[i])
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return 0
	}
	return resp.StatusCode
}

// ends counts how ballots ended, by their status.
func (p *poll) ends() map[int]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := map[int]int{}
	for _, status := range p.said {
		out[status]++
	}
	return out
}

func (p *poll) judge(w *world) {
	p.must(w.app.Settle(p.t.Context()))
	v, err := w.app.Decisions.See(p.t.Context(), p.owner, p.decision)
	p.must(err)
	in := p.found(w)
	if v.State != decisions.Closed || v.Result == nil {
		p.t.Fatalf("the decision is %s", v.State)
	}
	acked, refused := 0, 0
	for i, x := range p.voters {
		switch status := p.said[x]; {
		case status == http.StatusOK:
			if acked++; !in[x] {
				p.t.Errorf("ballot %d was acknowledged and is not there", i)
			}
		case status == http.StatusConflict:
			refused++
		case status != 0:
			p.t.Errorf("ballot %d ended with %d", i, status)
		}
	}
	if v.Result.Voted != len(in) || v.Result.Count.Turnout.Counted != int64(len(in)) || int(v.Turnout.Voted) != len(in) {
		p.t.Errorf("%d were counted, %d have voted, and %d ballots are there", v.Result.Voted, v.Turnout.Voted, len(in))
	}
	if acked == 0 || refused == 0 || acked+refused < ballots {
		p.t.Errorf("%d were acknowledged and %d refused of %d, so this showed nothing", acked, refused, ballots)
	}
	p.t.Logf("%d were acknowledged and %d refused; %d were counted", acked, refused, len(in))
}

// found says whose ballots are there: by name, or by the codes of their receipts.
func (p *poll) found(w *world) map[id.ID]bool {
	p.t.Helper()
	in := map[id.ID]bool{}
	if !p.sealed {
		list, _, err := w.app.Decisions.Ballots(p.t.Context(), p.owner, p.decision, id.ID{}, ballots+1)
		p.must(err)
		for _, b := range list {
			in[b.Person] = true
		}
		return in
	}
	codes, err := w.app.Decisions.Codes(p.t.Context(), p.owner, p.decision, 0, ballots+1)
	p.must(err)
	for i, receipt := range p.receipts {
		sum := sha256.Sum256([]byte("meantime receipt " + id.Encode("dec", p.decision) + " " + receipt))
		if slices.Contains(codes, hex.EncodeToString(sum[:10])) {
			in[p.voters[i]] = true
		}
	}
	if len(in) != len(codes) {
		p.t.Errorf("%d codes are listed, and %d of them are of voters", len(codes), len(in))
	}
	return in
}
