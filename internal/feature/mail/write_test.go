package mail_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/worktime"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// What a digest looks like, word for word: testdata/digest.txt and digest.html.
func TestADigestReads(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	h := build(t, d, d.Clock().(*clock.Machine), mail.Options{Demo: true})
	one, two := item(id.ID{1}), item(id.ID{2})
	two.Title, two.Excerpt, two.Due = `Kofi <b>Mensah</b> asks you to approve: "Übersetzung"`, "", clock.At(testkit.Monday.Add(50*time.Hour))
	three := mail.Item{Title: "Ana Petrova mentioned you in Launch", Excerpt: "@mei what do you think?", Path: "/threads/thr_x#post_y"}
	h.digest(h.mei, one, two, three)
	rows, err := h.mail.Outbox(t.Context(), actor.Actor{Workspace: h.workspace, Person: h.mei, Role: actor.Member}, id.ID{}, 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("the outbox has %d mails (%v), want 1", len(rows), err)
	}
	if rows[0].Subject != "3 things for you" || rows[0].State != "held" {
		t.Errorf("got %q, %s; want 3 things for you, held", rows[0].Subject, rows[0].State)
	}
	golden(t, "digest.txt", rows[0].BodyText)
	golden(t, "digest.html", rows[0].BodyHTML)
}

// A catch-up has a heading and sections of its own: testdata/catch_up.txt and .html.
func TestACatchUpReads(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	h := build(t, d, d.Clock().(*clock.Machine), mail.Options{Demo: true})
	one, two, three := item(id.ID{1}), item(id.ID{2}), mail.Item{Title: "12 other lines are folded away", Path: "/while-away", Section: "Everything else"}
	one.Section, two.Section, two.Due = "What still matters", "What still matters", 0
	h.heading = "While you were away"
	h.digest(h.mei, one, two, three)
	rows, err := h.mail.Outbox(t.Context(), actor.Actor{Workspace: h.workspace, Person: h.mei, Role: actor.Member}, id.ID{}, 10)
	if err != nil || len(rows) != 1 || rows[0].Subject != "While you were away" {
		t.Fatalf("the outbox has %+v (%v)", rows, err)
	}
	golden(t, "catch_up.txt", rows[0].BodyText)
	golden(t, "catch_up.html", rows[0].BodyHTML)
}

var (
	token  = regexp.MustCompile(`off/[A-Z2-7]{26}`)
	sealed = regexp.MustCompile(`[a-z2-7]{44}`)
)

func golden(t *testing.T, name, got string) {
	t.Helper()
	got = sealed.ReplaceAllString(token.ReplaceAllString(got, "off/TOKEN"), "TOKEN")
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (run with -update and read the difference):\n%s", name, got)
	}
}

func TestUrgentMailSaysSoAndDoesNotWait(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	c := d.Clock().(*clock.Machine)
	s := serve(t)
	h := build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none"})
	h.wish.Nights = true
	c.Set(clock.At(testkit.Monday.Add(15 * time.Hour))) // ten at night
	digest := mail.Digest{ID: id.New(c.Now()), Person: h.mei, At: c.Now(), Urgency: worktime.Urgent, Items: []mail.Item{item(id.New(c.Now()))}}
	h.digests[digest.ID] = digest
	if err := h.mail.Deliver(t.Context(), h.workspace, digest.ID, h.mei); err != nil {
		t.Fatal(err)
	}
	if got := s.mails(); len(got) != 1 || got[0].GetHeader("Subject") != "Urgent: Pricing page" {
		t.Errorf("got %d mails, want one that says it is urgent", len(got))
	}
}

func TestTheOutboxIsForAdmins(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		h := build(t, d, c, mail.Options{})
		h.digest(h.mei, item(id.New(c.Now())))
		for _, who := range []struct {
			role actor.Role
			code string
		}{{actor.Owner, ""}, {actor.Admin, ""}, {actor.Member, "admins_only"}, {actor.Guest, "admins_only"}} {
			a := actor.Actor{Workspace: h.workspace, Person: h.mei, Role: who.role}
			rows, err := h.mail.Outbox(t.Context(), a, id.ID{}, 0)
			if who.code != "" {
				if !fault.Is(err, who.code) {
					t.Errorf("%s: got %v, want %s", who.role, err, who.code)
				}
				continue
			}
			if err != nil || len(rows) != 1 || rows[0].Address != "mei@example.org" {
				t.Fatalf("%s: %d mails (%v), want 1", who.role, len(rows), err)
			}
			if rows[0].Subject+rows[0].BodyText+rows[0].BodyHTML != "" {
				t.Errorf("%s reads other people's mail", who.role)
			}
			other := actor.Actor{Workspace: id.New(c.Now()), Person: h.mei, Role: who.role}
			if _, err := h.mail.OutboxMail(t.Context(), other, rows[0].ID); !fault.IsKind(err, fault.NotFound) {
				t.Errorf("%s of another workspace: got %v, want not found", who.role, err)
			}
		}
	})
}
