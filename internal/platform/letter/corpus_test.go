package letter

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// corpus is the folder of mails from public projects that the figures in
// docs/mail-reading.md are about; the test is skipped where it is not at hand.
func corpus(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("MEANTIME_CORPUS")
	if dir == "" {
		t.Skip("MEANTIME_CORPUS names no folder of mails: nothing to compare with")
	}
	return filepath.Join(dir, "email")
}

func readFile(t testing.TB, parts ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func readJSON(t testing.TB, into any, parts ...string) {
	t.Helper()
	if err := json.Unmarshal([]byte(readFile(t, parts...)), into); err != nil {
		t.Fatal(err)
	}
}

// want is one text and what should be left of it.
type want struct{ name, text, said string }

// same compares what a reader sees: blanks at the ends of lines and runs of blank lines
// are no difference.
func seen(s string) string {
	var out []string
	for _, l := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		l = strings.TrimRight(l, " \t")
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// lost are the words that should have been said and were not.
func lost(should, said string) []string {
	had := map[string]int{}
	for _, w := range strings.Fields(said) {
		had[w]++
	}
	var gone []string
	for _, w := range strings.Fields(should) {
		if had[w]--; had[w] < 0 && strings.Trim(w, ">-_=—|*") != "" {
			gone = append(gone, w)
		}
	}
	return gone
}

// score counts one corpus.
type score struct {
	all, exact, lost int
	misses           []string
}

func (s *score) add(t *testing.T, name, said, should string) {
	s.all++
	if seen(said) == seen(should) {
		s.exact++
		return
	}
	gone := lost(should, said)
	what := "keeps more"
	if len(gone) > 0 {
		s.lost++
		what = fmt.Sprintf("loses %q", strings.Join(gone[:min(len(gone), 12)], " "))
	}
	s.misses = append(s.misses, name+": "+what)
	if testing.Verbose() {
		t.Logf("%s: %s\n--- got\n%s\n--- want\n%s\n---", name, what, said, should)
	}
}

func erp(t *testing.T, dir, folder string) []want {
	var ref map[string]struct {
		Said string `json:"visible_text"`
	}
	readJSON(t, &ref, dir, "reference_output.json")
	var all []want
	for name, r := range ref {
		all = append(all, want{name, readFile(t, dir, folder, name), r.Said})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].name < all[j].name })
	return all
}

