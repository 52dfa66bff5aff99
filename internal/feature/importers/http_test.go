package importers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/bus"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

// shown is an import as a client reads it.
type shown struct {
	ID, State, Phase, Problem string
	Done, Total               int64
	DryRun                    bool    `json:"dry_run"`
	FinishedAt                *string `json:"finished_at"`
	Report                    *struct {
		Posts, People int64
		Text          string
		Missing       []struct{ Code, Sentence string }
	}
	Code  string
	Items []shown
}

// call sends a request as somebody, and gives the status and the answer.
func (h *house) call(a actor.Actor, method, path string, body any) (int, shown) {
	h.T.Helper()
	mux := http.NewServeMux()
	h.importers.Routes(web.NewAPI(mux, "test"))
	b, err := json.Marshal(body)
	h.Must(err)
	r := httptest.NewRequestWithContext(actor.With(h.T.Context(), a), method, web.Prefix+path, bytes.NewReader(b))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	var out shown
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			h.T.Fatalf("%s %s answered %s", method, path, w.Body)
		}
	}
	return w.Code, out
}

func (h *house) want(status int, got int, what string) {
	h.T.Helper()
	if got != status {
		h.T.Errorf("%s: status %d, want %d", what, got, status)
	}
}

// work does the jobs that wait, slow ones too.
func (h *house) work() {
	h.T.Helper()
	ctx, stop := context.WithCancel(h.T.Context())
	ended := make(chan error)
	go func() { ended <- h.Jobs.Run(ctx) }()
	h.settled()
	stop()
	h.Must(<-ended)
}

// settled waits until no job is left.
func (h *house) settled() {
	h.T.Helper()
	poked, enough := h.Bus.Subscribe(bus.Jobs)
	defer enough()
	for len(h.column(`SELECT kind FROM job_jobs WHERE state IN ('ready', 'running')`)) > 0 {
		<-poked
	}
}

func TestAnAdministratorImportsOverHTTP(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		up := id.Encode("up", h.upload(h.olga, pack(t, company())))
		status, dry := h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": up, "dry_run": true})
		h.want(201, status, "start a dry run")
		if dry.State != "checking" || !dry.DryRun {
			t.Errorf("it starts as %+v", dry)
		}
		before := h.totals()
		h.work()
		_, dry = h.call(h.olga, "GET", "/imports/"+dry.ID, nil)
		if dry.State != "done" || dry.Report == nil || dry.Report.Posts != 6 || !strings.HasPrefix(dry.Report.Text, "Dry run") || dry.FinishedAt == nil {
			t.Errorf("the dry run ended as %+v", dry)
		}
		if h.totals() != before {
			t.Error("the dry run wrote something")
		}
		status, real := h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": strings.Replace(up, "up_", "file_", 1), "dry_run": false})
		h.want(201, status, "start the import")
		h.work()
		_, real = h.call(h.olga, "GET", "/imports/"+real.ID, nil)
		if real.State != "done" || real.Report == nil || real.Report.Posts != 6 || real.Done != 6 || real.Total != 6 {
			t.Errorf("the import ended as %+v", real)
		}
		_, all := h.call(h.olga, "GET", "/imports", nil)
		if len(all.Items) != 2 || all.Items[0].ID != real.ID {
			t.Errorf("the list is %+v", all.Items)
		}
		if _, err := h.Spaces.Upload(h.T.Context(), h.olga, h.decode(up)); !fault.IsKind(err, fault.NotFound) {
			t.Errorf("the export is kept after its import: %v", err)
		}
	})
}

func (h *house) decode(up string) id.ID {
	x, err := id.Decode("up", up)
	h.Must(err)
	return x
}

func TestABadExportFailsWithASentence(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		files := company()
		files["general/2023-11-16.json"] = "[{]"
		before := h.totals()
		_, i := h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": id.Encode("up", h.upload(h.olga, pack(t, files)))})
		h.work()
		_, i = h.call(h.olga, "GET", "/imports/"+i.ID, nil)
		if i.State != "failed" || !strings.Contains(i.Problem, "general/2023-11-16.json, line 1") {
			t.Errorf("it ended as %+v", i)
		}
		if h.totals() != before {
			t.Error("something came in")
		}
	})
}

func TestCancelledIsOver(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		up := id.Encode("up", h.upload(h.olga, pack(t, company())))
		_, i := h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": up})
		status, second := h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": up})
		if status != 409 || second.Code != "import_running" {
			t.Errorf("a second import beside the first: %d %s", status, second.Code)
		}
		status, _ = h.call(h.olga, "DELETE", "/imports/"+i.ID, nil)
		h.want(204, status, "cancel")
		status, _ = h.call(h.olga, "DELETE", "/imports/"+i.ID, nil)
		h.want(204, status, "cancel once more")
		h.work()
		_, i = h.call(h.olga, "GET", "/imports/"+i.ID, nil)
		if got := h.totals(); i.State != "cancelled" || got.Posts != 0 {
			t.Errorf("it is %s, and %d posts came in", i.State, got.Posts)
		}
		_, i = h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": up})
		h.work()
		_, i = h.call(h.olga, "GET", "/imports/"+i.ID, nil)
		if i.State != "done" {
			t.Errorf("after a cancelled one, an import ends as %+v", i)
		}
		status, over := h.call(h.olga, "DELETE", "/imports/"+i.ID, nil)
		if status != 409 || over.Code != "import_over" {
			t.Errorf("cancel what is done: %d %s", status, over.Code)
		}
	})
}

