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
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.org/meantime/internal/platform/db"
)

// Progress is told how far long work has come; total is zero while unknown.
type Progress func(phase string, done, total int64)

// derived says which tables are made from others, and made again after a restore.
func derived(table string) bool { return strings.HasPrefix(table, "search_") }

// Installed fails where there is no embedded database yet, which opening would make. A
// database of another server says so itself.
func Installed(o Options) error {
	if o.Database != "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(o.Data, "meantime.db")); err != nil {
		return fmt.Errorf("%s holds no installation: %w", o.Data, err)
	}
	return nil
}

// Backup writes the database as of one moment, and every file it may name, into
// one archive: an embedded database page by page, PostgreSQL row by row. Either is
// read into either. It is complete or not there: the file appears with its last byte.
func Backup(ctx context.Context, o Options, file string, progress Progress) (err error) {
	return backup(ctx, o, file, o.Database == "", progress)
}

func backup(ctx context.Context, o Options, file string, pages bool, progress Progress) (err error) {
	a := &App{opt: o}
	if err := Installed(o); err != nil {
		return fmt.Errorf("there is nothing to back up: %w", err)
	}
	d, err := db.Open(ctx, a.databaseURL(), db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	part := file + ".part"
	f, err := create(filepath.Clean(part))
	if err != nil {
		return fmt.Errorf("cannot write the backup: %w", err)
	}
	b := &archive{to: tar.NewWriter(f), sum: sha256.New(), progress: progress}
	err = b.write(ctx, d, filepath.Join(o.Data, "files"), pages)
	if cerr := f.Close(); err == nil && cerr != nil {
		err = fmt.Errorf("cannot write the backup: %w", cerr)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return os.Rename(part, file)
}

// archive is a backup being written.
type archive struct {
	to       *tar.Writer
	sum      hash.Hash // as in db.Manifest
	progress Progress
}

func (b *archive) write(ctx context.Context, d *db.DB, files string, pages bool) (err error) {
	var m db.Manifest
	if pages {
		m, err = d.DumpPages(ctx, b.to, func(n int64) { b.progress("Pages", n, 0) })
	} else {
		m, err = d.Dump(ctx, b.to, derived, func(n int64) { b.progress("Rows", n, 0) })
	}
	if err != nil {
		return err
	}
	// Files come after the rows that name them: whatever a row names is on the disk by now.
	if m.Files, err = b.addFiles(files); err != nil {
		return err
	}
	m.Sum = hex.EncodeToString(b.sum.Sum(nil))
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := b.to.WriteHeader(&tar.Header{Name: "manifest.json", Mode: 0o600, Size: int64(len(text))}); err != nil {
		return err
	}
	if _, err := b.to.Write(text); err != nil {
		return err
	}
	return b.to.Close()
}

func (b *archive) addFiles(folder string) (n int64, err error) {
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
		added, err := b.addFile(root, name)
		if added {
			n++
			b.progress("Files", n, 0)
		}
		return err
	})
	return n, err
}

// addFile says false for a file that was deleted meanwhile.
func (b *archive) addFile(root *os.Root, name string) (bool, error) {
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
	if err := b.to.WriteHeader(&tar.Header{Name: "files/" + name, Mode: 0o600, Size: info.Size()}); err != nil {
		return false, err
	}
	_, _ = fmt.Fprintf(b.sum, "%s\n%d\n", name, info.Size())
	_, err = io.CopyN(io.MultiWriter(b.to, b.sum), f, info.Size()) // a file that grows meanwhile is an upload under way
	return true, err
}
