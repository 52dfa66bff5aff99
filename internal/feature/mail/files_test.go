package mail_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/testkit"
)

// desk is a private space of Ana's with Mei in it, where Ana posts files.
type desk struct {
	*house
	ana   actor.Actor
	space spaces.Space
	into  id.ID // the thread
}

func deskOf(h *house) *desk {
	h.t.Helper()
	d := &desk{house: h, ana: actor.Actor{Workspace: h.workspace, Person: h.person("Ana Petrova", "ana@example.org"), Role: actor.Member}}
	var err error
	if d.space, err = h.spaces.OpenSpace(h.t.Context(), d.ana, spaces.NewSpace{Name: "Harbour", Private: true, Members: []id.ID{h.mei}}); err != nil {
		h.t.Fatal(err)
	}
	h.write(func(ctx context.Context, tx *db.Tx) error {
		t, err := h.spaces.OpenThreadTx(ctx, tx, d.ana, spaces.NewThread{Space: d.space.ID, Title: "The crane"})
		d.into = t.ID
		return err
	})
	return d
}

// paper is a file to be attached.
type paper struct {
	name, kind string
	content    []byte
}

func (d *desk) upload(p paper) id.ID {
	d.t.Helper()
	u, err := d.spaces.BeginUpload(d.t.Context(), d.ana, p.name, p.kind, int64(len(p.content)))
	if err == nil && !u.Done() {
		_, err = d.spaces.Receive(d.t.Context(), d.ana, u.ID, 0, bytes.NewReader(p.content))
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return u.ID
}

// post is a post with files, as a line of a digest has it.
func (d *desk) post(markdown string, files ...id.ID) (spaces.Post, mail.Item) {
	d.t.Helper()
	var p spaces.Post
	d.write(func(ctx context.Context, tx *db.Tx) (err error) {
		p, err = d.spaces.PostTx(ctx, tx, d.ana, spaces.NewPost{Thread: d.into, Markdown: markdown, Files: files})
		return err
	})
	it := d.thing()
	it.Thread, it.Said = d.into, []mail.Said{{Markdown: p.Markdown, HTML: p.HTML, Post: p.ID}}
	return p, it
}

// sized is a paper of so many bytes that no two places of which are alike.
func sized(name string, n int) paper {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*i>>3 + i)
	}
	return paper{name, "application/pdf", b}
}

func attached(e *enmime.Envelope) (out []string) {
	for _, a := range e.Attachments {
		out = append(out, a.FileName)
	}
	return out
}

// lf is the text of a mail with the ends of lines that a Go string has.
func lf(e *enmime.Envelope) string { return strings.ReplaceAll(e.Text, "\r\n", "\n") }

// open follows a link of a mail without being signed in.
func (d *desk) open(link string) (int, string) {
	d.t.Helper()
	w := d.call("", "GET", strings.TrimPrefix(link, "https://meantime.example"), "")
	return w.Code, w.Body.String()
}

var fileLink = regexp.MustCompile(`https://meantime\.example/api/v1/mail/file/[a-z2-7]{44}`)

