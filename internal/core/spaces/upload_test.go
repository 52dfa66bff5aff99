package spaces_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// upload brings a whole file in over HTTP and gives its id.
func (h *house) upload(a actor.Actor, name, kind, content string) id.ID {
	h.T.Helper()
	code, _, head := h.raw(h.door(a), "POST", "/uploads", map[string]string{
		"Tus-Resumable": "1.0.0", "Upload-Length": strconv.Itoa(len(content)), "Content-Type": "application/offset+octet-stream",
		"Upload-Metadata": "filename " + b64(name) + ",filetype " + b64(kind),
	}, strings.NewReader(content))
	want(h.T, "upload "+name, code, 201)
	x, err := id.Decode("file", head.Get("Upload-File"))
	h.Must(err)
	return x
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// create makes an upload and gives its path.
func (h *house) create(s *httptest.Server, size int) string {
	h.T.Helper()
	code, _, head := h.raw(s, "POST", "/uploads", map[string]string{"Upload-Length": strconv.Itoa(size), "Upload-Metadata": "filename " + b64("a.bin")}, nil)
	want(h.T, "create", code, 201)
	return strings.TrimPrefix(head.Get("Location"), "/api/v1")
}

func (h *house) patch(s *httptest.Server, path string, offset int, body io.Reader) (int, string, string) {
	h.T.Helper()
	code, _, head := h.raw(s, "PATCH", path, map[string]string{"Upload-Offset": strconv.Itoa(offset), "Content-Type": "application/offset+octet-stream"}, body)
	return code, head.Get("Upload-Offset"), head.Get("Upload-File")
}

func TestAnUploadInParts(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		s := h.door(h.kofi)
		content := make([]byte, 100_000)
		_, _ = rand.Read(content)
		path := h.create(s, len(content))
		code, at, _ := h.patch(s, path, 0, bytes.NewReader(content[:40_000]))
		want(t, "first part", code, 204)
		if at != "40000" {
			t.Errorf("it is at %s", at)
		}
		code, _, _ = h.patch(s, path, 0, bytes.NewReader(content[:40_000]))
		want(t, "the same part again", code, 409)
		code, _, head := h.raw(s, "HEAD", path, nil, nil)
		if code != 200 || head.Get("Upload-Offset") != "40000" || head.Get("Upload-Length") != "100000" || head.Get("Upload-Expires") == "" || head.Get("Tus-Resumable") != "1.0.0" {
			t.Errorf("HEAD: %d %v", code, head)
		}
		code, _, file := h.patch(s, path, 40_000, bytes.NewReader(content[40_000:]))
		want(t, "the rest", code, 204)
		code, b, _ := h.raw(s, "GET", "/files/"+file+"/content", nil, nil)
		if code != 200 || !bytes.Equal(b, content) {
			t.Errorf("read back %d: %d bytes", code, len(b))
		}
		code, b, head = h.raw(s, "GET", "/files/"+file+"/content", map[string]string{"Range": "bytes=39990-40009"}, nil)
		if code != 206 || !bytes.Equal(b, content[39990:40010]) {
			t.Errorf("a range: %d, %d bytes", code, len(b))
		}
		code, _, _ = h.raw(s, "GET", "/files/"+file+"/content", map[string]string{"If-None-Match": head.Get("ETag")}, nil)
		want(t, "again", code, 304)
		_, _, head = h.raw(s, "HEAD", path, nil, nil)
		if head.Get("Upload-Offset") != "100000" || head.Get("Upload-File") != file {
			t.Errorf("HEAD after the end: %v", head)
		}
	})
}

func TestABrokenConnectionLosesNothing(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		u, err := h.Spaces.BeginUpload(h.T.Context(), h.kofi, "a.txt", "text/plain", 11)
		h.Must(err)
		ended, cancel := context.WithCancel(h.T.Context())
		cut := io.MultiReader(strings.NewReader("hello "), iotest.ErrReader(errors.New("connection reset")))
		u, err = h.Spaces.Receive(ended, h.kofi, u.ID, 0, readerThen{cut, cancel})
		h.Must(err)
		if u.Received != 6 {
			t.Fatalf("%d bytes kept, want 6", u.Received)
		}
		_, err = h.Spaces.Receive(h.T.Context(), h.kofi, u.ID, 6, strings.NewReader(""))
		h.Refused("nothing", err, "nothing_came")
		u, err = h.Spaces.Receive(h.T.Context(), h.kofi, u.ID, 6, strings.NewReader("world"))
		h.Must(err)
		code, b, _ := h.raw(h.door(h.kofi), "GET", "/files/"+id.Encode("file", u.ID)+"/content", nil, nil)
		if code != 200 || string(b) != "hello world" {
			t.Errorf("read back %d %q", code, b)
		}
	})
}

