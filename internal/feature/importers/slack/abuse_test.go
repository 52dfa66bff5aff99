package slack_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/importers/slack"
)

// refused opens an archive that must be refused, and compares file and sentence.
func refused(t *testing.T, path, file, sentence string) *slack.BadArchive {
	t.Helper()
	a, err := slack.Open(path)
	if err == nil {
		a.Close()
		t.Fatal("the archive was accepted")
	}
	var bad *slack.BadArchive
	if !errors.As(err, &bad) {
		t.Fatalf("got %T %v, want a *BadArchive", err, err)
	}
	if !strings.Contains(bad.File, file) || !strings.Contains(bad.Sentence, sentence) {
		t.Errorf("got file %q, sentence %q; want %q and %q", bad.File, bad.Sentence, file, sentence)
	}
	return bad
}

func TestSmallExportIsAccepted(t *testing.T) {
	a := open(t, pack(t, export(list(said(1, "hello", "")))...))
	if got := a.Report().Messages; got != 1 {
		t.Errorf("got %d messages, want 1", got)
	}
}

func TestNamesThatReachOutside(t *testing.T) {
	for _, name := range []string{
		"../evil.json", "general/../../evil.json", "/etc/passwd", `..\evil.json`, `general\2023-11-14.json`,
		"C:/evil.json", "general/..", "__uploads/F1/../../../x", "a\x00b", ".",
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, pack(t, append(export(), name, "[]")...), "", "")
		})
	}
}

func TestCutOffAnywhere(t *testing.T) {
	whole := packed(t, export(list(said(1, "hello", "")))...)
	for _, n := range []int{0, 1, 4, 30, len(whole) / 2, len(whole) - 1} {
		refused(t, save(t, whole[:n]), "export.zip", "not a whole zip file")
	}
	damaged := bytes.Clone(whole)
	at := bytes.Index(damaged, []byte("general/2023")) + len("general/2023-11-14.json") + 4
	damaged[at] ^= 0xff
	refused(t, save(t, damaged), "general/2023-11-14.json", "")
}

func TestBombs(t *testing.T) {
	zeros := strings.Repeat("0", 8<<20)
	refused(t, pack(t, append(export(), "general/2023-11-20.json", zeros)...), "general/2023-11-20.json", "times its size")
	refused(t, pack(t, append(export(), "__uploads/F1/a.bin", zeros)...), "__uploads/F1/a.bin", "times its size")

	path := pack(t, export(list(said(1, "hello", "")))...)
	for name, o := range map[string]slack.Options{
		"too many files":   slack.WithLimits(2, 1<<30, 200, 1<<20, 1<<20),
		"too much in all":  slack.WithLimits(100, 100, 200, 1<<20, 1<<20),
		"one huge message": slack.WithLimits(100, 1<<30, 200, 1<<20, 40),
	} {
		t.Run(name, func(t *testing.T) {
			var bad *slack.BadArchive
			if _, err := slack.OpenWith(context.Background(), path, o); !errors.As(err, &bad) {
				t.Errorf("got %v, want a refusal", err)
			}
		})
	}
}

// A table of contents that lies about the size is found out while reading.
func TestLiesAboutSizes(t *testing.T) {
	whole := packed(t, export(list(said(1, strings.Repeat("hello ", 100), "")))...)
	at := bytes.LastIndex(whole, []byte("general/2023-11-14.json")) - 46
	binary.LittleEndian.PutUint32(whole[at+24:], 20)
	refused(t, save(t, whole), "general/2023-11-14.json", "")

	binary.LittleEndian.PutUint32(whole[at+20:], 1<<20)
	refused(t, save(t, whole), "", "")
}

