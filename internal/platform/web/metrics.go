package web

import (
	"context"
	"crypto/subtle"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
)

// Metrics counts what operators want to know, about the server and nobody's person.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

// NewMetrics makes the registry of one server.
func NewMetrics() *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "meantime_http_request_seconds", Help: "Time to answer, by route and status.",
		Buckets: []float64{.001, .002, .005, .01, .025, .05, .1, .25, .5, 1, 5},
	}, []string{"route", "status"})}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Gauge adds a figure that is looked up when somebody asks; labels may be empty.
func (m *Metrics) Gauge(name, help string, value func(context.Context) (float64, error)) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
		v, err := value(context.Background())
		if err != nil {
			return -1
		}
		return v
	}))
}

func (m *Metrics) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		watch := clock.Stopwatch()
		rec := &status{ResponseWriter: w}
		route := ""
		next.ServeHTTP(rec, r.WithContext(context.WithValue(r.Context(), routeKey{}, &route)))
		if route == "" {
			route = "other"
		}
		if rec.code == 0 { // nothing was written, which says 200
			rec.code = http.StatusOK
		}
		m.requests.WithLabelValues(route, strconv.Itoa(rec.code)).Observe(clock.Since(watch).Seconds())
	})
}

// Handler answers scrapers on this machine, or those with the token.
func (m *Metrics) Handler(token string) http.Handler {
	h := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !local(r) && (token == "" || subtle.ConstantTimeCompare([]byte(given), []byte(token)) != 1) {
			NotFound(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// local says whether a request was made on this machine, and not for somebody
// elsewhere by a proxy that runs here.
func local(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return err == nil && ip != nil && ip.IsLoopback()
}

// Health answers /healthz (the process lives) and /readyz (it can serve).
func Health(mux *http.ServeMux, ready func(context.Context) error) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { WriteJSON(w, 200, map[string]string{"status": "ok"}) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := ready(r.Context()); err != nil {
			logError(r.Context(), "web: not ready", err)
			WriteProblem(w, fault.New(fault.Unavailable, "not_ready", "The database does not answer."))
			return
		}
		WriteJSON(w, 200, map[string]string{"status": "ready"})
	})
}
