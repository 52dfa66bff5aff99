package pages_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"sync"
	"testing"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/coretest"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/pages"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// house is a workspace with Ana in London, Kofi in Berlin, Mei in Taipei and Liam in
// New York, all from nine to five. It is Monday, 07:00 UTC: Kofi has just begun, Mei
// works, Ana and Liam do not. Ana and Kofi agreed to be woken.
type house struct {
	*coretest.World
	pages *pages.Service
	pager *pager

	space, ops           id.ID
	ana, kofi, mei, liam actor.Actor
	onDuty               id.ID
}

// stand puts the services over a database.
func stand(t testing.TB, d *db.DB, c *clock.Machine) *house {
	t.Helper()
	h := &house{World: coretest.New(t, d, c, coretest.Options{}), pager: &pager{}}
	h.pages = pages.New(d, h.People, h.Spaces, h.Asks, h.duty, h.agree, pages.Options{Origin: "https://meantime.test", Hooks: h.pager})
	h.Asks.PageOutsideHours(h.agree)
	h.Asks.PageWith(h.pages)
	h.pages.Jobs(h.Jobs)
	h.Follow(h.pages.Followers()...)
	return h
}

func (h *house) duty(context.Context, db.Queryer, id.ID, id.ID, int, clock.Instant) (id.ID, error) {
	return h.onDuty, nil
}

func (h *house) agree(context.Context, db.Queryer, id.ID, []id.ID) (map[id.ID]bool, error) {
	return map[id.ID]bool{h.ana.Person: true, h.kofi.Person: true}, nil
}

// furnish lets the people in and names the path: on duty, then Liam, then Ana and Kofi.
func (h *house) furnish() {
	h.T.Helper()
	h.Furnish()
	h.ana, h.kofi, h.mei, h.liam = h.Person(coretest.Ana), h.Person(coretest.Kofi), h.Person(coretest.Mei), h.Person(coretest.Liam)
	h.onDuty = h.mei.Person
	h.space = h.Space(h.ana, spaces.NewSpace{Name: "Launch"}).ID
	h.ops = h.Team(h.ana, "Ops", h.mei)
	h.path(5, pages.Step{Duty: h.ops, Minutes: 10}, pages.Step{People: []id.ID{h.liam.Person}, Minutes: 10}, pages.Step{People: []id.ID{h.kofi.Person}, Minutes: 10}, pages.Step{People: []id.ID{h.ana.Person}, Minutes: 10})
}

func (h *house) path(budget int64, steps ...pages.Step) {
	h.T.Helper()
	var version int64
	for ; ; version++ {
		err := h.pages.SetPath(h.T.Context(), h.ana, h.space, steps, budget, version)
		if err == nil {
			return
		}
		if version > 20 {
			h.T.Fatal(err)
		}
	}
}

func engines(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := stand(t, d, c)
		h.furnish()
		f(t, h)
	})
}

func (h *house) newAsk(to ...id.ID) asks.NewAsk {
	return asks.NewAsk{Kind: asks.Do, People: to, Window: "1h", Urgency: worktime.Urgent, Reason: "The shop is down.", Otherwise: "We lose the day."}
}

// urgent asks something urgent by somebody and finds its page.
func (h *house) urgent(by actor.Actor, n asks.NewAsk) (asks.Ask, pages.Page) {
	h.T.Helper()
	_, views := h.Thread(by, h.space, "Down", "Please.", n)
	x := h.AskID(views[0])
	h.Settle()
	ask, err := h.Asks.Ask(h.T.Context(), h.DB, by, x)
	h.Must(err)
	page, err := h.pages.OfAsk(h.T.Context(), by, x)
	h.Must(err)
	return ask, page
}

// now reads the page of an ask as it stands.
func (h *house) now(ask id.ID) pages.Page {
	h.T.Helper()
	p, err := h.pages.OfAsk(h.T.Context(), h.ana, ask)
	h.Must(err)
	return p
}

// called names in order whom a page reached, and with - whom it did not.
func (h *house) called(p pages.Page) string {
	h.T.Helper()
	var out []string
	for _, c := range p.Calls {
		known, err := h.People.ByIDs(h.T.Context(), h.DB, h.WS, []id.ID{c.Person})
		h.Must(err)
		name, _, _ := strings.Cut(known[c.Person].Name, " ")
		if name == "" {
			name = "nobody"
		}
		if c.Outcome != "paged" {
			name = "-" + name
		}
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

// pager is somebody's paging service.
type pager struct {
	mu     sync.Mutex
	secret string
	got    []string // the ids that came, each time they did
	forged int
	refuse int // so many are refused first
}

func (p *pager) Post(_ context.Context, _ string, header map[string]string, body []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = append(p.got, header["webhook-id"])
	if !authentic(p.secret, header, body) {
		p.forged++
	}
	if p.refuse > 0 {
		p.refuse--
		return 0, errors.New("nobody is there")
	}
	return 204, nil
}

// authentic checks a signature as Standard Webhooks say.
func authentic(secret string, header map[string]string, body []byte) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte(header["webhook-id"] + "." + header["webhook-timestamp"] + "." + string(body)))
	return header["webhook-signature"] == "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// thread opens a thread to ask in.
func (h *house) thread() id.ID {
	h.T.Helper()
	t, _ := h.Thread(h.kofi, h.space, "More", "More.")
	return t.ID
}
