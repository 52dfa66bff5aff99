package app

import (
	"archive/tar"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.org/meantime/db/migrations"
	"example.org/meantime/internal/feature/search"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// Progress is told how far long work has come; total is zero while unknown.
type Progress func(phase string, done, total int64)

// derived says which tables are made from others, and made again after a restore.
func derived(table string) bool { return strings.HasPrefix(table, "search_") }

// Backup writes the database as of one moment, and every file it may name, into
// one archive. It is complete or not there: the file appears with its last byte.
func Backup(ctx context.Context, o Options, file string, progress Progress) (err error) {
	a := &App{opt: o}
	if o.Database == "" {
		if _, err := os.Stat(filepath.Join(o.Data, "meantime.db")); err != nil {
			return fmt.Errorf("there is nothing to back up in %s: %w", o.Data, err)
		}
	}
	d, err := db.Open(ctx, a.databaseURL(), db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	part := file + ".part"
	f, err := os.OpenFile(filepath.Clean(part), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("cannot write the backup: %w", err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(part)
		}
	}()
	buffered := bufio.NewWriterSize(f, 1<<20)
	if err := archive(ctx, d, filepath.Join(o.Data, "files"), tar.NewWriter(buffered), progress); err != nil {
		return err
	}
	if err := errors.Join(buffered.Flush(), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("cannot write the backup: %w", err)
	}
	return os.Rename(part, file)
}

func archive(ctx context.Context, d *db.DB, files string, w *tar.Writer, progress Progress) error {
	m, err := d.Dump(ctx, w, derived, func(rows int64) { progress("Rows", rows, 0) })
	if err != nil {
		return err
	}
	// Files come after the rows that name them: whatever a row names is on the disk by now.
	sum := sha256.New()
	if m.Files, err = addFiles(w, files, sum, progress); err != nil {
		return err
	}
	m.Sum = hex.EncodeToString(sum.Sum(nil))
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := w.WriteHeader(&tar.Header{Name: "manifest.json", Mode: 0o600, Size: int64(len(b))}); err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	return w.Close()
}

func addFiles(w *tar.Writer, folder string, sum io.Writer, progress Progress) (n int64, err error) {
	root, err := os.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer func() { _ = root.Close() }()
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // a folder that was emptied meanwhile
			return nil
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		added, err := addFile(w, root, sum, name)
		if added {
			n++
			progress("Files", n, 0)
		}
		return err
	})
	return n, err
}

// addFile says false for a file that was deleted meanwhile.
func addFile(w *tar.Writer, root *os.Root, sum io.Writer, name string) (bool, error) {
	f, err := root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	if err := w.WriteHeader(&tar.Header{Name: "files/" + name, Mode: 0o600, Size: info.Size()}); err != nil {
		return false, err
	}
	_, _ = fmt.Fprintf(sum, "%s\n%d\n", name, info.Size())
	_, err = io.CopyN(io.MultiWriter(w, sum), f, info.Size()) // a file that grows meanwhile is an upload under way
	return true, err
}

// Restore fills an empty installation from a backup and checks every row. One
// that holds something is refused; what a failed restore wrote is taken back.
func Restore(ctx context.Context, o Options, file string, progress Progress) (err error) {
	f, err := os.Open(filepath.Clean(file))
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
	r := &restorer{db: d, files: filepath.Join(o.Data, "files"), progress: progress, rows: map[string]int64{}, sum: sha256.New()}
	if err := r.read(ctx, tar.NewReader(bufio.NewReaderSize(f, 1<<20))); err != nil {
		return errors.Join(err, r.takeBack(context.WithoutCancel(ctx)))
	}
	return d.Write(ctx, id.ID{}, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("the search index is made anew from the log")
		return event.Rewind(ctx, tx, search.Name)
	})
}

type restorer struct {
	db       *db.DB
	files    string
	progress Progress
	rows     map[string]int64
	total    int64
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
	if m.Format != db.Format {
		return fmt.Errorf("the backup has format %d; this version reads format %d", m.Format, db.Format)
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
	return r.db.Clear(ctx)
}
