package live

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/web"
)

// beat is how often an idle stream says that it lives, and has its session checked.
const beat = 20 * time.Second

// Routes adds the stream.
func (s *Service) Routes(mux *http.ServeMux) {
	mux.HandleFunc("GET "+web.Prefix+"/stream", s.stream)
}

// stream sends "hello" with the reader's place in the log, then a "change" for
// each event they may know of. Last-Event-ID (or ?since=) resumes; "reset" says
// that too much was missed and everything should be fetched anew.
func (s *Service) stream(w http.ResponseWriter, r *http.Request) {
	a, err := actor.From(r.Context())
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	v, at, err := s.join(r.Context(), a)
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	defer s.part(v)
	c := http.NewResponseController(w)
	_ = c.SetWriteDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	_, _ = fmt.Fprintf(w, "retry: 2000\nid: %d\nevent: hello\ndata: {\"seq\":%d,\"now\":%q}\n\n", at, at, s.db.Clock().Now())
	since := r.Header.Get("Last-Event-ID")
	if since == "" {
		since = r.URL.Query().Get("since")
	}
	if err := s.missed(r.Context(), w, v, since, at); err != nil {
		return
	}
	s.pump(r.Context(), w, c, v)
}

// missed sends what happened between the reader's cursor and its joining.
func (s *Service) missed(ctx context.Context, w http.ResponseWriter, v *viewer, since string, at int64) error {
	seq, ok := cursorOf(since)
	if !ok || seq >= at {
		return nil
	}
	if at-seq > replay {
		_, err := fmt.Fprint(w, "event: reset\ndata: {}\n\n")
		return err
	}
	for seq < at {
		list, err := event.After(ctx, s.db, v.actor.Workspace, seq, readOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, e := range list {
			if e.Seq > at {
				return nil
			}
			if seq = e.Seq; s.sees(v, e) {
				if _, err := w.Write(encode(e).bytes); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (s *Service) pump(ctx context.Context, w http.ResponseWriter, c *http.ResponseController, v *viewer) {
	for {
		if c.Flush() != nil {
			return
		}
		wait, cancel := context.WithCancel(ctx)
		idle := make(chan struct{})
		go func() {
			real := clock.System{}
			_ = real.Wait(wait, real.Now().Add(beat))
			close(idle)
		}()
		var err error
		select {
		case <-ctx.Done():
			err = ctx.Err()
		case <-v.gone:
			err = context.Canceled
		case b := <-v.queue:
			_, err = w.Write(b)
		case <-idle:
			if err = s.recheck(ctx, v.actor); err == nil {
				_, err = fmt.Fprint(w, ": here\n\n")
			}
		}
		cancel()
		if err != nil {
			return
		}
	}
}
