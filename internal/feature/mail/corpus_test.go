package mail_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/feature/mail"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/job"
	"example.org/meantime/internal/platform/testkit"
)

// Every raw mail of the corpus comes in twice at an address for replies: each is dealt
// with once, none in the owner's name without her word, and nothing fails. MEANTIME_CORPUS
// names the folder.
func TestTheCorpusIsDealtWith(t *testing.T) {
	root := os.Getenv("MEANTIME_CORPUS")
	if root == "" {
		t.Skip("MEANTIME_CORPUS names no folder of mails")
	}
	var files []string
	err := filepath.WalkDir(filepath.Join(root, "email"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (strings.HasSuffix(path, ".eml") || strings.Contains(path, "sisimai_bounces")) {
			files = append(files, path)
		}
		return err
	})
	if err != nil || len(files) < 300 {
		t.Fatalf("%d mails in the corpus: %v", len(files), err)
	}
	d := testkit.SQLite(t, clock.Still(testkit.Monday))
	s := serve(t)
	h := build(t, d, d.Clock().(*clock.Machine), mail.Options{SMTP: s.addr, TLS: "none", Domain: "in.example.org"})
	to := h.address(s)
	watch := clock.Stopwatch()
	for range 2 {
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := h.mail.Accept(t.Context(), mail.Envelope{Door: "hook", Recipient: to}, raw); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
		h.settle()
	}
	all, states, err := h.mail.AllReceived(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, state := range states {
		count[state]++
	}
	if count["new"] > 0 || count["done"] > 0 || len(h.heard()) > 0 || len(all) > len(files) {
		t.Errorf("of %d mails: %v, and %d were taken as hers", len(all), count, len(h.heard()))
	}
	dead, err := job.DeadJobs(t.Context(), d, 3)
	if err != nil || len(dead) > 0 {
		t.Errorf("given up: %+v (%v)", dead, err)
	}
	t.Logf("%d files, %d different mails, %v, in %s", len(files), len(all), count, clock.Since(watch).Round(1e8))
}