// readerThen calls then when its source ends.
type readerThen struct {
	io.Reader
	then func()
}

func (r readerThen) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	if err != nil {
		r.then()
	}
	return n, err
}

func TestUploadsHaveLimits(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		s := h.door(h.kofi)
		most := int(h.Spaces.MaxUpload())
		code, _, _ := h.raw(s, "POST", "/uploads", map[string]string{"Upload-Length": strconv.Itoa(most + 1)}, nil)
		want(t, "announced too large", code, 413)
		for _, length := range []string{"", "-1", "many", "1e3"} {
			code, _, _ := h.raw(s, "POST", "/uploads", map[string]string{"Upload-Length": length}, nil)
			want(t, "length "+length, code, 422)
		}
		code, _, _ = h.raw(s, "POST", "/uploads", map[string]string{"Upload-Length": "1", "Tus-Resumable": "0.2.2"}, nil)
		want(t, "another version", code, 412)
		code, _, _ = h.raw(s, "POST", "/uploads", map[string]string{"Upload-Length": "1", "Upload-Metadata": "filename !!"}, nil)
		want(t, "metadata that is none", code, 422)
		path := h.create(s, 10)
		code, _, _ = h.patch(s, path, 0, strings.NewReader(strings.Repeat("x", 11)))
		want(t, "one byte more", code, 413)
		endless := &counting{}
		code, _, _ = h.patch(s, path, 0, endless)
		want(t, "without an end", code, 413)
		if n := endless.n.Load(); n > 10+4<<20 { // what the sockets hold counts too
			t.Errorf("%d bytes were taken", n)
		}
		code, _, _ = h.patch(s, path, 4, strings.NewReader("x"))
		want(t, "beyond the end", code, 409)
		code, _, _ = h.raw(s, "PATCH", path, map[string]string{"Upload-Offset": "0", "Content-Type": "text/plain"}, strings.NewReader("x"))
		want(t, "another type", code, 415)
		for who, a := range map[string]actor.Actor{"mei": h.mei, "ana": h.ana, "other": h.other} {
			d := h.door(a)
			for _, method := range []string{"HEAD", "DELETE"} {
				code, _, _ := h.raw(d, method, path, nil, nil)
				want(t, who+" "+method, code, 404)
			}
			code, _, _ := h.patch(d, path, 0, strings.NewReader("x"))
			want(t, who+" PATCH", code, 404)
		}
		nobody := h.door(actor.Actor{})
		code, _, _ = h.raw(nobody, "POST", "/uploads", map[string]string{"Upload-Length": "1"}, nil)
		want(t, "nobody", code, 401)
		for range 49 {
			h.create(s, 10)
		}
		code, _, _ = h.raw(s, "POST", "/uploads", map[string]string{"Upload-Length": "1"}, nil)
		want(t, "more than anybody needs", code, 429)
		code, _, _ = h.raw(s, "DELETE", path, nil, nil)
		want(t, "give up", code, 204)
		code, _, _ = h.raw(s, "HEAD", path, nil, nil)
		want(t, "given up", code, 404)
	})
}

// counting gives bytes without an end and counts them.
type counting struct{ n atomic.Int64 }

func (c *counting) Read(b []byte) (int, error) { c.n.Add(int64(len(b))); return len(b), nil }

func TestFiftyAtOnceAreOne(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		u, err := h.Spaces.BeginUpload(h.T.Context(), h.kofi, "a", "", 5)
		h.Must(err)
		var done atomic.Int64
		var wait sync.WaitGroup
		for range 50 {
			wait.Go(func() {
				before := u.ID
				got, err := h.Spaces.Receive(h.T.Context(), h.kofi, before, 0, strings.NewReader("hello"))
				switch {
				case err == nil && got.Done():
					done.Add(1)
				case !fault.IsKind(err, fault.Conflict):
					t.Errorf("%v", err)
				}
			})
		}
		wait.Wait()
		if done.Load() != 1 {
			t.Errorf("%d went through, want 1", done.Load())
		}
	})
}

