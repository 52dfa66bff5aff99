package live

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/web"
)

// beat is how often a stream says that it lives, and has its session checked.
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
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	if r.Method == http.MethodHead {
		return
	}
	v := newViewer(a)
	h, at, err := s.join(r.Context(), v)
	if err != nil {
		w.Header().Del("X-Accel-Buffering")
		web.WriteProblem(w, err)
		return
	}
	since := r.Header.Get("Last-Event-ID")
	if since == "" {
		since = r.URL.Query().Get("since")
	}
	g := greeting{h: h, v: v, at: at, since: since}
	if conn, head := s.hijack(w, r); conn != nil {
		g.letGo(r.Context(), conn, head)
		return
	}
	g.hold(w, r)
}

// hijack takes the connection from the HTTP server, which then keeps neither a
// goroutine nor buffers for it, and gives the answer's head, still to be written.
// Nil where that cannot be: over TLS, HTTP/2, or in a recorder.
func (s *Service) hijack(w http.ResponseWriter, r *http.Request) (net.Conn, []byte) {
	if r.TLS != nil || r.ProtoMajor != 1 {
		return nil, nil
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, nil
	}
	w.Header().Set("Connection", "close") // the stream is as long as the connection
	w.Header().Set("Date", s.db.Clock().Now().Time().UTC().Format(http.TimeFormat))
	var head bytes.Buffer
	head.WriteString("HTTP/1.1 200 OK\r\n")
	_ = w.Header().Write(&head)
	head.WriteString("\r\n")
	return conn, head.Bytes()
}

// greeting is what a stream begins with.
type greeting struct {
	h     *hub
	v     *viewer
	at    int64
	since string
}

// letGo greets over a connection that the HTTP server has given away; afterwards
// the hub writes to it.
func (g greeting) letGo(ctx context.Context, conn net.Conn, head []byte) {
	if !g.v.letGo(conn) { // it had to leave before it began
		_ = conn.Close()
		return
	}
	var first bytes.Buffer
	first.Write(head)
	err := g.greet(ctx, &first)
	if err == nil {
		err = g.v.write(first.Bytes())
	}
	if err != nil {
		g.h.part(g.v)
		return
	}
	g.v.greeted()
	g.v.send() // what has come meanwhile; the viewer is idle after that
}

// hold greets and goes on in the request's own goroutine.
func (g greeting) hold(w http.ResponseWriter, r *http.Request) {
	defer g.h.part(g.v)
	o := &out{w: w, c: http.NewResponseController(w)}
	wake := g.v.hold()
	var first bytes.Buffer
	if g.greet(r.Context(), &first) != nil {
		return
	}
	w.WriteHeader(http.StatusOK)
	o.write(first.Bytes())
	g.v.greeted()
	for o.err == nil {
		for b, ok := g.v.take(); ok; b, ok = g.v.take() {
			o.write(b)
		}
		o.flush()
		select {
		case <-r.Context().Done():
			return
		case _, ok := <-wake:
			if !ok {
				return
			}
		}
	}
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

// greet writes the hello and what was missed.
func (g greeting) greet(ctx context.Context, to *bytes.Buffer) error {
	fmt.Fprintf(to, "retry: 2000\nevent: hello\ndata: {\"seq\":%d,\"now\":%q}\n\n", g.at, g.h.service.db.Clock().Now())
	if err := g.missed(ctx, to); err != nil {
		return err
	}
	// Only now does the page have everything up to here: a cut before this line
	// leaves it at the cursor it came with.
	fmt.Fprintf(to, "id: %d\n\n", g.at)
	return nil
}

// missed writes what happened between the reader's cursor and its joining.
func (g greeting) missed(ctx context.Context, to *bytes.Buffer) error {
	seq, ok := cursorOf(g.since)
	if !ok {
		return nil
	}
	d := g.h.service.db
	head, err := event.Head(ctx, d, g.h.workspace)
	if err != nil {
		return err
	}
	if g.at-seq > replay || seq > head { // too far behind, or from before a restore
		to.WriteString("event: reset\ndata: {}\n\n")
		return nil
	}
	for seq < g.at {
		list, err := event.After(ctx, d, g.h.workspace, seq, readOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, e := range list {
			if e.Seq > g.at {
				return nil
			}
			seq = e.Seq
			may, err := g.h.rights.told(ctx, g.v, e)
			if err != nil {
				return err
			}
			if may {
				to.Write(encode(e))
			}
		}
	}
	return nil
}
