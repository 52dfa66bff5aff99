// Package web is the house's front door: operations with their OpenAPI, faults
// as RFC 9457 problems, sessions checked before anything else, and the built
// screens. Features translate in their http.go and register here.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
)

// API collects operations.
type API struct {
	Huma huma.API
	Mux  *http.ServeMux
}

// Prefix is where the API lives.
const Prefix = "/api/v1"

// NewAPI makes an API on a mux.
func NewAPI(mux *http.ServeMux, version string) *API {
	c := huma.DefaultConfig("Meantime", version)
	c.CreateHooks = nil // no $schema links in answers
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.Info.Description = "Asynchronous work: asks with response windows in everybody's own working time."
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: SessionCookie},
		"token":   {Type: "http", Scheme: "bearer"},
	}
	c.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	c.Formats = formats()
	api := humago.New(mux, c)
	api.UseMiddleware(queryIsText)
	return &API{Huma: api, Mux: mux}
}

// SessionCookie is the name of the session's cookie.
const SessionCookie = "meantime_session"

// Op says what an operation is. Path is below Prefix, with {ids} in braces.
type Op struct {
	Method  string // "GET" …
	Path    string // "/asks/{ask}/answers"
	ID      string // "answerAsk": unique, camelCase
	Summary string // one sentence for people
	Tag     string // the feature
	Public  bool   // no session needed
	Status  int    // 200 for GET/PUT/PATCH, 201 for POST, 204 without a body, when zero
	Max     int64  // bytes of body; 1 MiB when zero
	Secret  bool   // the answer holds a secret that is shown once: it is never kept for its Idempotency-Key
}

// Out wraps an answer's body.
type Out[T any] struct{ Body T }

// None is an answer without a body.
type None struct{}

// Page is a list: items, and where the next page starts ("" at the end).
type Page[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next" doc:"Give this as after to read on; empty at the end."`
}

// Handle registers an operation. The handler gets a context with the actor in it
// (unless Public); faults become problems, other errors a 500 that says nothing.
func Handle[I, O any](a *API, op Op, h func(context.Context, *I) (*O, error)) {
	status := op.Status
	if status == 0 {
		status = map[string]int{"POST": 201}[op.Method]
	}
	o := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: Prefix + op.Path, Summary: op.Summary,
		Tags: []string{op.Tag}, DefaultStatus: status, MaxBodyBytes: op.Max,
		Errors: []int{401, 403, 404, 409, 422, 429},
		// The deadline goes on counting when the body is read, and then ends the request:
		// so it is the server's own, for the whole of a request.
		BodyReadTimeout: 10 * time.Minute,
	}
	if op.Public {
		o.Security = []map[string][]string{}
	} else {
		o.Middlewares = huma.Middlewares{signedIn}
	}
	huma.Register(a.Huma, o, func(ctx context.Context, in *I) (*O, error) {
		if op.Secret {
			keepSecret(ctx)
		}
		out, err := h(ctx, in)
		if err != nil {
			return nil, problem(ctx, op.ID, err)
		}
		return out, nil
	})
}

// signedIn refuses whoever is nobody, before their body is read.
func signedIn(ctx huma.Context, next func(huma.Context)) {
	if _, err := actor.From(ctx.Context()); err != nil {
		refuse(ctx, err)
		return
	}
	next(ctx)
}

// Problem is an RFC 9457 problem. Code is stable; detail is a sentence for people.
type Problem struct {
	Type   string  `json:"type" example:"about:blank"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Detail string  `json:"detail"`
	Code   string  `json:"code"`
	Errors []Field `json:"errors,omitempty"`
	retry  int
}

// Field says what is wrong with one field of a request.
type Field struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus is the HTTP status (huma asks for it).
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders says when to try again (huma asks for it).
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retry))
	}
	return h
}

// ContentType makes problems application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statuses = map[fault.Kind]int{
	fault.Invalid: 422, fault.Unauthenticated: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409,
	fault.Gone: 410, fault.TooLarge: 413, fault.Limited: 429, fault.Unavailable: 503,
}

// ourFault does not say that nothing was done: what failed may be the telling of it.
const ourFault = "Something went wrong on our side. Reload to see whether it was done before you try again."

// ProblemOf is what the world is told about an error.
func ProblemOf(err error) *Problem {
	f := fault.As(err)
	if f == nil {
		return &Problem{
			Type: "about:blank", Title: "Internal error", Status: 500, Code: "internal",
			Detail: ourFault,
		}
	}
	p := &Problem{Type: "about:blank", Title: http.StatusText(statuses[f.Kind]), Status: statuses[f.Kind], Code: f.Code, Detail: f.Sentence, retry: f.Retry}
	if f.Field != "" {
		p.Errors = []Field{{Field: f.Field, Detail: f.Sentence}}
	}
	return p
}

func problem(ctx context.Context, op string, err error) error {
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return ProblemOf(fault.New(fault.Unavailable, "cancelled", "The request was given up before it was done."))
	}
	p := ProblemOf(err)
	if p.Status == 500 {
		slog.ErrorContext(ctx, "web: an operation failed", "operation", op, "error", err)
	}
	return p
}

func init() {
	// Our own shape for huma's errors: never the offending value, never an inner error's text.
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		if refusedNUL(errs) {
			return ProblemOf(errNUL)
		}
		p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: codeOf(status), Detail: sentence(status, message)}
		for _, err := range errs {
			var d *huma.ErrorDetail
			if status == http.StatusUnprocessableEntity && errors.As(err, &d) { // others carry a parser's own words
				p.Errors = append(p.Errors, Field{Field: d.Location, Detail: ours(d.Message)})
			}
		}
		return p
	}
}

func codeOf(status int) string {
	switch status {
	case 400:
		return "malformed"
	case 413:
		return "too_large"
	case 415:
		return "wrong_type"
	case 422:
		return "invalid"
	}
	return "internal"
}

func sentence(status int, message string) string {
	switch status {
	case 400:
		return "The request could not be read. Check that its body is well-formed JSON."
	case 413:
		return "The request is too large."
	case 415:
		return "Send the body as application/json."
	case 422:
		return "Some fields of the request are not right; each is named under errors."
	}
	if status >= 500 {
		return ourFault
	}
	return message
}

// ours is what a message of huma says, unless it passes a decoder's own words on: a
// number that is larger than any is one of them.
func ours(message string) string {
	if strings.HasPrefix(message, "json: ") {
		return "A value of this request cannot be read. Check that its numbers are not too large."
	}
	return message
}
