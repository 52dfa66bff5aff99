package db

import (
	"archive/tar"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"
)

// PagesFormat is the version of a backup that holds an embedded database page by page.
const PagesFormat = 2

const (
	pagesAtOnce = 1024 // in one entry of the archive
	pagesAhead  = 4    // entries that are read before they are written
)

// DumpPages writes an embedded database as of one moment, page by page, as
// entries pages/NNNNNN of a tar archive: the size of a page and how many there
// are, the pages, and for each the CRC-32C of its number and bytes. Writers are
// not held up. progress is told the pages written so far.
func (d *DB) DumpPages(ctx context.Context, to *tar.Writer, progress func(pages int64)) (Manifest, error) {
	m := Manifest{Format: PagesFormat}
	err := d.pooled(ctx, func(ctx context.Context, q Queryer) error {
		var err error
		if m.Schema, err = schema(ctx, q); err != nil {
			return err
		}
		parts := make(chan []byte, pagesAhead)
		free := make(chan []byte, pagesAhead+2)
		g, ctx := errgroup.WithContext(ctx)
		g.Go(func() error { defer close(parts); return readPages(ctx, q, parts, free) })
		g.Go(func() error {
			for n := int64(1); ; n++ {
				part, ok := <-parts
				if !ok {
					return nil
				}
				if err := writePages(to, n, m.Pages, part); err != nil {
					return err
				}
				m.Pages += int64(binary.BigEndian.Uint32(part[4:]))
				m.PageSize = int64(binary.BigEndian.Uint32(part))
				progress(m.Pages)
				free <- part[:0]
			}
		})
		return g.Wait()
	})
	if err != nil {
		return m, fmt.Errorf("db: back up the pages: %w", err)
	}
	return m, d.checkpoint(ctx)
}

func schema(ctx context.Context, q Queryer) (int64, error) {
	v, _, err := One[int64](ctx, q, `SELECT CAST(MAX(version_id) AS BIGINT) AS version FROM goose_db_version WHERE is_applied`)
	return v, err
}

// readPages reads every page through the engine, which alone knows which version
// of each belongs to the snapshot.
func readPages(ctx context.Context, q Queryer, parts chan<- []byte, free <-chan []byte) error {
	rows, err := q.rows(ctx, `SELECT data FROM sqlite_dbpage`, nil)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var page sql.RawBytes
	var part []byte
	n, size := 0, 0
	send := func() error {
		if n == 0 {
			return nil
		}
		binary.BigEndian.PutUint32(part, uint32(size))
		binary.BigEndian.PutUint32(part[4:], uint32(n))
		select {
		case parts <- part:
		case <-ctx.Done():
			return ctx.Err()
		}
		n = 0
		return nil
	}
	for rows.Next() {
		if err := rows.Scan(&page); err != nil {
			return err
		}
		if n == 0 {
			size = len(page)
			part = append(buffer(free, 8+pagesAtOnce*(size+4)), make([]byte, 8)...)
		}
		part = append(part, page...)
		if n++; n == pagesAtOnce {
			if err := send(); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return send()
}

func buffer(free <-chan []byte, size int) []byte {
	select {
	case b := <-free:
		return b
	default:
		return make([]byte, 0, size)
	}
}

func writePages(to *tar.Writer, number, before int64, part []byte) error {
	size := int(binary.BigEndian.Uint32(part))
	pages := part[8:]
	for at := 0; at < len(pages); at += size {
		before++
		part = binary.BigEndian.AppendUint32(part, pageSum(before, pages[at:at+size]))
	}
	if err := to.WriteHeader(&tar.Header{Name: fmt.Sprintf("pages/%06d", number), Mode: 0o600, Size: int64(len(part))}); err != nil {
		return err
	}
	_, err := to.Write(part)
	return err
}

// pageSum covers a page's place as well, so that none is taken for another.
func pageSum(number int64, page []byte) uint32 {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(number))
	return crc32.Update(crc32.Checksum(b[:], castagnoli), castagnoli, page)
}

// PageLoader writes a database's file from the entries of a backup.
type PageLoader struct {
	Pages    int64 // so far
	PageSize int64

	to  io.Writer
	buf []byte
}

// NewPageLoader writes to a file that is to become a database.
func NewPageLoader(to io.Writer) *PageLoader { return &PageLoader{to: to} }

// Load reads one entry of so many bytes, checking every page.
func (l *PageLoader) Load(r io.Reader, size int64) error {
	if size < 8 || size > 8+pagesAtOnce*(1<<16+4) {
		return errors.New("db: a part of the backup has no pages")
	}
	if int64(cap(l.buf)) < size {
		l.buf = make([]byte, size)
	}
	part := l.buf[:size]
	if _, err := io.ReadFull(r, part); err != nil {
		return fmt.Errorf("db: a part of the backup is cut short: %w", err)
	}
	page, n := int64(binary.BigEndian.Uint32(part)), int64(binary.BigEndian.Uint32(part[4:]))
	if n == 0 || page < 512 || size != 8+n*(page+4) || (l.PageSize != 0 && page != l.PageSize) {
		return errors.New("db: a part of the backup is damaged: its pages do not fill it")
	}
	l.PageSize = page
	pages, sums := part[8:8+n*page], part[8+n*page:]
	for i := range n {
		if pageSum(l.Pages+i+1, pages[i*page:(i+1)*page]) != binary.BigEndian.Uint32(sums[4*i:]) {
			return fmt.Errorf("db: page %d is damaged: its checksum does not fit", l.Pages+i+1)
		}
	}
	l.Pages += n
	_, err := l.to.Write(pages)
	return err
}

// Replace puts a file in the place of an embedded database that nobody has open,
// or of none. It lasts when Replace returns.
func Replace(ctx context.Context, url, file string) error {
	path := strings.TrimPrefix(url, "sqlite:")
	if err := alone(ctx, path); err != nil {
		return err
	}
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("db: take away the empty database: %w", err)
		}
	}
	if err := os.Rename(file, path); err != nil {
		return fmt.Errorf("db: put the database in its place: %w", err)
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("db: put the database in its place: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// alone fails while anybody else has a database open: the engine gives up its
// write-ahead log for the last one only.
func alone(ctx context.Context, path string) (err error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	d, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		return fmt.Errorf("db: open %s: %w", path, err)
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if _, err := d.ExecContext(ctx, `PRAGMA journal_mode=DELETE`); err != nil {
		return fmt.Errorf("db: %s is in use; stop the server first (%w)", path, err)
	}
	return nil
}
