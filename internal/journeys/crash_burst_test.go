package journeys_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/feature/demo"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/testkit"
)

// mostOfABurst is how much memory the server may take meanwhile, in bytes.
const mostOfABurst = 256 << 20

// A burst of mail comes in by SMTP from many machines and senders, some of it twice and
// some of it large, while the server is killed in the middle; then one sender floods it.
// Each mail opened one thread, whoever sent too much was asked to come back and did, and
// the server's memory was bounded.
func TestABurstOfMailIsTaken(t *testing.T) {
	if testing.Short() {
		t.Skip("real processes are killed in the long run")
	}
	program := build(t)
	t.Run("sqlite", func(t *testing.T) { burstIn(t, program, "") })
	t.Run("postgres", func(t *testing.T) { burstIn(t, program, testkit.PostgresURL(t)) })
}

// mailBurst is what is sent: by number, so that the same number is the same mail.
type mailBurst struct {
	t       *testing.T
	door    string
	senders int
	own     []string // their addresses of the space
	safe    sync.Map // numbers that were said to be safe
	count   atomic.Int64
	enough  int64 // of mails taken, after which something happens
	then    func()
}

func burstIn(t *testing.T, program, database string) {
	mails, flood := sizeOr(4_800, 300), 200
	b := &mailBurst{t: t, senders: 50}
	data := t.TempDir()
	if err := demo.Mark(data); err != nil {
		t.Fatal(err)
	}
	var cookie *http.Cookie
	var space string
	o := app.Options{Data: data, Database: database, Demo: true}
	o.SMTP.Domain = "in.northwind.example"
	inside(t, o, func(w *world) {
		ana := w.owner()
		space = str(ana.do("POST", "/spaces", map[string]any{"name": "Product"}, 201), "id")
		for i := range b.senders + 1 {
			v, _ := w.join(ana, fmt.Sprintf("s%d Sender", i), twelve[i%len(twelve)])
			b.own = append(b.own, str(v.get("/spaces/"+space+"/mail"), "own"))
		}
		ana.do("POST", "/clock/advance", map[string]any{"by": "1m"}, 200) // a demo of which a clock was moved is whole
		cookie = ana.cookie
	})
	b.door = freePort(t)
	args := []string{"demo", "--data", data, "--mail-domain", "in.northwind.example", "--mail-listen", b.door}
	if database != "" {
		args = append(args, "--database", database)
	}
	watch := clock.Stopwatch()
	s := run(t, program, args...)
	b.enough, b.then = int64(mails/2), s.kill
	list := make([]int, 0, mails+mails/10)
	for i := range mails {
		if list = append(list, i); i%10 == 0 { // some are sent twice at once
			list = append(list, i)
		}
	}
	left := b.send(list)
	if len(left) == 0 {
		t.Error("nothing was under way when the server was killed")
	}
	s.kill()
	s = run(t, program, args...)
	if left = b.send(left); len(left) > 0 {
		t.Errorf("%d mails were not taken", len(left))
	}
	in := clock.Since(watch)
	b.flood(s, cookie, mails, flood)
	s.settled(cookie)
	peak := s.peak()
	s.opened(cookie, space, mails+flood)
	t.Logf("%d mails (%d sent twice) were taken in %s, %.0f/s, and handled after %s; at most %d MiB",
		mails, mails/10, in.Round(10*time.Millisecond), float64(mails)/in.Seconds(), clock.Since(watch).Round(100*time.Millisecond), peak>>20)
	if peak > mostOfABurst {
		t.Errorf("the server took %d MiB, want at most %d", peak>>20, mostOfABurst>>20)
	}
}

// flood has one sender send more than is taken in an hour, and again what was put off.
func (b *mailBurst) flood(s *server, cookie *http.Cookie, from, n int) {
	b.t.Helper()
	const most = 120 // of one sender in an hour
	var list []int
	for i := range n {
		list = append(list, from+i)
	}
	b.senders = -1 // the last one alone
	left := b.send(list)
	if len(left) != n-most {
		b.t.Errorf("of %d mails from one sender %d were put off, want %d", n, len(left), n-most)
	}
	if status, out, err := s.call(b.t.Context(), cookie, "POST", "/clock/advance", "", map[string]any{"by": "61m"}); err != nil || status != 200 {
		b.t.Fatalf("advance: %d %v %v", status, out, err)
	}
	if left = b.send(left); len(left) > 0 {
		b.t.Errorf("an hour later %d were still put off", len(left))
	}
}

