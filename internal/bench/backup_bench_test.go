package bench

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A backup while 200 posts a second go on, then its restore with every page
// checked. Beside it a plain copy of the same file that waits for the disk.
func BenchmarkBackup(b *testing.B) {
	path := binary(b)
	c := found(b, 0)
	file := filepath.Join(c.dir, "meantime.db")
	pad(b, file, megabytes())
	archive := filepath.Join(b.TempDir(), "backup.tar")
	copied := filepath.Join(b.TempDir(), "copy")
	p, _ := start(b, path, nil, "serve", "--data", c.dir)
	info, err := os.Stat(file)
	if err != nil {
		b.Fatal(err)
	}
	size := float64(info.Size()) / 1e6
	var backup, restore, plain, quiet, busy []float64
	for b.Loop() {
		quiet = append(quiet, postsDuring(b, p, c, func() { time.Sleep(3 * time.Second) }))
		busy = append(busy, postsDuring(b, p, c, func() {
			backup = append(backup, size/seconds(func() { run(b, path, "backup", archive, "--data", c.dir) }))
		}))
		into := b.TempDir()
		restore = append(restore, size/seconds(func() { run(b, path, "restore", archive, "--data", into) }))
		_ = os.RemoveAll(into)
		plain = append(plain, size/seconds(func() { copyDurably(b, file, copied) }))
		_ = os.Remove(copied)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(size, "MB")
	b.ReportMetric(median(backup), "backup-MB/s")
	b.ReportMetric(median(restore), "restore-MB/s")
	b.ReportMetric(median(plain), "copy-MB/s")
	b.ReportMetric(median(busy), "post-p99-ms")
	b.ReportMetric(median(quiet), "post-p99-ms-without")
}

// postsDuring posts 200 times a second until work is done, and gives the p99 in
// milliseconds, counted from when each post was due.
func postsDuring(b *testing.B, p *program, c company, work func()) float64 {
	const posters, every = 8, 40 * time.Millisecond
	var over atomic.Bool
	var mu sync.Mutex
	var each []time.Duration
	var wg sync.WaitGroup
	body := fmt.Sprintf(`{"markdown":%q}`, prose)
	for i := range posters {
		from := dial(b, p.dial, c.token)
		wg.Go(func() {
			for due := time.Now().Add(every * time.Duration(i) / posters); !over.Load(); due = due.Add(every) {
				time.Sleep(time.Until(due))
				from.do("POST", c.path, rand.Text(), body, 201)
				took := time.Since(due)
				mu.Lock()
				each = append(each, took)
				mu.Unlock()
			}
		})
	}
	work()
	over.Store(true)
	wg.Wait()
	return quantile(each, 0.99)
}

// megabytes is how large the database is made: MEANTIME_BENCH_MB, or 1,000.
func megabytes() int {
	if n, err := strconv.Atoi(os.Getenv("MEANTIME_BENCH_MB")); err == nil {
		return n
	}
	return 1000
}

// pad makes a database large by rows that say nothing: a backup by pages does not
// look into them, and posts cost what they cost.
func pad(b *testing.B, file string, mb int) {
	d, err := openBare(file)
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	row := make([]byte, 4000)
	if _, err := d.Exec(`CREATE TABLE IF NOT EXISTS bench_padding (b BLOB)`); err != nil {
		b.Fatal(err)
	}
	for range mb {
		tx, err := d.Begin()
		if err != nil {
			b.Fatal(err)
		}
		for range 250 {
			_, _ = rand.Read(row)
			if _, err := tx.Exec(`INSERT INTO bench_padding (b) VALUES ($1)`, row); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

func run(b *testing.B, path string, args ...string) {
	if out, err := exec.Command(path, args...).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
}

func copyDurably(b *testing.B, from, to string) {
	r, err := os.Open(from)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	if _, err := io.Copy(w, r); err != nil {
		b.Fatal(err)
	}
	if err := w.Sync(); err != nil {
		b.Fatal(err)
	}
}

func seconds(work func()) float64 {
	begun := time.Now()
	work()
	return time.Since(begun).Seconds()
}
