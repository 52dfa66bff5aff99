package mail

import (
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// Mail is a mail of the outbox as the API shows it.
type Mail struct {
	ID      string    `json:"id"`
	To      string    `json:"to"`
	Subject string    `json:"subject" doc:"Empty outside a demo."`
	Text    string    `json:"text" doc:"Empty outside a demo."`
	HTML    string    `json:"html" doc:"Empty outside a demo."`
	At      time.Time `json:"at"`
	Kind    string    `json:"kind" doc:"digest, or what the house wrote a letter about."`
	ReplyTo string    `json:"reply_to" doc:"Where a reply goes; empty outside a demo."`
	State   string    `json:"state" enum:"sending,waiting,held,sent,failed"`
	Problem string    `json:"problem" doc:"What the mail server said last, for admins."`
}

// Routes registers the operations.
func (s *Service) Routes(a *web.API) {
	web.Handle(a, web.Op{Method: "GET", Path: "/outbox", ID: "listOutbox", Summary: "List the mail that was written", Tag: "mail"}, s.listOutbox)
	web.Handle(a, web.Op{Method: "GET", Path: "/outbox/{mail}", ID: "getOutboxMail", Summary: "Read one mail of the outbox", Tag: "mail"}, s.getOutboxMail)
	s.routesMine(a)
	a.Mux.HandleFunc("GET "+web.Prefix+"/mail/do/{token}", s.askToDo)
	a.Mux.HandleFunc("POST "+web.Prefix+"/mail/do/{token}", s.postDo)
	a.Mux.HandleFunc("GET "+web.Prefix+"/mail/file/{token}", s.openFile)
	a.Mux.HandleFunc("GET "+web.Prefix+"/mail/off/{token}", askToStop)
	a.Mux.HandleFunc("POST "+web.Prefix+"/mail/off/{token}", s.stop)
}

type listOutboxIn struct {
	After string `query:"after"`
	Limit int    `query:"limit" minimum:"0" maximum:"50"`
}

func (s *Service) listOutbox(ctx context.Context, in *listOutboxIn) (*web.Out[web.Page[Mail]], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	after, err := web.After("mail", in.After)
	if err != nil {
		return nil, err
	}
	limit := in.Limit
	if limit == 0 {
		limit = outboxPageSize
	}
	rows, err := s.Outbox(ctx, who, after, limit)
	if err != nil {
		return nil, err
	}
	page := web.Page[Mail]{Items: []Mail{}}
	for _, r := range rows {
		page.Items = append(page.Items, mailOf(r))
	}
	if len(rows) == limit {
		page.Next = page.Items[limit-1].ID
	}
	return &web.Out[web.Page[Mail]]{Body: page}, nil
}

type getOutboxIn struct {
	Mail string `path:"mail"`
}

func (s *Service) getOutboxMail(ctx context.Context, in *getOutboxIn) (*web.Out[Mail], error) {
	who, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	mail, err := id.Decode("mail", in.Mail)
	if err != nil {
		return nil, err
	}
	row, err := s.OutboxMail(ctx, who, mail)
	return &web.Out[Mail]{Body: mailOf(row)}, err
}

func mailOf(r outboxRow) Mail {
	return Mail{
		ID: id.Encode("mail", r.ID), To: r.Address, Subject: r.Subject, Text: r.BodyText, HTML: r.BodyHTML,
		Kind: r.Kind, ReplyTo: r.ReplyTo, At: r.At.Time(), State: r.State, Problem: r.Problem,
	}
}

// askToStop asks before anything is turned off: programs follow links by themselves.
func askToStop(w http.ResponseWriter, _ *http.Request) { show(w, http.StatusOK, "ask", "") }

// stop is RFC 8058: the mail program posts by itself, without cookies; or a person
// pressed the button of the page above.
func (s *Service) stop(w http.ResponseWriter, r *http.Request) {
	err := s.Stop(r.Context(), r.PathValue("token"))
	if err == nil {
		show(w, http.StatusOK, "done", "")
		return
	}
	p := web.ProblemOf(err)
	if p.Status == http.StatusInternalServerError {
		slog.ErrorContext(r.Context(), "mail: could not turn mail off", "error", err)
	}
	show(w, p.Status, "failed", p.Detail)
}

func show(w http.ResponseWriter, status int, page, detail string) {
	pageHeaders(w, status)
	_ = stopHTML.ExecuteTemplate(w, page, detail)
}

// pageHeaders are those of a page that stands alone: it loads nothing, posts home, and
// tells nobody where its reader came from.
func pageHeaders(w http.ResponseWriter, status int) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; form-action 'self'; style-src 'unsafe-inline'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
}

var stopHTML = template.Must(template.New("").Parse(`
{{define "head"}}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mail from Meantime</title></head>
<body style="font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem">{{end}}
{{define "ask"}}{{template "head"}}
<h1 style="font-size:1.4rem">Turn these mails off?</h1>
<p>Your inbox in Meantime stays as it is, and you can turn mail on again in your settings.</p>
<form method="post"><button type="submit" style="font:inherit;padding:.5rem 1rem">Turn mail off</button></form>
</body></html>{{end}}
{{define "done"}}{{template "head"}}
<h1 style="font-size:1.4rem">Mail is off.</h1>
<p>Your inbox in Meantime goes on as before. You can turn mail on again in your settings.</p>
</body></html>{{end}}
{{define "failed"}}{{template "head"}}
<h1 style="font-size:1.4rem">That did not work.</h1>
<p>{{.}}</p>
</body></html>{{end}}
`))
