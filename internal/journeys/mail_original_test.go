package journeys_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// file asks for what is no JSON.
func (v *visitor) file(path string) (int, string) {
	v.w.t.Helper()
	req, err := http.NewRequestWithContext(v.w.t.Context(), "GET", v.w.url+"/api/v1"+path, http.NoBody)
	if err != nil {
		v.w.t.Fatal(err)
	}
	req.AddCookie(v.cookie)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		v.w.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.w.t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// Whoever reads a post that came by mail can read the whole mail, without what was
// its writer's alone; the writer can have it as it came.
func TestTheOriginalOfAMail(t *testing.T) {
	mailWorlds(t, workday, func(t *testing.T, w *world, post *postOffice) {
		tm := newTeam(w, post)
		_, thread, mail := tm.ask("reply", nil)
		token := strings.TrimPrefix(strings.Split(mail.GetHeader("Reply-To"), "@")[0], "<reply+")
		post.sent(draft{from: "Kofi Mensah <kofi@northwind.example>", answers: mail, text: "Looks fine.\n\nOn Tuesday Ana wrote:\n> See https://x.example/api/v1/mail/link/" + token})
		w.settle()
		posts := tm.mei.list("/threads/" + thread + "/posts")
		first, second := posts[0], posts[len(posts)-1]
		if first["by_mail"] != false || second["by_mail"] != true || str(second, "markdown") != "Looks fine." {
			t.Fatalf("the posts are %v", posts)
		}
		path := "/posts/" + str(second, "id") + "/original"
		seen := tm.mei.get(path)
		if text := str(seen, "text"); !strings.Contains(text, "On Tuesday Ana wrote") || strings.Contains(text, token) {
			t.Errorf("Mei reads %q", text)
		}
		head := map[string]string{}
		for _, h := range seen["headers"].([]any) {
			head[str(h, "name")] = str(h, "value")
		}
		if head["From"] != "Kofi Mensah <kofi@northwind.example>" || !strings.HasPrefix(head["Subject"], "Re: ") || head["Date"] == "" || head["To"] == "" || strings.Contains(head["To"], token) {
			t.Errorf("its head is %v", head)
		}
		if status, body := tm.mei.file(path + "/file"); status != 403 || !strings.Contains(body, "writer_only") {
			t.Errorf("Mei downloads it: %d %s", status, body)
		}
		if status, body := tm.kofi.file(path + "/file"); status != 200 || !strings.Contains(body, token) || !strings.HasPrefix(body, "From: Kofi") && !strings.Contains(body, "\r\nFrom: Kofi") {
			t.Errorf("Kofi downloads it: %d %s", status, body)
		}
		if at(tm.kofi.get(path), "may", "download") != true || at(seen, "may", "download") != false {
			t.Error("the page does not say who may download it")
		}
		tm.mei.do("GET", "/posts/"+str(first, "id")+"/original", nil, 404)
	})
}