// Files come with the words they stand below; what is too large, or a program, is a link.
func TestFilesComeWithTheWords(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		k := deskOf(build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org", Hold: time.Minute}))
		plan, film := sized("Plan \"Süd\".pdf", 1_234_567), sized("film.mp4", 5<<20)
		notes, tool, site := paper{"notes.txt", "text/plain", []byte("Größe")}, sized("tool.EXE", 10), paper{"site.html", "text/html", []byte("<script>alert(1)</script>")}
		_, it := k.post("Please look at all of these.", k.upload(plan), k.upload(film), k.upload(notes), k.upload(tool), k.upload(site))
		k.digest(k.mei, it)
		e := s.mails()[0]
		if got := attached(e); !slices.Equal(got, []string{"Plan _Süd_.pdf", "notes.txt", "site.html"}) {
			t.Fatalf("attached are %q", got)
		}
		for i, want := range []paper{plan, notes, {"", "application/octet-stream", site.content}} {
			if a := e.Attachments[i]; !bytes.Equal(a.Content, want.content) || a.ContentType != want.kind || a.Disposition != "attachment" {
				t.Errorf("%s came as %s, %s, %d bytes", a.FileName, a.ContentType, a.Disposition, len(a.Content))
			}
		}
		for _, want := range []string{`  Attached: Plan "Süd".pdf, 1.2 MB`, "  File: film.mp4, 5.2 MB\n  https://", "  Attached: notes.txt, 7 B", "  File: tool.EXE, 10 B", "open without signing in"} {
			if !strings.Contains(lf(e), want) {
				t.Errorf("the mail lacks %q:\n%s", want, e.Text)
			}
		}
		links := fileLink.FindAllString(e.Text, -1)
		if len(links) != 2 || len(fileLink.FindAllString(e.HTML, -1)) != 2 {
			t.Fatalf("%d links in the text, want those of the film and the tool:\n%s", len(links), e.Text)
		}
		if code, body := k.open(links[0]); code != 200 || body != string(film.content) {
			t.Errorf("the link to the film gives %d, %d bytes", code, len(body))
		}
		if code, _ := k.open(links[0][:len(links[0])-3] + "aaa"); code != 404 {
			t.Errorf("a link that was tampered with gives %d", code)
		}
		k.replied(s)
	})
}

// replied answers the mail as a whole: the files in it make it no mail of several things.
func (d *desk) replied(s *server) {
	d.t.Helper()
	to := strings.Trim(s.mails()[0].GetHeader("Reply-To"), "<>")
	if err := d.mail.Accept(d.t.Context(), mail.Envelope{Recipient: to}, []byte(letter("r", to, "Seen."))); err != nil {
		d.t.Fatal(err)
	}
	d.settle()
	if said := d.heard(); len(said) != 1 || said[0].Text != "Seen." {
		d.t.Errorf("the answer was %+v", said)
	}
}

// A file whose post was deleted, or whose reader may not read it any more, is not sent and
// its link opens nothing.
func TestAFileThatMayNotBeReadIsNotSent(t *testing.T) {
	for what, take := range map[string]func(k *desk, p spaces.Post) error{
		"the post is deleted": func(k *desk, p spaces.Post) error { return k.spaces.DeletePost(k.t.Context(), k.ana, p.ID) },
		"the reader is out": func(k *desk, _ spaces.Post) error {
			return k.spaces.RemoveMember(k.t.Context(), k.ana, k.space.ID, k.mei)
		},
		"nothing has happened": func(*desk, spaces.Post) error { return nil },
	} {
		t.Run(what, func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
				s := serve(t)
				k := deskOf(build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org", Hold: time.Minute}))
				p, it := k.post("Please look.", k.upload(sized("plan.pdf", 1000)), k.upload(sized("film.mp4", 6<<20)))
				k.digest(k.mei, it)
				s.answer = func(try int) error {
					if try == 2 {
						return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted"}
					}
					return nil
				}
				k.digest(k.mei, it) // is put off
				if err := take(k, p); err != nil {
					t.Fatal(err)
				}
				c.Advance(5 * time.Minute)
				k.settle()
				got := s.mails()
				if len(got) != 2 {
					t.Fatalf("%d mails, want 2", len(got))
				}
				code, _ := k.open(fileLink.FindString(got[0].Text))
				if open := what == "nothing has happened"; open != (len(got[1].Attachments) == 1) || open != strings.Contains(got[1].Text, "film.mp4") || open != (code == 200) {
					t.Errorf("the mail holds %q, the link gives %d, and it says:\n%s", attached(got[1]), code, got[1].Text)
				}
			})
		})
	}
}

