package app

import (
	"context"

	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/job"
)

// gauges tell operators how far behind the house is.
func (a *App) gauges() {
	for _, name := range a.Followers.Names() {
		metric := "meantime_events_waiting_" + metricName(name)
		a.Metrics.Gauge(metric, "Events that the listener "+name+" has not taken yet.", func(ctx context.Context) (float64, error) {
			n, err := event.Lag(ctx, a.DB, name)
			return float64(n), err
		})
	}
	for _, state := range []string{"ready", "running", "dead"} {
		a.Metrics.Gauge("meantime_jobs_"+state, "Jobs that are "+state+".", func(ctx context.Context) (float64, error) {
			counts, err := job.Counts(ctx, a.DB)
			for _, c := range counts {
				if c.State == state {
					return float64(c.N), err
				}
			}
			return 0, err
		})
	}
}

// metricName keeps what a metric's name may hold.
func metricName(s string) string {
	b := []byte(s)
	for i, c := range b {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			b[i] = '_'
		}
	}
	return string(b)
}