func discourse(t *testing.T, dir string) []want {
	files, err := filepath.Glob(filepath.Join(dir, "emails", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var all []want
	for _, f := range files {
		name := filepath.Base(f)
		all = append(all, want{name, readFile(t, f), readFile(t, dir, "trimmed", name)})
	}
	return all
}

// talon reads the cases that call its two functions for quotations; the others test its
// insides, which we have not.
func talon(t *testing.T, dir, fn string) []want {
	var cases []struct {
		Test, Fn string
		Input    json.RawMessage
		Expected json.RawMessage
	}
	readJSON(t, &cases, dir, "cases.json")
	var all []want
	for i, c := range cases {
		var in, out string
		if !strings.HasPrefix(c.Fn, fn) || json.Unmarshal(c.Input, &in) != nil || json.Unmarshal(c.Expected, &out) != nil {
			continue
		}
		_, name, _ := strings.Cut(c.Test, "::")
		if strings.HasPrefix(out, "<RE_WHITESPACE") { // the text of the reference was not evaluated
			switch name {
			case "test_gmail_quote_blockquote":
				out = in
			case "test_blockquote_disclaimer":
				out = "message<div>disclaimer</div>"
			default:
				out = in
			}
		}
		all = append(all, want{fmt.Sprintf("%02d %s", i, name), in, out})
	}
	return all
}

func saidOfText(s string) string { said, _ := Reply(s, ""); return said }

func saidOfHTML(s string) string { said, _ := divide(linesOfHTML(s), ""); return said }

func TestRepliesOfTheCorpora(t *testing.T) {
	dir := corpus(t)
	scores := map[string]*score{}
	count := func(name string, all []want, said func(string) string, text func(string) string) {
		s := &score{}
		scores[name] = s
		for _, w := range all {
			s.add(t, w.name, said(w.text), text(w.said))
		}
	}
	plain := func(s string) string { return s }
	// Of HTML the reference compares what is left when all blanks are taken out.
	squeezed := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	marked := func(s string) string { return squeezed(join(linesOfHTML(s))) }
	saidSqueezed := func(s string) string { return squeezed(saidOfHTML(s)) }
	count("github_email_reply_parser", erp(t, filepath.Join(dir, "github_email_reply_parser"), "emails"), saidOfText, plain)
	count("crisp_erp", erp(t, filepath.Join(dir, "crisp_erp"), "fixtures"), saidOfText, plain)
	count("discourse_trimmer", discourse(t, filepath.Join(dir, "discourse_trimmer")), saidOfText, plain)
	count("talon plain", talon(t, filepath.Join(dir, "talon"), "quotations.extract_from_plain"), saidOfText, plain)
	count("talon html", talon(t, filepath.Join(dir, "talon"), "quotations.extract_from_html"), saidSqueezed, marked)
	count("talon html_replies", talonReplies(t, dir), saidSqueezed, squeezed)
	count("talon standard_replies", standardReplies(t, dir), saidOfMail, plain)
	count("zulip subjects", subjects(t, dir), Title, plain)
	report(t, scores)
}

func talonReplies(t *testing.T, dir string) []want {
	files, _ := filepath.Glob(filepath.Join(dir, "talon", "fixtures", "html_replies", "*.html"))
	var all []want
	for _, f := range files {
		all = append(all, want{filepath.Base(f), readFile(t, f), "Hi. I am fine.\n\nThanks,\nAlex"})
	}
	return append(all, want{"reply-separated-by-hr.html", readFile(t, dir, "talon", "fixtures", "reply-separated-by-hr.html"), "Hi\nthere\nBob"})
}

func standardReplies(t *testing.T, dir string) []want {
	var ref map[string]string
	readJSON(t, &ref, dir, "talon", "standard_replies_expected.json")
	var all []want
	for name, said := range ref {
		all = append(all, want{name, readFile(t, dir, "talon", "fixtures", "standard_replies", name), said})
	}
	return all
}

func saidOfMail(raw string) string {
	l, err := Read([]byte(raw), Limits{})
	if err != nil {
		return err.Error()
	}
	return l.Said
}

func subjects(t *testing.T, dir string) []want {
	var ref []struct {
		From string `json:"original_subject"`
		To   string `json:"stripped_subject"`
	}
	readJSON(t, &ref, dir, "zulip", "subjects.json")
	var all []want
	for _, r := range ref {
		all = append(all, want{r.From, r.From, r.To})
	}
	return all
}

// floors are what each corpus reached; less is a step back.
var floors = map[string]struct{ all, exact, lost int }{
	"crisp_erp":                 {49, 44, 2},
	"discourse_trimmer":         {26, 26, 0},
	"github_email_reply_parser": {13, 13, 0},
	"talon html":                {10, 9, 0},
	"talon html_replies":        {6, 6, 0},
	"talon plain":               {22, 20, 0},
	"talon standard_replies":    {5, 5, 0},
	"zulip subjects":            {23, 23, 0},
}

// reasons say why we differ from a reference on purpose. The same stand in
// docs/mail-reading.md.
var reasons = map[string]string{
	"email_thread.txt":                                   "the reference leaves the line that introduces the quote, because it is broken in three",
	"email_tricky_17_forward_header.txt":                 "the reference does not know forwards; its own text says that this is one",
	"email_tricky_18_inline_reply.txt":                   "answers between the lines keep the quotes they answer",
	"email_tricky_19_quote_without_header.txt":           "answers between the lines keep the quotes they answer",
	"email_tricky_2_url_with_wrote.txt":                  "greetings stay: two other corpora want them",
	"05 test_reply_and_quotation_splitter_share_line":    "the case pairs one test's input with another's result; the line lost is the author's",
	"06 test_reply_and_quotation_splitter_share_line":    "the case pairs one test's input with another's result; the line lost is the author's",
	"35 test_from_block_and_quotations_in_separate_divs": "a ruler above the quote goes with the quote",
}

func report(t *testing.T, scores map[string]*score) {
	var names []string
	for n := range scores {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		s := scores[n]
		t.Logf("%-26s %3d of %3d exact, %d lose words", n, s.exact, s.all, s.lost)
		for _, m := range s.misses {
			name, _, _ := strings.Cut(m, ": ")
			t.Logf("    %s (%s)", m, reasons[name])
			if s.all == floors[n].all && reasons[name] == "" {
				t.Errorf("%s: %s, and no reason is known", n, m)
			}
		}
		// Another edition of a corpus is counted and reported, but has no floor.
		if f := floors[n]; s.all == f.all && (s.exact < f.exact || s.lost > f.lost) {
			t.Errorf("%s: %d of %d exact and %d lose words, want at least %d and at most %d", n, s.exact, s.all, s.lost, f.exact, f.lost)
		}
	}
}