// A server that does not want the files gets the words: at once where it says so, after
// some tries where it only breaks off.
func TestWordsComeWhereFilesAreNotWanted(t *testing.T) {
	for what, code := range map[string]int{"too large": 552, "breaks off": 451} {
		t.Run(what, func(t *testing.T) {
			testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
				s := serve(t)
				s.mind = func(e *enmime.Envelope) error {
					if len(e.Attachments) == 0 {
						return nil
					}
					return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 3, 4}, Message: "Message size exceeds limit"}
				}
				k := deskOf(build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Hold: time.Minute}))
				_, it := k.post("Please look.", k.upload(sized("plan.pdf", 1000)))
				k.digest(k.mei, it)
				if code == 451 {
					for range 5 {
						c.Advance(20 * time.Minute)
						k.settle()
					}
				}
				got := s.mails()
				if len(got) != 1 || len(got[0].Attachments) != 0 || !strings.Contains(lf(got[0]), "  File: plan.pdf, 1.0 kB\n  https://") {
					t.Fatalf("%d mails came", len(got))
				}
				if code, body := k.open(fileLink.FindString(got[0].Text)); code != 200 || len(body) != 1000 {
					t.Errorf("its link gives %d, %d bytes", code, len(body))
				}
			})
		})
	}
}

// A mail that is repeated because the server's yes was lost is the same one, with the file.
func TestARepeatedMailHasItsFile(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB, c *clock.Machine) {
		s := serve(t)
		k := deskOf(build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Hold: time.Minute}))
		_, it := k.post("Please look.", k.upload(sized("plan.pdf", 1000)))
		digest := k.digest(k.mei, it)
		k.forgetSent(digest.ID)
		if err := k.mail.Deliver(t.Context(), k.workspace, digest.ID, k.mei); err != nil {
			t.Fatal(err)
		}
		got := s.mails()
		if len(got) != 2 || got[0].GetHeader("Message-Id") != got[1].GetHeader("Message-Id") || got[0].Text != got[1].Text || !bytes.Equal(got[0].Attachments[0].Content, got[1].Attachments[0].Content) {
			t.Errorf("%d mails came, or they differ", len(got))
		}
	})
}

// A picture that goes with the mail is shown where the text has it; whoever wants plain
// text has it attached, and one that is too large is a link.
func TestPicturesAreShownInTheirPlace(t *testing.T) {
	for _, plain := range []bool{false, true} {
		d := testkit.SQLite(t, clock.Still(testkit.Monday))
		s := serve(t)
		k := deskOf(build(t, d, d.Clock().(*clock.Machine), mail.Options{SMTP: s.addr, TLS: "none", Hold: time.Minute}))
		k.wish.Plain = plain
		small, large := k.upload(paper{"crane.png", "image/png", []byte("\x89PNG\r\n\x1a\n")}), k.upload(paper{"sea.png", "image/png", make([]byte, 6<<20)})
		at := func(f id.ID) string { return "/api/v1/files/" + id.Encode("file", f) + "/content" }
		_, it := k.post("So it stands:\n\n![The crane]("+at(small)+")\n\n![The sea]("+at(large)+") and [again]("+at(large)+")", small, large)
		k.digest(k.mei, it)
		e := s.mails()[0]
		if plain {
			if !slices.Equal(attached(e), []string{"crane.png"}) || e.HTML != "" {
				t.Errorf("in plain text attached are %q", attached(e))
			}
			continue
		}
		cid := id.Encode("file", small) + "@meantime.example"
		if len(e.Inlines)+len(e.OtherParts) != 1 || !strings.Contains(e.HTML, `src="cid:`+cid+`" alt="The crane"`) {
			t.Fatalf("%d inlines, %d others:\n%s", len(e.Inlines), len(e.OtherParts), e.HTML)
		}
		if part := append(e.Inlines, e.OtherParts...)[0]; part.ContentID != cid || part.ContentType != "image/png" {
			t.Errorf("the picture is %q, %s", part.ContentID, part.ContentType)
		}
		if n := len(fileLink.FindAllString(e.HTML, -1)); n != 3 || strings.Contains(e.HTML, "/api/v1/files/") || strings.Count(e.HTML, "<img") != 1 {
			t.Errorf("%d links to the sea, want three:\n%s", n, e.HTML)
		}
		if strings.Contains(e.Text, "/api/v1/files/") {
			t.Errorf("the text leads to a page that asks for a session:\n%s", e.Text)
		}
	}
}

