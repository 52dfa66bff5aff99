package blob_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"example.org/meantime/internal/platform/blob"
)

func folder(t *testing.T) (*blob.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "files")
	f, err := blob.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, dir
}

func TestWhatIsPutIsRead(t *testing.T) {
	f, dir := folder(t)
	ctx := context.Background()
	size, sum, err := f.Put(ctx, "ws/ab/file", strings.NewReader("hello world"))
	if err != nil || size != 11 || sum != "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9" {
		t.Fatalf("put %d %s %v", size, sum, err)
	}
	r, size, err := f.Open(ctx, "ws/ab/file", 6)
	if err != nil || size != 11 {
		t.Fatalf("open: size %d, %v", size, err)
	}
	defer r.Close()
	if b, _ := io.ReadAll(r); string(b) != "world" {
		t.Errorf("read %q, want world", b)
	}
	info, err := os.Stat(filepath.Join(dir, "ws/ab/file"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v, want 0600", info.Mode(), err)
	}
	if _, _, err := f.Open(ctx, "ws/ab/file", 12); !errors.Is(err, blob.ErrOffset) {
		t.Errorf("past the end: %v, want ErrOffset", err)
	}
}

func TestAFailedPutLeavesWhatWasThere(t *testing.T) {
	f, dir := folder(t)
	ctx := context.Background()
	if _, _, err := f.Put(ctx, "a", strings.NewReader("old")); err != nil {
		t.Fatal(err)
	}
	broken := io.MultiReader(strings.NewReader("new"), iotest.ErrReader(errors.New("cut off")))
	if _, _, err := f.Put(ctx, "a", broken); err == nil {
		t.Fatal("a broken reader was kept")
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, err := f.Put(ended, "a", strings.NewReader("new")); err == nil {
		t.Fatal("a cancelled put was kept")
	}
	r, _, err := f.Open(ctx, "a", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if b, _ := io.ReadAll(r); string(b) != "old" {
		t.Errorf("read %q, want old", b)
	}
	names := 0
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, _ error) error {
		if !d.IsDir() {
			names++
		}
		return nil
	})
	if names != 1 {
		t.Errorf("%d files in the folder, want 1", names)
	}
}

func TestDelete(t *testing.T) {
	f, _ := folder(t)
	ctx := context.Background()
	if _, _, err := f.Put(ctx, "a/b", strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := f.Delete(ctx, "a/b"); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := f.Open(ctx, "a/b", 0); !errors.Is(err, blob.ErrMissing) {
		t.Errorf("open: %v, want ErrMissing", err)
	}
	if _, _, err := f.Open(ctx, "a", 0); !errors.Is(err, blob.ErrMissing) {
		t.Errorf("open a folder: %v, want ErrMissing", err)
	}
}

func TestKeysStayInside(t *testing.T) {
	f, _ := folder(t)
	ctx := context.Background()
	for _, key := range []string{"", ".", "..", "../a", "a/../b", "/a", "a//b", "a/", ".hidden", "a\\b", "a\x00b", "a.part.", "é", strings.Repeat("a/", 9) + "a", strings.Repeat("a", 101)} {
		if _, _, err := f.Put(ctx, key, strings.NewReader("x")); err == nil {
			t.Errorf("put under %q went through", key)
		}
		if _, _, err := f.Open(ctx, key, 0); !errors.Is(err, blob.ErrMissing) {
			t.Errorf("open %q: %v, want ErrMissing", key, err)
		}
		if err := f.Delete(ctx, key); err != nil {
			t.Errorf("delete %q: %v", key, err)
		}
	}
}

func TestSymbolicLinksLeadNowhere(t *testing.T) {
	f, dir := folder(t)
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if r, _, err := f.Open(context.Background(), "link", 0); err == nil {
		_ = r.Close()
		t.Error("a link out of the folder was followed")
	}
}
