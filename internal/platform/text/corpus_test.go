package text_test

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"example.org/meantime/internal/platform/testkit"
	"example.org/meantime/internal/platform/text"
)

// corpus reads a table that other people wrote.
func corpus(t *testing.T, name string, into any) {
	t.Helper()
	dir := os.Getenv("MEANTIME_CORPUS")
	if dir == "" {
		t.Skip("MEANTIME_CORPUS names no folder with tables to test against")
	}
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

var (
	anyTag  = regexp.MustCompile(`<(/?)([a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+="[^"<>]*")*)\s*/?>`)
	anyAttr = regexp.MustCompile(`([a-zA-Z-]+)="([^"]*)"`)
	tags    = strings.Fields("p br hr h1 h2 h3 h4 h5 h6 blockquote ul ol li pre code em strong del table thead tbody tr th td a img input")
	attrs   = strings.Fields("start align class type checked disabled data-handle rel href src alt loading")
)

// harmless reads HTML with eyes of its own: nothing but known elements with known
// attributes, leading nowhere but the web, mail, and our own files.
func harmless(t *testing.T, out string) {
	t.Helper()
	for _, m := range anyTag.FindAllStringSubmatch(out, -1) {
		if !slices.Contains(tags, m[2]) {
			t.Errorf("element %q in %.200q", m[0], out)
		}
		for _, a := range anyAttr.FindAllStringSubmatch(m[3], -1) {
			if !slices.Contains(attrs, a[1]) {
				t.Errorf("attribute %q in %.200q", a[0], out)
			}
			to := strings.ToLower(html.UnescapeString(a[2]))
			to = strings.Map(func(r rune) rune {
				if r <= ' ' {
					return -1
				}
				return r
			}, to)
			if scheme, _, has := strings.Cut(to, ":"); a[1] == "href" && has && !strings.ContainsAny(scheme, "/?#") && !slices.Contains([]string{"http", "https", "mailto"}, scheme) {
				t.Errorf("a link to %q", a[2])
			}
			if a[1] == "src" && !strings.HasPrefix(a[2], "/api/v1/files/file_") {
				t.Errorf("a picture from %q", a[2])
			}
		}
	}
	if rest := anyTag.ReplaceAllString(out, ""); strings.Contains(rest, "<") {
		t.Errorf("a stray < in %.300q", rest)
	}
}

func TestNothingGetsThrough(t *testing.T) {
	var list []struct{ Payload string }
	corpus(t, "security/xss_corpus.json", &list)
	if len(list) < 400 {
		t.Fatalf("only %d payloads", len(list))
	}
	for _, c := range list {
		for _, md := range []string{
			c.Payload, "x " + c.Payload, "[x](" + c.Payload + ")", "![x](" + c.Payload + ")", "<" + c.Payload + ">",
			"```" + c.Payload + "\nx\n```", "| " + c.Payload + " |\n|---|\n| @" + c.Payload + " |",
		} {
			out := text.Render(md)
			harmless(t, out)
			if again := text.Safe(out); again != out {
				t.Errorf("made safe twice: %.200q became %.200q", out, again)
			}
		}
		harmless(t, text.Safe(c.Payload))
		if once := text.Safe(c.Payload); text.Safe(once) != once {
			t.Errorf("made safe twice: %.200q", c.Payload)
		}
	}
}

// recipes are the pathological inputs, each by the name the table has for it.
var recipes = map[string]func() string{
	"nested strong emph":                func() string { return rep("*a **a ", 65000) + "b" + rep(" a** a*", 65000) },
	"many emph closers with no openers": func() string { return rep("a_ ", 65000) },
	"many emph openers with no closers": func() string { return rep("_a ", 65000) },
	"many link closers with no openers": func() string { return rep("a]", 65000) },
	"many link openers with no closers": func() string { return rep("[a", 65000) },
	"mismatched openers and closers":    func() string { return rep("*a_ ", 50000) },
	"openers and closers multiple of 3": func() string { return "a**b" + rep("c* ", 50000) },
	"link openers and emph closers":     func() string { return rep("[ a_", 50000) },
	"pattern [ (]( repeated":            func() string { return rep("[ (](", 80000) },
	"hard link/emph case":               func() string { return "**x [a*b**c*](d)" },
	"nested brackets":                   func() string { return rep("[", 50000) + "a" + rep("]", 50000) },
	"nested block quotes":               func() string { return rep("> ", 50000) + "a" },
	"deeply nested lists":               func() string { return rising(1000, func(i int) string { return rep("  ", i) + "* a\n" }) },
	"U+0000 in input":                   func() string { return "abc\x00de\x00" },
	"backticks":                         func() string { return rising(5000, func(i int) string { return "e" + rep("`", i) }) },
	"unclosed links A":                  func() string { return rep("[a](<b", 30000) },
	"unclosed links B":                  func() string { return rep("[a](b", 30000) },
	"tables":                            func() string { return rep("aaa\rbbb\n-\v\n", 30000) },
	"reference collisions": func() string {
		return rising(8000, func(i int) string { return fmt.Sprintf("[r%d]: /u\n[r%d]\n\n", i, i) })
	},
	"wide table":                           func() string { return rep("|a", 8000) + "\n" + rep("|-", 8000) + "\n" + rep("|x\n", 8000) },
	"mentions":                             func() string { return rep("@ana ", 50000) },
	"mentions run together":                func() string { return rep("@a", 100000) },
	"links run together":                   func() string { return rep("http://a.b", 20000) },
	"www":                                  func() string { return rep("www.", 50000) },
	"addresses":                            func() string { return rep("a@b.c@", 40000) },
	"entities":                             func() string { return rep("&#", 100000) },
	"entities named":                       func() string { return rep("&a", 100000) },
	"unclosed comments":                    func() string { return rep("<!--", 16000) },
	"unclosed instructions":                func() string { return rep("<?", 16000) },
	"unclosed tags":                        func() string { return rep("<a x=\"", 16000) },
	"nested ordered lists":                 func() string { return rep("1. ", 20000) + "a" },
	"nested lists and quotes":              func() string { return rep("> - ", 20000) + "a" },
	"lines of quotes":                      func() string { return rep(rep(">", 99)+"a\n", 2000) },
	"task lists":                           func() string { return rep("- [ ] a\n", 25000) },
	"emphasis within words":                func() string { return rep("a*b", 16000) },
	"strikes":                              func() string { return rep("~~a", 8000) },
	"half of the brackets allowed":         func() string { return rep("[", 8000) + "a" + rep("]", 8000) },
	"half of the brackets allowed, linked": func() string { return rep("[a](", 8000) },
	"images":                               func() string { return rep("![", 16000) },
	"headings":                             func() string { return rep("a\n===\n", 20000) },
	"references":                           func() string { return rep("[a]: b\n", 20000) + rep("[a] ", 15000) },
	"reference expansion":                  func() string { return "[a]: " + rep("x", 60000) + "\n\n" + rep("[a]", 15000) },
	"deep lists of spaces":                 func() string { return rising(380, func(i int) string { return rep(" ", i) + "- a\n" }) },
	"backslashes":                          func() string { return rep("\\", 200000) },
	"blank lines in a list":                func() string { return "- a\n" + rep("\n", 200000) + "- b" },
	"tabs":                                 func() string { return rep("\t-\n", 50000) },
}

func rep(s string, n int) string { return strings.Repeat(s, n) }

func rising(n int, f func(int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(f(i))
	}
	return b.String()
}

// cpu is the processor's time that this process has used.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// rendered is a text in all its forms, and what of the processor that took.
func rendered(t *testing.T, s string) (string, time.Duration) {
	t.Helper()
	before := cpu(t)
	out := text.Render(s)
	text.Excerpt(s, 200)
	text.Title(s)
	return out, cpu(t) - before
}

func TestNoInputIsSlow(t *testing.T) {
	if testkit.Raced {
		t.Skip("the race detector is what would be measured; make test runs this without it")
	}
	for name, make := range recipes {
		t.Run(name, func(t *testing.T) {
			in := make()
			for _, s := range []string{in, in[:min(len(in), 40_000)], in[:min(len(in), text.MaxMarkdown)]} {
				out, took := rendered(t, s)
				if took > time.Second { // a machine with other work is given a second chance
					_, again := rendered(t, s)
					took = min(took, again)
				}
				if took > time.Second {
					t.Errorf("%d bytes took %s of the processor", len(s), took)
				}
				if len(out) > 40*len(s)+1000 {
					t.Errorf("%d bytes became %d", len(s), len(out))
				}
			}
		})
	}
}

func TestEveryRecipeOfTheTableIsTried(t *testing.T) {
	var table struct{ Cases []struct{ Name string } }
	corpus(t, "markdown/pathological_recipes.json", &table)
	for _, c := range table.Cases {
		if recipes[c.Name] == nil {
			t.Errorf("%q is not tried", c.Name)
		}
	}
}

var tagOrEntity = regexp.MustCompile(`<[^>]*>`)

// tabs writes the tabs that the table shows as arrows.
func tabs(s string) string { return strings.ReplaceAll(s, "→", "\t") }

// words are the visible words of HTML.
func words(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tagOrEntity.ReplaceAllString(s, " "))), " ")
}

// TestCommonMark compares the words that are shown; where our HTML differs by
// intention (raw HTML, pictures, mentions) a case is left out.
func TestCommonMark(t *testing.T) {
	var list []struct{ Markdown, HTML, Section string }
	corpus(t, "markdown/commonmark_0.31.2.json", &list)
	same, all := 0, 0
	for _, c := range list {
		if strings.Contains(c.Section, "HTML") || strings.Contains(c.Markdown, "<") || strings.Contains(c.Markdown, "![") {
			harmless(t, text.Render(c.Markdown))
			continue
		}
		all++
		if got, want := words(text.Render(tabs(c.Markdown))), words(tabs(c.HTML)); got == want {
			same++
		} else {
			t.Logf("%s: %q shows %q, want %q", c.Section, c.Markdown, got, want)
		}
	}
	if all < 400 || same < all-8 {
		t.Errorf("%d of %d cases show the same words", same, all)
	}
}

func TestOtherDialects(t *testing.T) {
	for _, name := range []string{"gfm_spec.json", "gfm_extensions.json", "gfm_regression.json"} {
		var list []struct{ Markdown string }
		corpus(t, "markdown/"+name, &list)
		for _, c := range list {
			harmless(t, text.Render(c.Markdown))
		}
	}
}
