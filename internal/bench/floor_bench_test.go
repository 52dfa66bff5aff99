package bench

import (
	"database/sql"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/testkit"
)

// logFloor is what no durable server can leave out: take the bytes, append them
// to a file, let one fdatasync serve all who wait, answer.
type logFloor struct {
	b    testing.TB
	file *os.File
	dial string

	mu      sync.Mutex
	pending []byte
	waiting []chan struct{}
	syncing bool
	told    []chan []byte // live connections
}

func newLogFloor(b testing.TB) *logFloor {
	f, err := os.Create(filepath.Join(b.TempDir(), "log"))
	if err != nil {
		b.Fatal(err)
	}
	l := &logFloor{b: b, file: f}
	server := httptest.NewServer(l)
	l.dial = server.Listener.Addr().String()
	b.Cleanup(func() { server.CloseClientConnections(); server.Close(); _ = f.Close() })
	return l
}

func (l *logFloor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		l.stream(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		l.b.Error(err)
	}
	done := make(chan struct{})
	l.mu.Lock()
	l.pending = append(l.pending, body...)
	l.waiting = append(l.waiting, done)
	if !l.syncing {
		l.syncing = true
		go l.sync()
	}
	l.mu.Unlock()
	<-done
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(body)
}

func (l *logFloor) sync() {
	for {
		l.mu.Lock()
		if len(l.waiting) == 0 {
			l.syncing = false
			l.mu.Unlock()
			return
		}
		bytes, who, told := l.pending, l.waiting, l.told
		l.pending, l.waiting = nil, nil
		l.mu.Unlock()
		if _, err := l.file.Write(bytes); err != nil {
			l.b.Error(err)
		}
		if err := fdatasync(l.file); err != nil {
			l.b.Error(err)
		}
		for _, done := range who {
			close(done)
		}
		for _, c := range told {
			c <- bytes
		}
	}
}

// stream passes on what was written, as live connections do.
func (l *logFloor) stream(w http.ResponseWriter, r *http.Request) {
	c := make(chan []byte, 16)
	l.mu.Lock()
	l.told = append(l.told, c)
	l.mu.Unlock()
	flush := http.NewResponseController(w)
	_, _ = io.WriteString(w, "event: hello\n\n")
	for flush.Flush() == nil {
		select {
		case <-r.Context().Done():
			return
		case <-c:
			_, _ = io.WriteString(w, "event: change\ndata: {}\n\n")
		}
	}
}

// bare is the engine by itself: database/sql, one table, no house.
type bare struct {
	b  *testing.B
	db *sql.DB
}

func newBare(b *testing.B, engine db.Engine, statements ...string) *bare {
	var d *sql.DB
	var err error
	if engine == db.Postgres {
		d, err = sql.Open("pgx", testkit.PostgresURL(b))
	} else {
		d, err = openBare(filepath.Join(b.TempDir(), "bare.db"))
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	x := &bare{b: b, db: d}
	if engine == db.SQLite {
		d.SetMaxOpenConns(1)
	} else {
		d.SetMaxIdleConns(32)
	}
	for _, s := range statements {
		x.exec(s)
	}
	return x
}

func openBare(file string) (*sql.DB, error) {
	d, err := sql.Open("sqlite", "file:"+file+
		"?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-16000)&_txlock=immediate")
	if err == nil {
		err = d.Ping()
	}
	return d, err
}

func (x *bare) exec(text string, args ...any) {
	if _, err := x.db.Exec(text, args...); err != nil {
		x.b.Error(err)
	}
}

// bulk runs one prepared statement n times in one transaction.
func (x *bare) bulk(text string, n int, args func(i int) []any) {
	tx, err := x.db.Begin()
	if err != nil {
		x.b.Fatal(err)
	}
	s, err := tx.Prepare(text)
	if err != nil {
		x.b.Fatal(err)
	}
	for i := range n {
		if _, err := s.Exec(args(i)...); err != nil {
			x.b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		x.b.Fatal(err)
	}
}

// page serves the rows of a query as JSON lines, with nothing else around it.
func (x *bare) page(text string, columns int, args ...any) string {
	q, err := x.db.Prepare(text)
	if err != nil {
		x.b.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		rows, err := q.Query(args...)
		if err != nil {
			x.b.Error(err)
			return
		}
		defer rows.Close()
		row := make([]sql.RawBytes, columns)
		into := make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				x.b.Error(err)
			}
			for _, v := range row {
				_, _ = w.Write(v)
			}
		}
	}))
	x.b.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// How often the disk can be waited for: what one client's durable work is bounded
// by, on its own and with as many bytes as a post has.
func BenchmarkDisk(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "log"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	beside(b, "syncs", func() lap {
		return crowd(1, 500, func(int, int) {
			_, err := f.WriteString(prose)
			if err == nil {
				err = fdatasync(f)
			}
			if err != nil {
				b.Error(err)
			}
		})
	})
}
