// Package keys keeps keys outside of the database and its backups: each in a file of a
// folder, for one user's eyes. Whoever has a copy of the database, and not the folder,
// can open nothing that was sealed with them.
package keys

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.org/meantime/internal/platform/id"
)

// Bytes is the length of a key.
const Bytes = 32

// Key is random, and of one thing alone.
type Key [Bytes]byte

// ErrNone says that there is no key of a thing: not yet, not here, or no more.
var ErrNone = errors.New("keys: the key is not there")

// Folder has the keys of things of one kind. All nodes of an installation share it.
type Folder struct {
	path string
	kind string
}

// In keeps the keys of a kind in a folder, which is made with the first of them.
func In(path, kind string) Folder { return Folder{path, kind} }

func (k Folder) file(x id.ID) string {
	return filepath.Join(k.path, k.kind+"-"+x.String()+".key")
}

// Create makes the key of a thing and returns when it is on the disk; one that is
// there already, of a write that was run again, is used.
func (k Folder) Create(x id.ID) (made Key, err error) {
	if found, err := k.Read(x); err == nil || !errors.Is(err, ErrNone) {
		return found, err
	}
	_, _ = rand.Read(made[:])
	return made, k.Put(x, made)
}

// Put keeps a key that was made elsewhere, in place of the one that is there.
func (k Folder) Put(x id.ID, key Key) error {
	if err := os.MkdirAll(k.path, 0o700); err != nil {
		return fmt.Errorf("keys: make the folder of keys: %w", err)
	}
	part := k.file(x) + ".part"
	if err := write(part, []byte(hex.EncodeToString(key[:])+"\n")); err != nil {
		return fmt.Errorf("keys: keep a key: %w", err)
	}
	if err := os.Rename(part, k.file(x)); err != nil {
		return fmt.Errorf("keys: keep a key: %w", err)
	}
	return k.sync()
}

// Read finds the key of a thing, or ErrNone.
func (k Folder) Read(x id.ID) (found Key, err error) {
	b, err := os.ReadFile(k.file(x))
	if errors.Is(err, fs.ErrNotExist) {
		return found, ErrNone
	}
	if err != nil {
		return found, fmt.Errorf("keys: read a key: %w", err)
	}
	if n, err := hex.Decode(found[:], b[:min(len(b), 2*Bytes)]); err != nil || n != Bytes {
		return found, ErrNone // emptied, by a destruction that was broken off
	}
	return found, nil
}

// Destroy overwrites the key of a thing and takes its file away; that there is none is
// fine. Disks and file systems that write elsewhere than they are told keep what was
// there for a while.
func (k Folder) Destroy(x id.ID) error {
	path := k.file(x)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := overwrite(path, []byte(strings.Repeat("0", 2*Bytes)+"\n")); err != nil {
		return fmt.Errorf("keys: destroy a key: %w", err)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("keys: destroy a key: %w", err)
	}
	return k.sync()
}

// List names the things that have a key here.
func (k Folder) List() ([]id.ID, error) {
	found, err := os.ReadDir(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []id.ID
	for _, f := range found {
		name, ours := strings.CutPrefix(f.Name(), k.kind+"-")
		name, whole := strings.CutSuffix(name, ".key")
		var x id.ID
		if ours && whole && x.UnmarshalText([]byte(name)) == nil {
			out = append(out, x)
		}
	}
	return out, err
}

// sync brings the names in the folder to the disk.
func (k Folder) sync() error {
	dir, err := os.Open(k.path)
	if err != nil {
		return fmt.Errorf("keys: the folder of keys: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func write(path string, b []byte) error {
	return writeTo(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, b)
}

func overwrite(path string, b []byte) error { return writeTo(path, os.O_WRONLY, b) }

func writeTo(path string, how int, b []byte) error {
	f, err := os.OpenFile(path, how, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}
