package mail_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-smtp"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/web"
)

// letter is a mail from Mei as her program writes it.
func letter(name, to, text string) string {
	return fmt.Sprintf("From: Mei Lin <mei@example.org>\r\nTo: <%s>\r\nSubject: Re: Pricing\r\nMessage-ID: <%s@example.org>\r\n\r\n%s\r\n", to, name, text)
}

// address sends Mei a digest of one thing and gives the address for replies.
func (h *house) address(s *server) string {
	h.t.Helper()
	h.digest(h.mei, h.thing())
	got := s.mails()
	return strings.Trim(got[len(got)-1].GetHeader("Reply-To"), "<>")
}

// door opens a door and gives its address.
func (h *house) door(lmtp bool) string {
	h.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(h.t.Context())
	done := make(chan error, 1)
	go func() { done <- h.mail.ServeSMTP(ctx, l, lmtp) }()
	h.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			h.t.Error(err)
		}
	})
	return l.Addr().String()
}

func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0), DNSNames: []string{"localhost"}}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &k.PublicKey, k)
	if err != nil {
		t.Fatal(err)
	}
	b, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(t.TempDir(), "cert"), filepath.Join(t.TempDir(), "key")
	for path, p := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: b}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(p), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

func TestTheSMTPDoor(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		opt := mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org", MaxSize: 10_000}
		opt.Cert, opt.Key = certificate(t)
		h := build(t, d, c, opt)
		to, door := h.address(s), h.door(false)
		client, err := smtp.DialStartTLS(door, &tls.Config{InsecureSkipVerify: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = client.Close() })
		if err := client.SendMail("mei@example.org", []string{to}, strings.NewReader(letter("a", to, "Over TLS."))); err != nil {
			t.Fatal(err)
		}
		plain, err := smtp.Dial(door)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = plain.Close() })
		for who, want := range map[string]string{
			"somebody@elsewhere.example": "550", "reply+" + strings.Repeat("a", 44) + "@in.example.org": "550", "nothing@in.example.org": "550", to: "",
		} {
			if err := plain.Mail("mei@example.org", nil); err != nil {
				t.Fatal(err)
			}
			err := plain.Rcpt(who, nil)
			if got := fmt.Sprint(err); want != "" && !strings.Contains(got, want) && !strings.Contains(got, "SMTP error") || (err == nil) != (want == "") {
				t.Errorf("%s: %v, want %q", who, err, want)
			}
			if err := plain.Reset(); err != nil {
				t.Fatal(err)
			}
		}
		err = plain.SendMail("mei@example.org", []string{to}, strings.NewReader(letter("b", to, strings.Repeat("too much\r\n", 2000))))
		if e, ok := err.(*smtp.SMTPError); !ok || e.Code != 552 {
			t.Errorf("a large mail: %v, want 552", err)
		}
		h.settle()
		if got := h.heard(); len(got) != 1 || got[0].Text != "Over TLS." {
			t.Errorf("heard %+v", got)
		}
	})
}

func TestTheLMTPDoorAnswersForEach(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	c := d.Clock().(*clock.Machine)
	s := serve(t)
	h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org"})
	one, two := h.address(s), h.address(s)
	conn, err := net.Dial("tcp", h.door(true))
	if err != nil {
		t.Fatal(err)
	}
	client := smtp.NewClientLMTP(conn)
	t.Cleanup(func() { _ = client.Close() })
	if err := client.Mail("mei@example.org", nil); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{one, two} {
		if err := client.Rcpt(to, nil); err != nil {
			t.Fatal(err)
		}
	}
	w, err := client.Data()
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte(letter("c", one, "To both.")))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	h.settle()
	if got := h.heard(); len(got) != 2 {
		t.Errorf("heard %d, want one for each recipient", len(got))
	}
}

func TestSendersAreLimited(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	h := build(t, d, d.Clock().(*clock.Machine), mail.Options{Domain: "in.example.org"})
	client, err := smtp.Dial(h.door(false))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	refused := 0
	for range 130 {
		if client.Mail("mei@example.org", nil) != nil {
			refused++
		} else if err := client.Reset(); err != nil {
			t.Fatal(err)
		}
	}
	if refused != 10 {
		t.Errorf("%d of 130 mails in an hour were put off, want 10", refused)
	}
}