func TestWhatIsLeftOverGoes(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		s := h.door(h.kofi)
		path := h.create(s, 10)
		h.patch(s, path, 0, strings.NewReader("half"))
		loose := h.upload(h.kofi, "loose.txt", "text/plain", "loose")
		kept := h.upload(h.kofi, "kept.txt", "text/plain", "kept")
		th := h.thread(h.kofi, h.open.ID, "Files")
		p, err := h.try(h.kofi, spaces.NewPost{Thread: th.ID, Files: []id.ID{kept}})
		h.Must(err)
		h.Clock.Advance(25 * time.Hour)
		code, _, _ := h.raw(s, "HEAD", path, nil, nil)
		want(t, "an expired upload", code, 404)
		h.Must(h.Spaces.Sweep(h.T.Context()))
		h.Clock.Advance(7 * 24 * time.Hour)
		h.Must(h.Spaces.Sweep(h.T.Context()))
		code, _, _ = h.raw(s, "GET", "/files/"+id.Encode("file", loose)+"/content", nil, nil)
		want(t, "a loose file", code, 404)
		code, b, _ := h.raw(s, "GET", "/files/"+id.Encode("file", kept)+"/content", nil, nil)
		if code != 200 || string(b) != "kept" {
			t.Errorf("a kept file: %d %q", code, b)
		}
		h.Must(h.Spaces.DeletePost(h.T.Context(), h.kofi, p.ID))
		code, _, _ = h.raw(s, "GET", "/files/"+id.Encode("file", kept)+"/content", nil, nil)
		want(t, "a deleted post's file", code, 404)
		h.Must(h.Spaces.Sweep(h.T.Context()))
		if n := h.kept(); n != 0 {
			t.Errorf("%d files are left on the disk", n)
		}
	})
}

func TestAFileIsItsOwnersUntilItIsPosted(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		th := h.thread(h.ana, h.closed.ID, "Files")
		file := h.upload(h.kofi, "../../etc/plan \u202egpj.exe", "image/png", "png")
		for who, a := range map[string]actor.Actor{"ana": h.ana, "mei": h.mei, "other": h.other} {
			_, err := h.Spaces.File(h.T.Context(), h.DB, a, file)
			h.Refused(who+" reads it", err, "not_found")
			if a.Workspace == h.WS && who != "mei" {
				_, err = h.try(a, spaces.NewPost{Thread: th.ID, Markdown: "mine", Files: []id.ID{file}})
				h.Refused(who+" attaches it", err, "not_found")
			}
		}
		_, err := h.try(h.kofi, spaces.NewPost{Thread: th.ID, Files: []id.ID{file, file}})
		h.Refused("twice", err, "not_found")
		p, err := h.try(h.kofi, spaces.NewPost{Thread: th.ID, Files: []id.ID{file}})
		h.Must(err)
		_, err = h.try(h.kofi, spaces.NewPost{Thread: th.ID, Files: []id.ID{file}})
		h.Refused("on another post too", err, "not_found")
		f, err := h.Spaces.File(h.T.Context(), h.DB, h.ana, file)
		h.Must(err)
		if f.Name != "plan gpj.exe" {
			t.Errorf("it is called %q", f.Name)
		}
		_, err = h.Spaces.File(h.T.Context(), h.DB, h.mei, file)
		h.Refused("Mei, who may not read the post,", err, "not_found")
		h.Refused("taking it back", h.Spaces.CancelUpload(h.T.Context(), h.kofi, file), "file_attached")
		v, err := h.Spaces.ViewPost(h.T.Context(), h.DB, h.ana, p.ID)
		h.Must(err)
		if len(v.Files) != 1 || !v.Files[0].Image || v.Files[0].Size != 3 {
			t.Errorf("files %+v", v.Files)
		}
		want(t, "too many", int(mustFault(t, func() error {
			_, err := h.try(h.kofi, spaces.NewPost{Thread: th.ID, Files: make([]id.ID, 21)})
			return err
		})), int(fault.Invalid))
	})
}

func mustFault(t *testing.T, f func() error) fault.Kind {
	t.Helper()
	if got := fault.As(f()); got != nil {
		return got.Kind
	}
	t.Error("no fault")
	return 0
}

func TestNothingUploadedRuns(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		s := h.door(h.kofi)
		const script = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
		kinds := []string{
			"image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "application/pdf", "image/png", "image/svg", "IMAGE/SVG+XML",
			"text/html; charset=utf-7", "multipart/x-mixed-replace", "text/javascript", "model/gltf+json", "", "nonsense", "image/png\r\nX: y", "image/png, text/html", "text/css", "audio/mpeg", "video/mp4", "message/rfc822",
		}
		for i, kind := range kinds {
			file := h.upload(h.kofi, fmt.Sprintf("x%d.svg\"; filename=\"evil.html", i), kind, script)
			for _, query := range []string{"", "?download=1", "?type=text/html"} {
				code, _, head := h.raw(s, "GET", "/files/"+id.Encode("file", file)+"/content"+query, nil, nil)
				want(t, kind, code, 200)
				shown, kept := head.Get("Content-Disposition"), head.Get("Content-Type")
				if kept != "application/octet-stream" && kept != "image/png" {
					t.Errorf("%q is served as %q", kind, kept)
				}
				if !strings.HasPrefix(shown, "attachment") && (kept != "image/png" || query == "?download=1") {
					t.Errorf("%q is shown as %q", kind, shown)
				}
				if head.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(head.Get("Content-Security-Policy"), "sandbox;") {
					t.Errorf("%q: headers %v", kind, head)
				}
			}
		}
	})
}
