package journeys_test

import (
	"context"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
)

const hookSecret = "the secret of the hook"

// Mail comes in while the server is killed again and again. A sender whose mail was not
// said to be safe sends it again, as mail servers do: in the end each mail opened one
// thread, whether it was answered for or not.
func TestMailSurvivesBeingKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("real processes are killed in the long run")
	}
	program := build(t)
	t.Run("sqlite", func(t *testing.T) { killMail(t, program, "") })
	t.Run("postgres", func(t *testing.T) { killMail(t, program, testkit.PostgresURL(t)) })
}

func killMail(t *testing.T, program, database string) {
	const mails, rounds = 120, 4
	data := t.TempDir()
	var cookie *http.Cookie
	var own, space string
	o := app.Options{Data: data, Database: database}
	o.SMTP.Domain = "in.northwind.example"
	inside(t, o, func(w *world) {
		ana := w.owner()
		space = str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
		own = str(ana.get("/spaces/"+space+"/mail"), "own")
		cookie = ana.cookie
	})
	args := []string{"serve", "--data", data, "--mail-domain", "in.northwind.example", "--mail-hook", hookSecret}
	if database != "" {
		args = append(args, "--database", database)
	}
	left := make([]int, mails)
	for i := range left {
		left[i] = i
	}
	for round := range rounds {
		s := run(t, program, args...)
		last := round == rounds-1
		if !last {
			timer := time.AfterFunc(time.Duration(50+rand.IntN(400))*time.Millisecond, s.kill) //nolint:gosec // any moment will do
			defer timer.Stop()
		}
		left = s.mailAll(own, left)
		if !last {
			s.kill()
			continue
		}
		if len(left) > 0 {
			t.Fatalf("%d mails were never taken\n%s", len(left), s.logs)
		}
		s.eachOnce(cookie, space, mails)
	}
}

// mailAll sends mails, four at a time, and gives those that were not said to be safe.
func (s *server) mailAll(to string, list []int) (left []int) {
	var mu sync.Mutex
	var g sync.WaitGroup
	work := make(chan int)
	for range 4 {
		g.Go(func() {
			for i := range work {
				raw := fmt.Sprintf("From: ana@northwind.example\r\nTo: %s\r\nSubject: Mail %d\r\nMessage-ID: <kill%d@northwind.example>\r\n\r\nWords of %d.\r\n", to, i, i, i)
				if !s.mailIn(to, raw) {
					mu.Lock()
					left = append(left, i)
					mu.Unlock()
				}
			}
		})
	}
	for _, i := range list {
		work <- i
	}
	close(work)
	g.Wait()
	return left
}

func (s *server) mailIn(to, raw string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "POST", s.url+"/api/v1/mail/in", strings.NewReader(raw))
	if err != nil {
		return false
	}
	stamp := fmt.Sprint(clock.System{}.Now().Time().Unix())
	req.Header.Set("Content-Type", "message/rfc822")
	req.Header.Set("Meantime-Recipient", to)
	req.Header.Set("Meantime-Timestamp", stamp)
	req.Header.Set("Meantime-Signature", "v1="+hex.EncodeToString(mail.SignHook(hookSecret, stamp, []byte(raw))))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusAccepted
}

// eachOnce waits until every mail opened a thread, and holds that none opened two.
func (s *server) eachOnce(cookie *http.Cookie, space string, mails int) {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), 90*time.Second)
	defer stop()
	opened := make(chan struct{}, 2*mails)
	s.listen(ctx, cookie, "spaces.thread_opened", opened)
	for {
		seen, all := map[string]int{}, 0
		for next := ""; ; {
			page := s.get(cookie, "/threads?limit=100&space="+space+"&after="+next)
			for _, x := range page["items"].([]any) {
				seen[str(x, "title")]++
				all++
			}
			if next = str(page, "next"); next == "" {
				break
			}
		}
		if all == mails && len(seen) == mails {
			return
		}
		if all > mails {
			s.t.Fatalf("%d threads of %d mails, %d different\n%s", all, mails, len(seen), s.logs)
		}
		select {
		case <-opened:
		case <-ctx.Done():
			s.t.Fatalf("%d threads of %d mails, %d different, and no more come\n%s", all, mails, len(seen), s.logs)
		}
	}
}