// The handling of one mail is begun many times at once, as after a crash; it has one
// effect.
func TestHandlingTwiceIsOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org"})
		to := h.address(s)
		for range 2 {
			if err := h.mail.Accept(t.Context(), mail.Envelope{Recipient: to}, []byte(letter("d", to, "Once."))); err != nil {
				t.Fatal(err)
			}
		}
		all, _, err := h.mail.AllReceived(t.Context())
		if err != nil || len(all) != 1 {
			t.Fatalf("%d mails came in (%v), want 1", len(all), err)
		}
		var g sync.WaitGroup
		for range 8 {
			g.Go(func() {
				if err := h.mail.Handle(t.Context(), all[0]); err != nil {
					t.Error(err)
				}
			})
		}
		g.Wait()
		h.settle()
		if got := h.heard(); len(got) != 1 {
			t.Errorf("it had %d effects, want 1", len(got))
		}
	})
}

func TestTheMailboxIsLookedInto(t *testing.T) {
	for _, done := range []string{"", "Done"} {
		t.Run("done goes to "+done, func(t *testing.T) {
			box := imapmemserver.New()
			user := imapmemserver.NewUser("meantime", "secret")
			for _, name := range []string{"INBOX", "Done"} {
				if err := user.Create(name, nil); err != nil {
					t.Fatal(err)
				}
			}
			box.AddUser(user)
			server := imapserver.New(&imapserver.Options{
				NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
					return box.NewSession(), nil, nil
				},
				InsecureAuth: true, Caps: imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIMAP4rev2: {}},
			})
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			go func() { _ = server.Serve(l) }()
			t.Cleanup(func() { _ = server.Close() })

			d := testkit.SQLite(t, clock.Still(testkit.Monday))
			s := serve(t)
			h := build(t, d, d.Clock().(*clock.Machine), mail.Options{
				SMTP: s.addr, TLS: "none", Address: "meantime+{token}@example.org",
				IMAP: mail.IMAP{Server: l.Addr().String(), User: "meantime", Password: "secret", TLS: "none", Done: done},
			})
			to := h.address(s)
			for _, raw := range []string{letter("e", to, "By the mailbox."), letter("f", "team@example.org", "Not for us.")} {
				if _, err := user.Append("INBOX", strings.NewReader(raw), &imap.AppendOptions{}); err != nil {
					t.Fatal(err)
				}
			}
			for i, want := range []int{2, 0} {
				n, err := h.mail.Look(t.Context())
				if err != nil || n != want {
					t.Fatalf("look %d found %d (%v), want %d", i, n, err, want)
				}
			}
			h.settle()
			if got := h.heard(); len(got) != 1 || got[0].Text != "By the mailbox." {
				t.Errorf("heard %+v", got)
			}
		})
	}
}

func TestTheHook(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	s := serve(t)
	h := build(t, d, d.Clock().(*clock.Machine), mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org", Hook: "the secret of the hook"})
	to := h.address(s)
	mux := http.NewServeMux()
	h.mail.Routes(web.NewAPI(mux, "test"))
	now := clock.System{}.Now().Time()
	body := letter("g", to, "By the hook.")
	for _, c := range []struct {
		name, secret string
		at           time.Time
		to           string
		want         int
	}{
		{"signed", "the secret of the hook", now, to, 202},
		{"again", "the secret of the hook", now, "", 202},
		{"another secret", "a guess", now, to, 401},
		{"too old", "the secret of the hook", now.Add(-6 * time.Minute), to, 401},
		{"from the future", "the secret of the hook", now.Add(6 * time.Minute), to, 401},
		{"not ours", "the secret of the hook", now, "x@elsewhere.example", 404},
	} {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/api/v1/mail/in", strings.NewReader(body))
		stamp := fmt.Sprint(c.at.Unix())
		r.Header.Set("Content-Type", "message/rfc822")
		r.Header.Set("Meantime-Timestamp", stamp)
		r.Header.Set("Meantime-Recipient", c.to)
		r.Header.Set("Meantime-Signature", "v1="+hex.EncodeToString(mail.SignHook(c.secret, stamp, []byte(body))))
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: got %d, want %d: %s", c.name, w.Code, c.want, w.Body)
		}
	}
	h.settle()
	if got := h.heard(); len(got) != 1 || got[0].Text != "By the hook." {
		t.Errorf("heard %+v", got)
	}
}