// Ten files go with a mail; a post that is nothing but a file is told; a file that two
// lines name comes once; one that cannot be read is a link.
func TestWhichFilesGoWithAMail(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	s := serve(t)
	k := deskOf(build(t, d, d.Clock().(*clock.Machine), mail.Options{SMTP: s.addr, TLS: "none", Hold: time.Minute}))
	_, alone := k.post("", k.upload(sized("alone.pdf", 10)))
	again := alone
	again.Ref.ID = id.New(k.clock.Now())
	var many []id.ID
	for range 12 {
		many = append(many, k.upload(sized("many.pdf", 10)))
	}
	_, last := k.post("Many.", many...)
	k.digest(k.mei, alone, again, last)
	e := s.mails()[0]
	if n := len(e.Attachments); n != 10 || strings.Count(e.Text, "Attached: alone.pdf, 10 B") != 2 || strings.Count(e.Text, "File: many.pdf") != 3 {
		t.Errorf("%d files came with:\n%s", n, e.Text)
	}
	broken := k.upload(sized("broken.pdf", 10))
	_, it := k.post("Broken.", broken)
	err := filepath.WalkDir(k.files, func(path string, entry os.DirEntry, err error) error {
		if err == nil && strings.Contains(path, broken.String()) && !entry.IsDir() {
			err = os.Remove(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	k.clock.Advance(time.Minute)
	k.digest(k.mei, it)
	got := s.mails()
	if e := got[len(got)-1]; len(got) != 2 || len(e.Attachments) != 0 || !strings.Contains(lf(e), "File: broken.pdf, 10 B\n  https://") {
		t.Errorf("%d mails; of a file that is not there it says:\n%s", len(got), e.Text)
	}
}

// A house that encloses nothing sends links.
func TestAHouseThatEnclosesNothing(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	s := serve(t)
	k := deskOf(build(t, d, d.Clock().(*clock.Machine), mail.Options{SMTP: s.addr, TLS: "none", Enclose: -1, Hold: time.Minute}))
	_, it := k.post("Look.", k.upload(sized("plan.pdf", 10)), k.upload(sized("empty.pdf", 0)))
	k.digest(k.mei, it)
	if e := s.mails()[0]; len(e.Attachments) != 0 || strings.Count(e.Text, "  File: ") != 2 {
		t.Errorf("attached are %q:\n%s", attached(e), e.Text)
	}
}

// Mails whose files wait for a slow server fill no more memory than is set aside for them,
// and mails without files do not wait for that.
func TestFilesUnderWayHaveABound(t *testing.T) {
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	c := d.Clock().(*clock.Machine)
	s := serve(t)
	let := s.hangOn("slow")
	k := deskOf(build(t, d, c, mail.Options{SMTP: s.addr, TLS: "none", Hold: 2 * time.Second, Enclose: 30 << 20}))
	_, it := k.post("Look.", k.upload(sized("film.mp4", 30<<20)))
	for _, name := range []string{"slow1", "slow2", "third"} {
		p := k.person(name, name+"@example.org")
		if err := k.spaces.AddMember(t.Context(), k.ana, k.space.ID, p); err != nil {
			t.Fatal(err)
		}
		k.digest(p, it)
	}
	k.digest(k.mei, item(id.New(c.Now())))
	if got := s.mails(); len(got) != 1 || got[0].GetHeader("To") != `"Mei Lin" <mei@example.org>` {
		t.Errorf("%d mails came while two large ones wait, want Mei's", len(got))
	}
	close(let)
	k.mail.WaitSlow()
	c.Advance(3 * time.Minute)
	k.settle()
	k.mail.WaitSlow()
	got := s.mails()
	with := 0
	for _, e := range got {
		with += len(e.Attachments)
	}
	if len(got) != 4 || with != 3 {
		t.Errorf("in the end %d mails and %d files came, want 4 and 3", len(got), with)
	}
}
