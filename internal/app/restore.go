package app

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"

	"example.org/meantime/db/migrations"
	"example.org/meantime/internal/feature/search"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// Restore fills an empty installation from a backup and checks every row. One
// that holds something is refused; what a failed restore wrote is taken back.
func Restore(ctx context.Context, o Options, file string, progress Progress) (err error) {
	f, err := openAhead(filepath.Clean(file))
	if err != nil {
		return fmt.Errorf("cannot read the backup: %w", err)
	}
	defer func() { _ = f.Close() }()
	a := &App{opt: o}
	d, err := db.Open(ctx, a.databaseURL(), db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := d.Migrate(ctx, migrations.Files); err != nil {
		return err
	}
	empty, err := d.Empty(ctx)
	if err != nil {
		return err
	}
	if !empty {
		return db.ErrNotEmpty
	}
	r := &restorer{
		db: d, files: filepath.Join(o.Data, "files"), paged: filepath.Join(o.Data, "meantime.db.part"),
		progress: progress, rows: map[string]int64{}, sum: sha256.New(),
	}
	err = r.read(ctx, tar.NewReader(f))
	if err == nil {
		err = r.settle(ctx)
	}
	if err != nil {
		return errors.Join(err, r.takeBack(context.WithoutCancel(ctx)))
	}
	return nil
}

// settle makes a database of what was read.
func (r *restorer) settle(ctx context.Context) error {
	if r.pages == nil {
		return again(ctx, r.db)
	}
	r.closed = true
	if err := r.out.Close(); err != nil {
		return fmt.Errorf("cannot write the database: %w", err)
	}
	if err := renew(ctx, r.paged); err != nil {
		return err
	}
	if r.db.Engine == db.SQLite {
		if err := r.db.Close(); err != nil {
			return err
		}
		return db.Replace(ctx, r.db.URL, r.paged)
	}
	if err := r.pour(ctx); err != nil {
		return err
	}
	if err := again(ctx, r.db); err != nil {
		return err
	}
	return r.forget()
}

// again has the search index made anew from the log.
func again(ctx context.Context, d *db.DB) error {
	return d.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("the search index is made anew from the log")
		return event.Rewind(ctx, tx, search.Name)
	})
}

// renew brings a database that came as pages to the newest schema.
func renew(ctx context.Context, file string) (err error) {
	d, err := db.Open(ctx, "sqlite:"+file, db.Options{})
	if err != nil {
		return fmt.Errorf("the backup's database cannot be opened: %w", err)
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return d.Migrate(ctx, migrations.Files)
}

// pour carries the rows of a database that came as pages into another engine.
func (r *restorer) pour(ctx context.Context) (err error) {
	from, err := db.Open(ctx, "sqlite:"+r.paged, db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	out, in := io.Pipe()
	go func() {
		w := tar.NewWriter(in)
		_, err := from.Dump(ctx, w, derived, func(int64) {})
		in.CloseWithError(errors.Join(err, w.Close()))
	}()
	defer func() { _ = out.Close() }()
	t := tar.NewReader(out)
	for {
		if _, err := t.Next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		_, k, err := r.db.LoadPart(ctx, t)
		if err != nil {
			return err
		}
		r.total += k
		r.progress("Rows", r.total, 0)
	}
}

func removeDatabase(file string) (err error) {
	for _, end := range []string{"", "-wal", "-shm"} {
		if e := os.Remove(file + end); e != nil && !errors.Is(e, os.ErrNotExist) {
			err = errors.Join(err, e)
		}
	}
	return err
}

type restorer struct {
	db       *db.DB
	files    string
	progress Progress
	rows     map[string]int64
	total    int64
	paged    string         // the file that pages are written to, outside of the database in use
	out      *straight      // that file, once there are pages
	closed   bool           // it is on the disk
	pages    *db.PageLoader // that writes to it
	written  []string
	sum      hash.Hash // as in db.Manifest
}

func (r *restorer) read(ctx context.Context, t *tar.Reader) error {
	n := int64(0)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return errors.New("the backup was cut short: it has no manifest at its end")
		}
		if err != nil {
			return fmt.Errorf("the backup is damaged: %w", err)
		}
		switch kind, rest, _ := strings.Cut(h.Name, "/"); kind {
		case "rows":
			table, k, err := r.db.LoadPart(ctx, t)
			if err != nil {
				return err
			}
			r.rows[table] += k
			r.total += k
			r.progress("Rows", r.total, 0)
		case "pages":
			if err := r.page(t, h.Size); err != nil {
				return err
			}
		case "files":
			if err := r.file(t, rest, h.Size); err != nil {
				return err
			}
			n++
			r.progress("Files", n, 0)
		case "manifest.json":
			return r.compare(t, n)
		default:
			return fmt.Errorf("the backup holds %q, which this version does not know", h.Name)
		}
	}
}

