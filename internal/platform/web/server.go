package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
)

// Options are what the front door needs.
type Options struct {
	DB      *db.DB
	Auth    func(http.Handler) http.Handler // puts the actor into the context
	HTTPS   bool                            // the public address is https: tell browsers to stay there
	Metrics *Metrics
}

// policy lets the pages talk to this server and to nobody else. Mantine writes
// its styles inline, so styles may be; scripts never.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"font-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Handler wraps everything in what every request gets: a name, a log line,
// headers, a check of its origin, its actor, and a net for panics.
func Handler(mux *http.ServeMux, o Options) http.Handler {
	var h http.Handler = newIdempotent(o.DB, routed(mux))
	h = o.Auth(h)
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		WriteProblem(w, fault.New(fault.Forbidden, "cross_origin", "This request came from another site and was refused."))
	}))
	h = cross.Handler(h)
	h = headers(h, o.HTTPS)
	if o.Metrics != nil {
		h = o.Metrics.wrap(h)
	}
	return named(h)
}

type routeKey struct{}

// routed notes which route answered, for the metrics further out.
func routed(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r)
		if route, ok := r.Context().Value(routeKey{}).(*string); ok {
			*route = r.Pattern
		}
	})
}

func headers(next http.Handler, https bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(), payment=(), usb=()")
		if https {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if strings.HasPrefix(r.URL.Path, "/api/") {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	})
}

type requestKey struct{}

// named gives each request an id, writes one line about it, and survives panics:
// an answer not yet begun becomes a problem, one half sent is cut, so that nobody
// takes it for whole.
func named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var b [8]byte
		_, _ = rand.Read(b[:])
		name := hex.EncodeToString(b[:])
		w.Header().Set("X-Request-Id", name)
		rec := &status{ResponseWriter: w}
		watch := clock.Stopwatch()
		ctx := context.WithValue(r.Context(), requestKey{}, name)
		defer func() {
			p := recover()
			if p != nil && p != http.ErrAbortHandler {
				slog.ErrorContext(ctx, "web: a request panicked", "request", name, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				if rec.code == 0 {
					WriteProblem(rec, fmt.Errorf("panic: %v", p))
					p = nil
				}
			}
			slog.DebugContext(ctx, "web", "request", name, "method", r.Method, "path", hushed(r.URL.Path), "status", rec.code, "took", clock.Since(watch))
			if p != nil {
				panic(http.ErrAbortHandler)
			}
		}()
		next.ServeHTTP(rec, r.WithContext(ctx))
	})
}

// thing is the id of a thing in a path: no secret, and good for finding it.
var thing = regexp.MustCompile(`^[a-z]+_[0-9a-z]{26}$`)

// hushed is a path as it may stand in the log: addresses that are secrets in themselves
// (feeds, links in mails, invitations) hold a word that is longer than any of ours.
func hushed(path string) string {
	const long = 26
	parts := strings.Split(path, "/")
	for i, p := range parts {
		p, _ = strings.CutSuffix(p, ".ics")
		if len(p) >= long && !strings.Contains(p, ".") && !thing.MatchString(p) {
			parts[i] = "…"
		}
	}
	return strings.Join(parts, "/")
}

type status struct {
	http.ResponseWriter
	code int
}

func (s *status) WriteHeader(code int) { s.code = code; s.ResponseWriter.WriteHeader(code) }

func (s *status) Write(b []byte) (int, error) {
	if s.code == 0 {
		s.code = http.StatusOK
	}
	return s.ResponseWriter.Write(b)
}

func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }

func logError(ctx context.Context, message string, err error) {
	slog.ErrorContext(ctx, message, "request", ctx.Value(requestKey{}), "error", err)
}

// WriteProblem answers a plain handler's request with an error.
func WriteProblem(w http.ResponseWriter, err error) {
	p := ProblemOf(err)
	if p.Status == http.StatusInternalServerError && !errors.Is(err, context.Canceled) { // whoever asked is gone
		slog.Error("web: a request failed", "error", err)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	if p.retry > 0 {
		w.Header().Set("Retry-After", fmt.Sprint(p.retry))
	}
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// WriteJSON answers a plain handler's request.
func WriteJSON(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v)
}

// NotFound answers for addresses below /api that nothing serves.
func NotFound(w http.ResponseWriter, _ *http.Request) {
	WriteProblem(w, fault.New(fault.NotFound, "no_such_address", "There is nothing at this address. The list of operations is at /api/docs."))
}
