package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"net/http"
	"strconv"
	"sync"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
)

// KeyHeader carries a name of the client's choosing for one intent: a repeat
// with the same name gets the first answer and has no second effect.
const KeyHeader = "Idempotency-Key"

const (
	maxKey    = 200
	maxHashed = 4 << 20 // bytes of body that are compared
)

// idempotent keeps the answers of POSTs that carry a key. The key is reserved in
// the transaction of the effect itself, so that a process killed between the two
// can never do a thing twice.
type idempotent struct {
	db   *db.DB
	next http.Handler

	mu   sync.Mutex
	busy map[string]chan struct{} // requests under way in this process

	answers keeper
}

func newIdempotent(d *db.DB, next http.Handler) *idempotent {
	i := &idempotent{db: d, next: next, busy: map[string]chan struct{}{}, answers: keeper{db: d, held: map[string]*given{}}}
	d.OnClose(i.answers.wait)
	return i
}

func (i *idempotent) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get(KeyHeader)
	a, err := actor.From(r.Context())
	if key == "" || err != nil || r.Method != http.MethodPost {
		i.next.ServeHTTP(w, r)
		return
	}
	if len(key) > maxKey {
		WriteProblem(w, fault.Newf(fault.Invalid, "idempotency_key", "The %s header is longer than %d characters. Use a random id.", KeyHeader, maxKey))
		return
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxHashed+1))
	if err != nil {
		WriteProblem(w, fault.New(fault.Invalid, "malformed", "The request's body did not arrive whole. Send it again."))
		return
	}
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), r.Body), r.Body}
	sum := sha256.Sum256(append([]byte(r.URL.RequestURI()+"\n"), body...))
	leave, err := i.enter(r.Context(), a.Person.String()+key)
	if err != nil {
		return
	}
	defer leave()
	i.serve(w, r, a, key, sum[:])
}

// enter lets one request of a key through at a time.
func (i *idempotent) enter(ctx context.Context, key string) (leave func(), err error) {
	for {
		i.mu.Lock()
		other, taken := i.busy[key]
		if !taken {
			mine := make(chan struct{})
			i.busy[key] = mine
			i.mu.Unlock()
			return func() {
				i.mu.Lock()
				delete(i.busy, key)
				i.mu.Unlock()
				close(mine)
			}, nil
		}
		i.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// serve takes a request for a new one until its write finds the key taken, or it
// fails in another way: only then are the kept answers asked. A repeat has no
// effect, since the key is taken in the same transaction; and nearly all are new.
func (i *idempotent) serve(w http.ResponseWriter, r *http.Request, a actor.Actor, key string, sum []byte) {
	if i.answers.holds(a.Person, key) && i.replay(w, r, a, key, sum) {
		return
	}
	reserved, secret := false, false
	ctx := context.WithValue(r.Context(), secretKey{}, &secret)
	ctx = db.OnWrite(ctx, func(ctx context.Context, tx *db.Tx) error {
		if reserved {
			return nil
		}
		tx.After(func() { reserved = true })
		return reserve(ctx, tx, a.Person, key, sum)
	})
	rec := &recorder{ResponseWriter: w, status: http.StatusOK}
	i.next.ServeHTTP(rec, r.WithContext(ctx))
	if !reserved && rec.status >= http.StatusBadRequest && i.replay(w, r, a, key, sum) {
		return
	}
	if reserved && !secret {
		i.answers.keep(&given{person: a.Person, key: key, kept: kept{
			RequestHash: sum, Status: int64(rec.status), Header: db.JSON[http.Header]{V: lasting(w.Header())}, Body: rec.body.Bytes(),
		}})
	}
	rec.send()
}

// replay gives the first answer to a repeat, or says why it cannot.
func (i *idempotent) replay(w http.ResponseWriter, r *http.Request, a actor.Actor, key string, sum []byte) bool {
	kept, ok, err := i.answers.find(r.Context(), a.Person, key)
	switch {
	case err != nil:
		WriteProblem(w, err)
	case !ok:
		return false
	case !bytes.Equal(kept.RequestHash, sum):
		WriteProblem(w, fault.New(fault.Invalid, "idempotency_key_reused", "This Idempotency-Key was used for another request. Use a new one."))
	case kept.Status == 0:
		WriteProblem(w, doneAlready())
	default:
		for k, v := range kept.Header.V {
			w.Header()[k] = v
		}
		w.Header().Set("Idempotent-Replay", "true")
		w.WriteHeader(int(kept.Status))
		_, _ = w.Write(kept.Body)
	}
	return true
}

func doneAlready() error {
	return fault.New(fault.Conflict, "done_already", "This was done already, but its answer was lost. Reload to see the result.")
}

type secretKey struct{}

// keepSecret makes the answer of this request be forgotten: a repeat learns only
// that it was done.
func keepSecret(ctx context.Context) {
	if secret, ok := ctx.Value(secretKey{}).(*bool); ok {
		*secret = true
	}
}

// recorder holds an answer until it is whole and can be kept.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int) { r.status = status }

func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// send answers with the length told, by which the client knows that this is all.
func (r *recorder) send() {
	if r.status != http.StatusNoContent {
		r.Header().Set("Content-Length", strconv.Itoa(r.body.Len()))
	}
	r.ResponseWriter.WriteHeader(r.status)
	_, _ = r.ResponseWriter.Write(r.body.Bytes())
}
