package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"example.org/meantime/internal/platform/fault"
)

// Folder keeps bytes as files below a folder, readable by its user alone.
type Folder struct{ root *os.Root }

// NewFolder opens a folder for keeping, making it when it is not there.
func NewFolder(path string) (*Folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("blob: make the folder for files: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("blob: open the folder for files: %w", err)
	}
	return &Folder{root: root}, nil
}

// Close lets go of the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Put writes beside the place and renames at the end, so that a reader sees all
// or nothing, and a crash leaves only a file that no key names.
func (f *Folder) Put(ctx context.Context, key string, r io.Reader) (size int64, sum string, err error) {
	defer fault.Wrap(&err, "blob.Put(%s)", key)
	if !valid(key) {
		return 0, "", errors.New("blob: not a key")
	}
	dir := filepath.Dir(key)
	if err := f.root.MkdirAll(dir, 0o700); err != nil {
		return 0, "", err
	}
	temp := key + "." + rand.Text() + "." // no key ends in a dot
	w, err := f.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, "", err
	}
	size, sum, err = write(ctx, w, r)
	if err == nil {
		err = f.root.Rename(temp, key)
	}
	if err != nil {
		_ = f.root.Remove(temp)
		return 0, "", err
	}
	return size, sum, f.sync(dir)
}

func write(ctx context.Context, w *os.File, r io.Reader) (int64, string, error) {
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, h), reader{ctx, r})
	if err == nil {
		err = w.Sync()
	}
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return n, hex.EncodeToString(h.Sum(nil)), err
}

// sync makes the new names in a folder last, up to the root.
func (f *Folder) sync(dir string) error {
	for ; ; dir = filepath.Dir(dir) {
		d, err := f.root.Open(dir)
		if err != nil {
			return err
		}
		err = d.Sync()
		_ = d.Close()
		if err != nil || dir == "." {
			return err
		}
	}
}

// Open reads a file from an offset.
func (f *Folder) Open(_ context.Context, key string, offset int64) (r io.ReadCloser, size int64, err error) {
	if !valid(key) {
		return nil, 0, ErrMissing
	}
	file, err := f.root.Open(key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, ErrMissing
	}
	if err != nil {
		return nil, 0, fmt.Errorf("blob.Open(%s): %w", key, err)
	}
	defer func() {
		if err != nil {
			_ = file.Close()
		}
	}()
	info, err := file.Stat()
	if err != nil {
		return nil, 0, fmt.Errorf("blob.Open(%s): %w", key, err)
	}
	if !info.Mode().IsRegular() {
		return nil, 0, ErrMissing
	}
	if offset < 0 || offset > info.Size() {
		return nil, info.Size(), ErrOffset
	}
	if _, err := file.Seek(offset, io.SeekStart); err != nil {
		return nil, 0, fmt.Errorf("blob.Open(%s): %w", key, err)
	}
	return file, info.Size(), nil
}

// Delete removes a file.
func (f *Folder) Delete(_ context.Context, key string) error {
	if !valid(key) {
		return nil
	}
	if err := f.root.Remove(key); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob.Delete(%s): %w", key, err)
	}
	return nil
}

// reader stops reading when the context ends.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(b)
}
