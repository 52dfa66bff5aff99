package slack_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pack writes a zip file of name, content, name, content …
func pack(t testing.TB, pairs ...string) string {
	t.Helper()
	return save(t, packed(t, pairs...))
}

func packed(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: pairs[i], Method: zip.Deflate})
		if err == nil {
			_, err = w.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func save(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export.zip")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// folder writes the same pairs as files.
func folder(t testing.TB, pairs ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(pairs); i += 2 {
		path := filepath.Join(dir, filepath.FromSlash(pairs[i]))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(pairs[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	oneUser    = `[{"id":"U1","team_id":"T1","name":"ana","real_name":"Ana Lima","tz":"Europe/Lisbon","profile":{"email":"Ana@Example.org","display_name":"ana"}}]`
	oneChannel = `[{"id":"C1","name":"general","members":["U1"],"created":1700000000,"pins":[{"id":"1700000001.000000"}]}]`
)

// export is a whole small export whose channel has the given days.
func export(days ...string) []string {
	pairs := []string{"users.json", oneUser, "channels.json", oneChannel}
	for i, day := range days {
		pairs = append(pairs, fmt.Sprintf("general/2023-11-%02d.json", 14+i), day)
	}
	return pairs
}

// list joins messages to a day.
func list(messages ...string) string { return "[" + strings.Join(messages, ",\n") + "]" }

// said is a plain message of Ana's; more is further JSON fields.
func said(sec int, text, more string) string {
	return fmt.Sprintf(`{"type":"message","user":"U1","ts":"%d.000000","text":%q%s}`, 1700000000+sec, text, more)
}

func inThread(sec int) string { return fmt.Sprintf(`,"thread_ts":"%d.000000"`, 1700000000+sec) }
