// Package blob keeps the bytes of files: whole, by key, outside of the database.
// A key that Put answered for is on the disk; a Put that failed left nothing.
package blob

import (
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
)

// Store keeps bytes by key.
type Store interface {
	// Put keeps all that r gives under key, in place of what was there, and says how
	// many bytes that were and their SHA-256 in hexadecimal.
	Put(ctx context.Context, key string, r io.Reader) (size int64, sha256 string, err error)
	// Open reads what is kept under key from the byte at offset on; size is that of
	// the whole. ErrMissing when there is nothing.
	Open(ctx context.Context, key string, offset int64) (r io.ReadCloser, size int64, err error)
	// Delete forgets a key; one that is not there is forgotten already.
	Delete(ctx context.Context, key string) error
}

// ErrMissing says that nothing is kept under a key.
var ErrMissing = errors.New("blob: nothing is kept under this key")

// ErrOffset says that a read began before the start or after the end.
var ErrOffset = errors.New("blob: the offset lies outside of what is kept")

var part = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z_.\-]{0,99}$`)

// valid says whether a key is one to eight plain names with slashes between:
// nothing that could lead out of a folder or hide in it.
func valid(key string) bool {
	names := strings.Split(key, "/")
	if len(names) > 8 {
		return false
	}
	for _, n := range names {
		if !part.MatchString(n) || strings.HasSuffix(n, ".") {
			return false
		}
	}
	return true
}
