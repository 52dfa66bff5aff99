package journeys_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// secret is something written that not everybody may read at any time.
type secret struct {
	text string
	open func(who string, at time.Time) bool
}

// guard stands at the door of a house and reads every answer that leaves it: what
// somebody may not read yet must be in none of theirs.
type guard struct {
	t      *testing.T
	url    string
	now    func() time.Time
	mu     sync.Mutex
	who    map[string]string // by cookie
	hidden []secret
	read   int // answers
	met    int // times that a secret was read by somebody who may
}

func newGuard(t *testing.T, house http.Handler, now func() time.Time) *guard {
	g := &guard{t: t, now: now, who: map[string]string{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kept := httptest.NewRecorder()
		house.ServeHTTP(kept, r)
		who := ""
		if c, err := r.Cookie("meantime_session"); err == nil {
			who = g.whose(c.Value)
		}
		g.look("the answer to "+r.Method+" "+r.URL.Path, who, g.now(), kept.Body.Bytes())
		for k, list := range kept.Header() {
			w.Header()[k] = list
		}
		w.WriteHeader(kept.Code)
		_, _ = w.Write(kept.Body.Bytes())
	}))
	t.Cleanup(server.Close)
	g.url = server.URL
	return g
}

func (g *guard) know(who, cookie string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.who[cookie] = who
}

func (g *guard) whose(cookie string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.who[cookie]
}

// hide keeps a text from whoever may not read it, from now on.
func (g *guard) hide(text string, open func(who string, at time.Time) bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hidden = append(g.hidden, secret{text, open})
}

func never(string, time.Time) bool { return false }

// look holds that somebody is told no secret.
func (g *guard) look(where, who string, at time.Time, body []byte) {
	g.mu.Lock()
	hidden := g.hidden
	g.read++
	g.mu.Unlock()
	for _, s := range hidden {
		if !bytes.Contains(body, []byte(s.text)) {
			continue
		}
		if !s.open(who, at) {
			g.t.Errorf("%s tells %q of %q at %s", where, who, s.text, at.Format("Mon 15:04"))
			continue
		}
		g.mu.Lock()
		g.met++
		g.mu.Unlock()
	}
}

// mails and notes are read by whom they went to, when they went.
func (g *guard) lookAtMail(p *postOffice, phones *pushService) {
	p.mu.Lock()
	for i, e := range p.got {
		who, _, _ := strings.Cut(e.GetHeader("To")[strings.LastIndexByte(e.GetHeader("To"), '<')+1:], "@")
		g.look("the mail “"+e.GetHeader("Subject")+"”", who, p.at[i], []byte(e.GetHeader("Subject")+e.Text+e.HTML))
	}
	p.mu.Unlock()
	if phones == nil {
		return
	}
	phones.mu.Lock()
	defer phones.mu.Unlock()
	for _, x := range phones.got {
		g.look("a note on the phone", x.who, x.at, []byte(x.note.Title+x.note.Body))
	}
}