// TestCancelledInTheMiddle cancels when the first posts have come in: nothing comes
// after that, and starting it again brings the rest.
func TestCancelledInTheMiddle(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		event.PokeOn(h.DB, h.Bus)
		content := pack(t, many(3000, 0))
		_, i := h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": id.Encode("up", h.upload(h.olga, content))})
		told, enough := h.Bus.Subscribe(bus.Events)
		defer enough()
		ctx, stop := context.WithCancel(h.T.Context())
		ended := make(chan error)
		go func() { ended <- h.Jobs.Run(ctx) }()
		for h.totals().Posts == 0 {
			<-told
		}
		status, _ := h.call(h.olga, "DELETE", "/imports/"+i.ID, nil)
		h.want(204, status, "cancel")
		had := h.totals()
		h.settled()
		stop()
		h.Must(<-ended)
		if got := h.totals(); got != had {
			t.Errorf("after it was cancelled %+v became %+v", had, got)
		}
		_, i = h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": id.Encode("up", h.upload(h.olga, content))})
		h.work()
		if _, i = h.call(h.olga, "GET", "/imports/"+i.ID, nil); i.State != "done" || h.totals().Posts != 9000+4 {
			t.Errorf("started again it ends as %+v with %+v", i, h.totals())
		}
		h.numbered(t)
	})
}

func TestWhoMayNotImport(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		content := pack(t, company())
		mine := id.Encode("up", h.upload(h.olga, content))
		_, i := h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": mine, "dry_run": true})
		for _, a := range []actor.Actor{h.kofi, h.gus} {
			up := id.Encode("up", h.upload(a, content))
			for _, c := range [][2]string{{"POST", "/imports/slack"}, {"GET", "/imports"}, {"GET", "/imports/" + i.ID}, {"DELETE", "/imports/" + i.ID}, {"GET", "/imports/imp_nonsense"}} {
				status, _ := h.call(a, c[0], c[1], map[string]any{"upload": up})
				h.want(403, status, string(a.Role)+" "+c[0]+" "+c[1])
			}
		}
		for _, c := range [][2]string{{"GET", "/imports/" + i.ID}, {"DELETE", "/imports/" + i.ID}} {
			status, _ := h.call(h.other, c[0], c[1], nil)
			h.want(404, status, "an owner elsewhere: "+c[0]+" "+c[1])
		}
		if _, all := h.call(h.other, "GET", "/imports", nil); len(all.Items) != 0 {
			t.Errorf("an owner elsewhere sees %+v", all.Items)
		}
		anas := id.Encode("up", h.upload(h.kofi, content))
		elsewhere := id.Encode("up", h.upload(h.other, content))
		for name, up := range map[string]string{"another's": anas, "another workspace's": elsewhere, "none": "up_nonsense"} {
			status, _ := h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": up})
			h.want(404, status, "an upload that is "+name)
		}
		status, _ := h.call(actor.Actor{}, "GET", "/imports", nil)
		h.want(403, status, "nobody")
	})
}

func TestWhoIsNoAdministratorAnyMore(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		member, owner := actor.Member, actor.Owner
		h.Must(h.People.ChangeStanding(h.T.Context(), h.olga, h.kofi.Person, people.Standing{Role: &owner}))
		kofi := h.kofi
		kofi.Role = actor.Owner
		_, i := h.call(kofi, "POST", "/imports/slack", map[string]any{"upload": id.Encode("up", h.upload(kofi, pack(t, company())))})
		h.Must(h.People.ChangeStanding(h.T.Context(), h.olga, h.kofi.Person, people.Standing{Role: &member}))
		h.work()
		_, i = h.call(h.olga, "GET", "/imports/"+i.ID, nil)
		if got := h.totals(); i.State != "failed" || i.Problem == "" || got.Posts != 0 {
			t.Errorf("it is %+v, and %d posts came in", i, got.Posts)
		}
	})
}

func TestUnfinishedUploadsWait(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		u, err := h.Spaces.BeginUpload(h.T.Context(), h.olga, "export.zip", "application/zip", 100)
		h.Must(err)
		status, out := h.call(h.olga, "POST", "/imports/slack", map[string]any{"upload": id.Encode("up", u.ID)})
		if status != 409 || out.Code != "upload_unfinished" {
			t.Errorf("got %d %s", status, out.Code)
		}
	})
}