func (r *restorer) compare(t io.Reader, files int64) error {
	var m db.Manifest
	if err := json.NewDecoder(t).Decode(&m); err != nil {
		return fmt.Errorf("the backup's manifest is damaged: %w", err)
	}
	if m.Format != db.Format && m.Format != db.PagesFormat {
		return fmt.Errorf("the backup has format %d; this version reads up to format %d", m.Format, db.PagesFormat)
	}
	if pages := r.pageCount(); m.Pages != pages || (m.Format == db.PagesFormat) != (pages > 0) {
		return fmt.Errorf("the backup should hold %d pages and holds %d", m.Pages, pages)
	}
	for table, want := range m.Rows {
		if r.rows[table] != want {
			return fmt.Errorf("the backup should hold %d rows of %s and holds %d", want, table, r.rows[table])
		}
	}
	for table := range r.rows {
		if _, known := m.Rows[table]; !known {
			return fmt.Errorf("the backup holds rows of %s, of which its manifest says nothing", table)
		}
	}
	if m.Files != files {
		return fmt.Errorf("the backup should hold %d files and holds %d", m.Files, files)
	}
	if m.Sum != hex.EncodeToString(r.sum.Sum(nil)) {
		return errors.New("the backup is damaged: the checksum of its files does not fit")
	}
	return nil
}

func (r *restorer) pageCount() int64 {
	if r.pages == nil {
		return 0
	}
	return r.pages.Pages
}

// page writes pages to a file beside the database, which takes its place at the end.
func (r *restorer) page(t io.Reader, size int64) (err error) {
	if r.pages == nil {
		if err := os.MkdirAll(filepath.Dir(r.paged), 0o700); err != nil {
			return err
		}
		if r.out, err = create(r.paged); err != nil {
			return err
		}
		r.pages = db.NewPageLoader(r.out)
	}
	if err := r.pages.Load(t, size); err != nil {
		return err
	}
	r.progress("Pages", r.pages.Pages, 0)
	return nil
}

// forget takes away the file of pages.
func (r *restorer) forget() error {
	if r.out == nil {
		return nil
	}
	if !r.closed {
		_ = r.out.Close()
	}
	return removeDatabase(r.paged)
}

// file writes one file below the files folder and nowhere else.
func (r *restorer) file(t io.Reader, name string, size int64) error {
	if !filepath.IsLocal(name) || strings.Contains(name, `\`) {
		return fmt.Errorf("the backup names a file outside of its folder: %q", name)
	}
	path := filepath.Join(r.files, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	r.written = append(r.written, path)
	_, _ = fmt.Fprintf(r.sum, "%s\n%d\n", name, size)
	_, err = io.Copy(io.MultiWriter(f, r.sum), t) //nolint:gosec // an operator's own backup; its size is the archive's
	return errors.Join(err, f.Sync(), f.Close())
}

func (r *restorer) takeBack(ctx context.Context) error {
	for _, path := range r.written {
		_ = os.Remove(path)
		for dir := filepath.Dir(path); len(dir) >= len(r.files) && os.Remove(dir) == nil; { // as far as they are empty
			dir = filepath.Dir(dir)
		}
	}
	return errors.Join(r.forget(), r.db.Clear(ctx))
}
