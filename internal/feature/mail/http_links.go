package mail

import (
	"html/template"
	"log/slog"
	"net/http"
	"strings"

	"example.org/meantime/internal/platform/web"
)

// mostForm is how many bytes of a form are read.
const mostForm = 64 << 10

// askToDo shows what a link would do. It does nothing: programs follow links by
// themselves, and only the button posts.
func (s *Service) askToDo(w http.ResponseWriter, r *http.Request) {
	p, err := s.Pressed(r.Context(), r.PathValue("token"))
	if err != nil {
		failedToDo(w, r, err)
		return
	}
	if p.Offer.Over != "" {
		showDo(w, http.StatusOK, "over", p)
		return
	}
	showDo(w, http.StatusOK, "ask", p)
}

// postDo does it, once the button was pressed.
func (s *Service) postDo(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostForm)
	said, err := s.Press(r.Context(), r.PathValue("token"), r.PostFormValue)
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		sayDone(w, r, said, err)
		return
	}
	if err != nil {
		failedToDo(w, r, err)
		return
	}
	showDo(w, http.StatusOK, "done", said)
}

// openFile gives out a file that a mail names, to whoever has the mail, as long as the one
// it was made for may read the file.
func (s *Service) openFile(w http.ResponseWriter, r *http.Request) {
	p, _, err := s.linked(r.Context(), r.PathValue("token"), toFile)
	if err == nil {
		w.Header().Set("Referrer-Policy", "no-referrer")
		err = s.near.Spaces.ServeFile(w, r, p.Person.Actor(), p.line.RefID)
	}
	if err != nil {
		failedToDo(w, r, err)
	}
}

// pressedOut is what came of a press from a notification.
type pressedOut struct {
	Said string `json:"said"`
}

// sayDone answers a notification, which shows the words by itself.
func sayDone(w http.ResponseWriter, r *http.Request, said string, err error) {
	w.Header().Set("Cache-Control", "no-store")
	if err == nil {
		web.WriteJSON(w, http.StatusOK, pressedOut{said})
		return
	}
	logDo(r, web.ProblemOf(err), err)
	web.WriteProblem(w, err)
}

func logDo(r *http.Request, p *web.Problem, err error) {
	if p.Status == http.StatusInternalServerError {
		slog.ErrorContext(r.Context(), "mail: a link could not be followed", "error", err)
	}
}

func failedToDo(w http.ResponseWriter, r *http.Request, err error) {
	p := web.ProblemOf(err)
	logDo(r, p, err)
	showDo(w, p.Status, "failed", p.Detail)
}

func showDo(w http.ResponseWriter, status int, page string, with any) {
	pageHeaders(w, status)
	_ = doHTML.ExecuteTemplate(w, page, with)
}

var doHTML = template.Must(template.New("").Parse(`
{{define "head"}}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Meantime</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}h1{font-size:1.4rem;margin:0 0 .5rem}
label{display:block;margin:1rem 0 .25rem;font-weight:600}input,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem}small{display:block}button{font:inherit;padding:.5rem 1rem;margin-top:1rem}
.about{border-inline-start:3px solid;padding-inline-start:1rem;margin:1rem 0}</style></head><body>{{end}}
{{define "about"}}<div class="about"><strong><bdi>{{.Offer.Title}}</bdi></strong>{{if .Offer.Text}}<br><bdi>{{.Offer.Text}}</bdi>{{end}}</div>{{end}}
{{define "ask"}}{{template "head"}}
<h1><bdi>{{.Act.Label}}</bdi>?</h1>
{{template "about" .}}
<p>{{.Act.Says}}</p>
<form method="post">
{{range .Fields}}<label for="{{.Name}}">{{.Label}}</label>{{if .Long}}<textarea id="{{.Name}}" name="{{.Name}}" rows="8" maxlength="20000" required{{if .Hint}} aria-describedby="{{.Name}}-hint"{{end}}></textarea>{{else}}<input id="{{.Name}}" name="{{.Name}}" maxlength="2000"{{if .Hint}} aria-describedby="{{.Name}}-hint"{{end}}>{{end}}{{if .Hint}}<small id="{{.Name}}-hint">{{.Hint}}</small>{{end}}
{{end}}<button type="submit"><bdi>{{.Act.Label}}</bdi></button></form>
<p><small>You act as <bdi>{{.Person.Name}}</bdi> in <bdi>{{.Workspace.Name}}</bdi>. Nothing is done until you press the button.</small></p>
</body></html>{{end}}
{{define "over"}}{{template "head"}}
<h1>There is nothing left to do here.</h1>
{{template "about" .}}
<p>{{.Offer.Over}}</p>
</body></html>{{end}}
{{define "done"}}{{template "head"}}
<h1>Done.</h1>
<p>{{.}}</p>
<p><small>You can close this page.</small></p>
</body></html>{{end}}
{{define "failed"}}{{template "head"}}
<h1>That did not work.</h1>
<p>{{.}}</p>
</body></html>{{end}}
`))
