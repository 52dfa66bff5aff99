package web

import (
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Docs serves openapi.json and a page about it, made here: no script, no CDN.
func (a *API) Docs() {
	a.Mux.HandleFunc("GET "+Prefix+"/openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		b, err := a.OpenAPI()
		if err != nil {
			WriteProblem(w, err)
			return
		}
		w.Header().Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
		_, _ = w.Write(b)
	})
	a.Mux.HandleFunc("GET /api/docs", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if err := docsPage.Execute(w, a.sections()); err != nil {
			WriteProblem(w, err)
		}
	})
}

// OpenAPI is the description of every operation, indented, with a final newline.
func (a *API) OpenAPI() ([]byte, error) {
	b, err := json.MarshalIndent(a.Huma.OpenAPI(), "", "  ")
	return append(b, '\n'), err
}

// Operation is one line of the API.
type Operation struct {
	Method, Path, ID, Summary, Tag string
	Public                         bool
	Body                           string // the JSON schema of the request's body, if it has one
}

// Operations lists every operation the router knows, by path and method.
func (a *API) Operations() []Operation {
	out := []Operation{}
	for path, item := range a.Huma.OpenAPI().Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete, "HEAD": item.Head} {
			if op == nil {
				continue
			}
			o := Operation{Method: method, Path: path, ID: op.OperationID, Summary: op.Summary, Public: op.Security != nil && len(op.Security) == 0}
			if len(op.Tags) > 0 {
				o.Tag = op.Tags[0]
			}
			if op.RequestBody != nil && op.RequestBody.Content["application/json"] != nil {
				if b, err := json.MarshalIndent(op.RequestBody.Content["application/json"].Schema, "", "  "); err == nil {
					o.Body = string(b)
				}
			}
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(x, y Operation) int { return strings.Compare(x.Tag+x.Path+x.Method, y.Tag+y.Path+y.Method) })
	return out
}

type section struct {
	Tag        string
	Operations []Operation
}

func (a *API) sections() []section {
	var out []section
	for _, o := range a.Operations() {
		if len(out) == 0 || out[len(out)-1].Tag != o.Tag {
			out = append(out, section{Tag: o.Tag})
		}
		last := &out[len(out)-1]
		last.Operations = append(last.Operations, o)
	}
	return out
}

var docsPage = template.Must(template.New("docs").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Meantime API</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-block: 2rem .5rem; text-transform: capitalize; }
details { border-block-end: 1px solid #8884; padding: .45rem 0; }
summary { cursor: pointer; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { overflow: auto; background: #8881; padding: .75rem; border-radius: 6px; }
.m { display: inline-block; min-width: 4.2rem; font-weight: 650; }
</style></head><body>
<h1>Meantime API</h1>
<p>Sign in with a session cookie, or send <code>Authorization: Bearer</code> with a token from your settings. Every POST takes an
<code>Idempotency-Key</code>. Errors are RFC 9457 problems with a stable <code>code</code>. Lists have <code>items</code> and
<code>next</code>; give <code>next</code> back as <code>after</code>. The whole description: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
{{range .}}<h2>{{.Tag}}</h2>
{{range .Operations}}<details id="{{.ID}}"><summary><span class="m">{{.Method}}</span> <code>{{.Path}}</code> {{.Summary}}{{if .Public}} (no sign-in){{end}}</summary>
{{if .Body}}<p>Body:</p><pre>{{.Body}}</pre>{{else}}<p>No body.</p>{{end}}</details>
{{end}}{{end}}</body></html>
`))
