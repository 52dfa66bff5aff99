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

const (
	beat     = 20 * time.Second // how often a stream says that it lives, and has its session checked
	patience = 30 * time.Second // how long a browser may take to accept a piece
)

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
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	since := r.Header.Get("Last-Event-ID")
	if since == "" {
		since = r.URL.Query().Get("since")
	}
	o := &out{w: w, c: c}
	o.write(fmt.Appendf(nil, "retry: 2000\nevent: hello\ndata: {\"seq\":%d,\"now\":%q}\n\n", at, s.db.Clock().Now()))
	if err := s.missed(r.Context(), o, v, since, at); err != nil {
		return
	}
	// Only now does the page have everything up to here: a cut before this line
	// leaves it at the cursor it came with.
	o.write(fmt.Appendf(nil, "id: %d\n\n", at))
	s.pump(r.Context(), o, v)
}

// out writes to one browser, which has patience's time to take each piece.
type out struct {
	w   http.ResponseWriter
	c   *http.ResponseController
	err error
}

func (o *out) write(b []byte) {
	if o.err != nil {
		return
	}
	_ = o.c.SetWriteDeadline(clock.System{}.Now().Add(patience).Time())
	_, o.err = o.w.Write(b)
}

func (o *out) flush() {
	if o.err == nil {
		o.err = o.c.Flush()
	}
}

// missed sends what happened between the reader's cursor and its joining.
func (s *Service) missed(ctx context.Context, o *out, v *viewer, since string, at int64) error {
	seq, ok := cursorOf(since)
	if !ok {
		return nil
	}
	head, err := event.Head(ctx, s.db, v.actor.Workspace)
	if err != nil {
		return err
	}
	if at-seq > replay || seq > head { // too far behind, or from before a restore
		o.write([]byte("event: reset\ndata: {}\n\n"))
		return o.err
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
			if seq = e.Seq; s.saw(v, e) {
				o.write(encode(e).bytes)
			}
		}
		if o.err != nil {
			return o.err
		}
	}
	return nil
}

// pump sends what comes until the stream ends. The beat goes on however busy the
// stream is: it is what notices that a session has ended.
func (s *Service) pump(ctx context.Context, o *out, v *viewer) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	beats := make(chan struct{})
	go s.tick(ctx, beats)
	for {
		if len(v.queue) == 0 {
			o.flush()
		}
		if o.err != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-v.gone:
			return
		case b := <-v.queue:
			o.write(b)
		case <-beats:
			if s.recheck(ctx, v.actor) != nil {
				return
			}
			o.write([]byte(": here\n\n"))
		}
	}
}

func (s *Service) tick(ctx context.Context, beats chan<- struct{}) {
	real := clock.System{}
	for real.Wait(ctx, real.Now().Add(s.beat)) == nil {
		select {
		case beats <- struct{}{}:
		case <-ctx.Done():
		}
	}
}
