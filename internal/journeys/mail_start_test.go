package journeys_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/feature/mail"
)

// signature is a domain that signs its mail, and its record in the DNS.
type signature struct {
	private ed25519.PrivateKey
	record  string
}

func newSignature(t *testing.T) signature {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return signature{private, "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}
}

func (s signature) lookup(_ context.Context, name string) ([]string, error) {
	if name == "s1._domainkey.northwind.example" {
		return []string{s.record}, nil
	}
	return nil, errors.New("no such record")
}

func (s signature) sign(t *testing.T, domain, raw string) []byte {
	var b bytes.Buffer
	err := dkim.Sign(&b, strings.NewReader(raw), &dkim.SignOptions{Domain: domain, Selector: "s1", Signer: s.private, HeaderKeys: []string{"From", "To", "Subject", "Message-ID"}})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The address that everybody knows takes mail whose writer's domain vouches for it;
// for any other the writer is asked, and strangers are told once.
func TestTheAddressOfASpace(t *testing.T) {
	s := newSignature(t)
	mailWorldsWith(t, workday, func(o *app.Options) { o.SMTP.Lookup = s.lookup }, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		const to = "product@in.northwind.example"
		in := func(raw []byte) {
			t.Helper()
			if err := w.app.Mail.Accept(t.Context(), mail.Envelope{Door: "hook", Recipient: to}, raw); err != nil {
				t.Fatal(err)
			}
			w.settle()
		}
		threads := func() int { return len(tm.ana.list("/threads?space=" + tm.space)) }

		in(s.sign(t, "northwind.example", post.raw(draft{from: "kofi@northwind.example", to: to, subject: "Approve: the budget [1d]", cc: "ana@northwind.example", text: "See the sheet."})))
		if threads() != 1 {
			t.Fatalf("there are %d threads, want the one with a signature", threads())
		}
		one := tm.ana.list("/threads?space=" + tm.space)[0]
		if one["title"] != "the budget" {
			t.Errorf("its title is %v", one["title"])
		}
		asks := tm.ana.list("/threads/" + str(one, "id") + "/asks")
		if len(asks) != 1 || asks[0]["kind"] != "approve" || asks[0]["window"] != "1d" {
			t.Errorf("it asks %v", asks)
		}

		in([]byte(post.raw(draft{from: "kofi@northwind.example", to: to, subject: "Without a signature", text: "Hm."})))
		in(s.sign(t, "evil.example", post.raw(draft{from: "kofi@northwind.example", to: to, subject: "Signed by another", text: "Hm."})))
		if threads() != 1 {
			t.Fatal("a mail that nobody vouches for opened a thread")
		}
		if n := len(at(tm.kofi.get("/me/mail"), "held").([]any)); n != 2 {
			t.Errorf("Kofi is asked about %d mails, want 2", n)
		}
		one = at(tm.kofi.get("/me/mail"), "held", 0).(map[string]any)
		tm.kofi.do("POST", "/mail/held/"+str(one, "id")+"/confirmation", map[string]any{}, 204)
		w.settle()
		if threads() != 2 {
			t.Error("a mail that its writer confirmed opened no thread")
		}

		for range 3 {
			in(s.sign(t, "northwind.example", post.raw(draft{from: "stranger@northwind.example", to: to, subject: "Hello", text: "Let me in."})))
		}
		if n := len(post.to("stranger@")); n != 1 {
			t.Fatalf("a stranger got %d answers, want 1", n)
		}
		if no := post.last("stranger@"); !strings.Contains(no.Text, "not known here") || !strings.Contains(no.Text, "> Let me in.") {
			t.Errorf("the answer reads:\n%s", no.Text)
		}
		err := w.app.Mail.Accept(t.Context(), mail.Envelope{Recipient: "nothing@in.northwind.example"}, []byte("x"))
		if err == nil {
			t.Error("a space that is not there takes mail")
		}
		if err := post.send(draft{from: "kofi@northwind.example", to: "kofi@elsewhere.example", subject: "Relay", text: "?"}); err == nil {
			t.Error("the door passes mail on to others")
		}
	})
}

// A reply to all of a mail that started a thread goes on in it.
func TestAReplyToAllGoesOn(t *testing.T) {
	s := newSignature(t)
	mailWorldsWith(t, workday, func(o *app.Options) { o.SMTP.Lookup = s.lookup }, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		own := str(tm.ana.get("/spaces/"+tm.space+"/mail"), "own")
		post.sent(draft{from: "ana@northwind.example", to: own, cc: "kofi@northwind.example", id: "first@northwind.example", subject: "Where to?", text: "Lisbon or Accra?"})
		w.settle()
		raw := post.raw(draft{from: "kofi@northwind.example", to: "product@in.northwind.example", subject: "Re: Where to?", header: "In-Reply-To: <first@northwind.example>\r\n", text: "Accra."})
		if err := w.app.Mail.Accept(t.Context(), mail.Envelope{Recipient: "product@in.northwind.example"}, s.sign(t, "northwind.example", raw)); err != nil {
			t.Fatal(err)
		}
		w.settle()
		threads := tm.ana.list("/threads?space=" + tm.space)
		if len(threads) != 1 {
			t.Fatalf("there are %d threads, want 1", len(threads))
		}
		asks := tm.ana.list("/threads/" + str(threads[0], "id") + "/asks")
		if asks[0]["state"] != "settled" {
			t.Errorf("the ask is %v", asks[0]["state"])
		}
	})
}

// What somebody may not do in the app they may not do by mail either.
func TestMailKeepsToTheRights(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		closed := str(tm.ana.do("POST", "/spaces", map[string]any{"name": "Salaries", "private": true}, 201), "id")
		both := tm.ana.get("/spaces/" + closed + "/mail")
		if both["shared"] != "" || both["own"] == "" {
			t.Errorf("a private space has the addresses %v", both)
		}
		tm.kofi.do("GET", "/spaces/"+closed+"/mail", nil, 404)
		own := str(both, "own")
		post.sent(draft{from: "kofi@northwind.example", to: own, subject: "Mine?", text: "With Ana's address."})
		w.settle()
		if n := len(tm.ana.list("/threads?space=" + closed)); n != 0 {
			t.Error("another's address of a private space opened a thread")
		}
		if n := len(at(tm.ana.get("/me/mail"), "held").([]any)); n != 1 {
			t.Errorf("Ana is asked about %d mails, want 1", n)
		}
		post.sent(draft{from: "ana@northwind.example", to: own, cc: "mei@northwind.example", subject: "Salaries", text: "Mei may not read this."})
		w.settle()
		if n := len(tm.ana.list("/threads?space=" + closed)); n != 0 {
			t.Error("somebody who may not read the space was asked in it")
		}
		if no := post.last("ana@"); !strings.Contains(no.Text, "may not read this space") {
			t.Errorf("Ana was told:\n%s", no.Text)
		}
	})
}
