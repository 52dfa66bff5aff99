package journeys_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	netsmtp "net/smtp"
	"regexp"
	"strings"
	"testing"
	"time"
)

// upload sends a file and gives its id.
func (v *visitor) upload(name string, content []byte) string {
	v.w.t.Helper()
	req, err := http.NewRequestWithContext(v.w.t.Context(), "POST", v.w.url+"/api/v1/uploads", bytes.NewReader(content))
	if err != nil {
		v.w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/offset+octet-stream")
	req.Header.Set("Upload-Length", fmt.Sprint(len(content)))
	req.Header.Set("Upload-Metadata", "filename "+base64.StdEncoding.EncodeToString([]byte(name))+",filetype "+base64.StdEncoding.EncodeToString([]byte("application/pdf")))
	req.AddCookie(v.cookie)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		v.w.t.Fatal(err)
	}
	_ = resp.Body.Close()
	if file := resp.Header.Get("Upload-File"); file != "" {
		return file
	}
	v.w.t.Fatalf("the upload of %s answered %s", name, resp.Status)
	return ""
}

// Two people who have nothing but a mail program hand each other files: what is attached
// to a question comes with it, and what is attached to the answer comes back.
func TestFilesGoBackAndForthByMail(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		plan, film := bytes.Repeat([]byte("plan"), 10_000), bytes.Repeat([]byte("film"), 2<<20)
		made := tm.ana.do("POST", "/threads", map[string]any{
			"space": tm.space, "title": "The crane", "markdown": "Does it hold?", "files": []string{tm.ana.upload("plan.pdf", plan), tm.ana.upload("film.mp4", film)},
			"asks": []any{map[string]any{"kind": "reply", "to": map[string]any{"people": []string{tm.ids["kofi"]}}, "window": "4h", "urgency": "soon"}},
		}, 201)
		w.settle()
		e := post.last("kofi@")
		if len(e.Attachments) != 1 || e.Attachments[0].FileName != "plan.pdf" || !bytes.Equal(e.Attachments[0].Content, plan) || !strings.Contains(e.Text, "File: film.mp4, 8.4 MB") {
			t.Fatalf("with the question came %d files:\n%s", len(e.Attachments), e.Text)
		}
		link := regexp.MustCompile(`http://meantime\.test(/api/v1/mail/file/\S+)`).FindStringSubmatch(e.Text)
		if link == nil {
			t.Fatalf("the film has no link:\n%s", e.Text)
		}
		if code, body := w.press("GET", link[1], nil); code != 200 || body != string(film) {
			t.Errorf("its link gives %d, %d bytes", code, len(body))
		}

		to := strings.Trim(e.GetHeader("Reply-To"), "<>")
		raw := "From: kofi@northwind.example\r\nTo: " + to + "\r\nSubject: Re: The crane\r\nMessage-ID: <answer@northwind.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
			"--b\r\nContent-Type: text/plain\r\n\r\nIt holds, see the sums.\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=sums.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
			base64.StdEncoding.EncodeToString([]byte("the sums")) + "\r\n--b--\r\n"
		if err := netsmtp.SendMail(post.door, nil, "kofi@northwind.example", []string{to}, []byte(raw)); err != nil {
			t.Fatal(err)
		}
		w.forward(tm.ana, workday.Add(30*time.Hour))
		if got := tm.owed(str(made, "post", "asks", 0, "id"))["state"]; got != "answered" {
			t.Fatalf("the ask is %v", got)
		}
		back := post.last("ana@")
		if len(back.Attachments) != 1 || back.Attachments[0].FileName != "sums.pdf" || string(back.Attachments[0].Content) != "the sums" || !strings.Contains(back.Text, "Attached: sums.pdf, 8 B") {
			t.Errorf("with the answer came %d files:\n%s", len(back.Attachments), back.Text)
		}

		tm.ana.do("DELETE", "/posts/"+str(made, "post", "id"), nil, 204)
		if code, body := w.press("GET", link[1], nil); code != 404 || !strings.Contains(body, "That did not work.") || strings.Contains(body, "film") {
			t.Errorf("once the post is deleted the link gives %d: %.200s", code, body)
		}
	})
}