// send sends mails from twenty-five machines at once, and gives those that nobody said
// were safe.
func (b *mailBurst) send(list []int) (left []int) {
	var mu sync.Mutex
	var g sync.WaitGroup
	work := make(chan int)
	for m := range 25 {
		g.Go(func() {
			c := &sendingMachine{mailBurst: b, from: fmt.Sprintf("127.0.%d.%d", 1+m/10, 2+m)}
			defer c.close()
			for i := range work {
				if err := c.one(i); err != nil {
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

// sendingMachine is a mail server that hands over one mail after the other.
type sendingMachine struct {
	*mailBurst
	from   string
	client *gosmtp.Client
}

func (c *sendingMachine) close() {
	if c.client != nil {
		_ = c.client.Close()
		c.client = nil
	}
}

func (c *sendingMachine) one(i int) error {
	if c.client == nil {
		d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(c.from)}, Timeout: 5 * time.Second}
		conn, err := d.Dial("tcp", c.door)
		if err != nil {
			return err
		}
		c.client = gosmtp.NewClient(conn)
	}
	who := len(c.own) - 1
	if c.senders > 0 {
		who = i % c.senders
	}
	sender, to := fmt.Sprintf("s%d@northwind.example", who), c.own[who]
	raw := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: Mail %d\r\nMessage-ID: <burst%d@northwind.example>\r\nMIME-Version: 1.0\r\n%s", sender, to, i, i, bodyOf(i))
	err := c.client.SendMail(sender, []string{to}, strings.NewReader(raw))
	var said *gosmtp.SMTPError
	switch {
	case err == nil:
		c.safe.Store(i, true)
		if c.count.Add(1) == c.enough {
			c.then()
		}
	case errors.As(err, &said):
		if said.Code >= 500 {
			c.t.Errorf("mail %d was refused: %v", i, err)
		}
		_ = c.client.Reset()
	default: // the connection is gone
		c.close()
	}
	return err
}

// bodyOf is a mail of four kilobytes; every hundredth encloses a file of two megabytes.
func bodyOf(i int) string {
	text := fmt.Sprintf("Words of %d.\r\n\r\n-- \r\n%s", i, strings.Repeat(strings.Repeat("x", 70)+"\r\n", 56))
	if i%100 != 7 {
		return "Content-Type: text/plain\r\n\r\n" + text
	}
	return "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n" + text +
		"\r\n--b\r\nContent-Type: application/zip\r\nContent-Disposition: attachment; filename=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		strings.Repeat(strings.Repeat("QUJD", 18)+"\r\n", (2<<20)/74) + "\r\n--b--\r\n"
}

// settled moves the clock by a little, which waits for all that is to be done.
func (s *server) settled(cookie *http.Cookie) {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), 20*time.Minute)
	defer stop()
	if status, out, err := s.call(ctx, cookie, "POST", "/clock/advance", "", map[string]any{"by": "2m"}); err != nil || status != 200 {
		s.t.Fatalf("advance: %d %v %v\n%s", status, out, err, s.logs)
	}
}

// opened holds that each of so many mails opened one thread.
func (s *server) opened(cookie *http.Cookie, space string, n int) {
	s.t.Helper()
	seen, all := map[string]int{}, 0
	for next := ""; ; {
		page := s.get(cookie, "/threads?limit=100&space="+space+"&after="+next)
		for _, x := range page["items"].([]any) {
			if seen[str(x, "title")]++; seen[str(x, "title")] > 1 {
				s.t.Errorf("%q opened %d threads", str(x, "title"), seen[str(x, "title")])
			}
			all++
		}
		if next = str(page, "next"); next == "" {
			break
		}
	}
	if all != n || len(seen) != n {
		s.t.Errorf("%d threads of %d mails, %d different\n%s", all, n, len(seen), s.logs)
	}
}

// peak is the most memory that the server ever held, in bytes.
func (s *server) peak() int64 {
	s.t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		s.t.Logf("memory is not known here: %v", err)
		return 0
	}
	_, rest, _ := strings.Cut(string(b), "VmHWM:")
	n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	return n << 10
}

// freePort is an address that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