func TestLinksTwinsLocksAndNests(t *testing.T) {
	header := func(change func(*zip.FileHeader)) string {
		var buf bytes.Buffer
		z := zip.NewWriter(&buf)
		h := &zip.FileHeader{Name: "users.json"}
		change(h)
		w, err := z.CreateRaw(h)
		if err == nil {
			_, err = w.Write([]byte("[]"))
		}
		if err != nil || z.Close() != nil {
			t.Fatal(err)
		}
		return save(t, buf.Bytes())
	}
	refused(t, header(func(h *zip.FileHeader) { h.SetMode(os.ModeSymlink | 0o777) }), "users.json", "link")
	refused(t, header(func(h *zip.FileHeader) { h.SetMode(os.ModeNamedPipe | 0o777) }), "users.json", "ordinary")
	refused(t, header(func(h *zip.FileHeader) { h.Flags |= 1 }), "users.json", "password")
	refused(t, header(func(h *zip.FileHeader) { h.Method = 99 }), "users.json", "packed in a way")

	refused(t, pack(t, append(export(), "users.json", "[]")...), "users.json", "twice")
	open(t, pack(t, append(export(), "users.json", oneUser)...))

	refused(t, pack(t, "export.zip", string(packed(t, export()...))), "export.zip", "second time")
	refused(t, pack(t, "notes.txt", "hello"), "export.zip", "not a Slack export")
	refused(t, pack(t, "C1.json.gz", ""), "export.zip", "slackdump")
	refused(t, pack(t, "a/users.json", "[]", "b/users.json", "[]"), "export.zip", "more than one")
	refused(t, filepath.Join(t.TempDir(), "none.zip"), "none.zip", "no such file")

	dir := folder(t, export()...)
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "general.json")); err != nil {
		t.Skip("no symbolic links here")
	}
	refused(t, dir, "general.json", "link")
}

func TestWrongJSONNamesThePlace(t *testing.T) {
	cases := []struct{ name, day, place string }{
		{"a comma too many", "[\n{\"ts\":\"1.0\"},\n]", "line 3 (byte 16)"},
		{"a word", "[\n{\"ts\": oops}]", "line 2 (byte 9)"},
		{"cut off", "[\n{\"ts\":\"17", "line 2 (byte 11)"},
		{"empty", "", "line 1 (byte 0)"},
		{"an object", "{}", "line 1 (byte 0)"},
		{"two lists", "[] []", "line 1 (byte 3)"},
		{"no comma", "[{} {}]", "line 1 (byte 4)"},
		{"wrong bracket", "[{}}", "line 1 (byte 3)"},
		{"too deep", "[" + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "]", ""},
		{"not text", "\xff\xfe[", "line 1 (byte 0)"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			bad := refused(t, pack(t, export(c.day)...), "general/2023-11-14.json", "")
			if c.place != "" && bad.Place != c.place {
				t.Errorf("place %q, want %q", bad.Place, c.place)
			}
		})
	}
	refused(t, pack(t, "users.json", "[{]", "channels.json", "[]"), "users.json", "middle of its JSON")
}

func TestOddContentIsTakenCalmly(t *testing.T) {
	day := list(`null`, `""`, `5`, `{"type":"message","ts":17,"text":"no time"}`, `{"type":"message","user":7,"ts":"1700000001.000000","text":"odd user"}`,
		`{"type":"file","ts":"1700000002.000000"}`, `{"type":"message","ts":"1700000003.000000","user":"U1","text":" "}`,
		`{"type":"message","subtype":"brand_new","user":"U1","ts":"1700000004.000000","text":"still here","reactions":"?","files":null,"blocks":{}}`)
	a := open(t, pack(t, "users.json", `[""]`, "channels.json", oneChannel, "general/2023-11-14.json", "\ufeff"+day, "other/2023-11-14.json", "[]"))
	sameAsRead(t, a)
	if got := a.Report().Messages; got != 3 {
		t.Errorf("got %d messages, want 3", got)
	}
	counts := map[string]int{}
	for _, r := range append(a.Report().LeftOut, a.Report().Missing...) {
		counts[r.Code] = r.Count
	}
	for code, want := range map[string]int{"not_messages": 4, "empty_messages": 1, "unknown_subtypes": 1, "folders_without_channel": 1} {
		if counts[code] != want {
			t.Errorf("%s: got %d, want %d (%v)", code, counts[code], want, counts)
		}
	}
}
