package brainstorms

import (
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"example.org/meantime/internal/platform/web"
)

// plain puts what carries bytes rather than JSON on the mux, and describes it.
func (s *Service) plain(api *web.API) {
	const one = "/brainstorms/{brainstorm}"
	api.Mux.HandleFunc("GET "+web.Prefix+one+"/ideas/{idea}/picture", s.getPicture)
	api.Mux.HandleFunc("GET "+web.Prefix+one+"/export", s.getExport)
	enter := func(path, name, summary string, params ...*huma.Param) {
		op := &huma.Operation{OperationID: name, Method: "GET", Path: web.Prefix + path, Summary: summary, Tags: []string{tag}, Responses: map[string]*huma.Response{}}
		op.Parameters = params
		for _, code := range []int{200, 401, 404} {
			op.Responses[strconv.Itoa(code)] = &huma.Response{Description: http.StatusText(code)}
		}
		api.Huma.OpenAPI().AddOperation(op)
	}
	in := func(name, where string, must bool) *huma.Param {
		return &huma.Param{Name: name, In: where, Required: must, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	enter(one+"/ideas/{idea}/picture", "getIdeaPicture", "Read the picture of an idea.", in("brainstorm", "path", true), in("idea", "path", true))
	enter(one+"/export", "exportBrainstorm", "Read the board as Markdown, or as CSV with format=csv.", in("brainstorm", "path", true), in("format", "query", false))
}

func (s *Service) getPicture(w http.ResponseWriter, r *http.Request) {
	kind, body, size, err := s.pictureOf(r)
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	defer func() { _ = body.Close() }()
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-cache")
	_, _ = io.Copy(w, body)
}

func (s *Service) pictureOf(r *http.Request) (string, io.ReadCloser, int64, error) {
	a, x, idea, err := (IdeaPath{r.PathValue("brainstorm"), r.PathValue("idea")}).read(r.Context())
	if err != nil {
		return "", nil, 0, err
	}
	return s.Picture(r.Context(), a, x, idea)
}

func (s *Service) getExport(w http.ResponseWriter, r *http.Request) {
	a, x, err := on(r.Context(), r.PathValue("brainstorm"))
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	format, kind := r.URL.Query().Get("format"), "text/markdown; charset=utf-8"
	if format == "csv" {
		kind = "text/csv; charset=utf-8"
	}
	name, b, err := s.Export(r.Context(), a, x, format)
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-store")
	_, _ = w.Write(b)
}
