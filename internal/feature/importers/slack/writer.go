package slack

import (
	"strings"
)

// lineKind says what a line of Markdown belongs to; a blank line parts different kinds.
type lineKind int

const (
	lineBlank lineKind = iota
	lineText
	lineItem
	lineCode
)

type line struct {
	kind  lineKind
	quote bool
	text  string
}

// writer gathers a message line by line and joins the lines so that Markdown shows them
// as Slack did: one below the other.
type writer struct {
	a        *Archive
	lines    []line
	mentions []string
	level    int // of the list item before
}

func (w *writer) put(kind lineKind, quote bool, text string) {
	w.lines = append(w.lines, line{kind, quote, text})
	if kind != lineItem {
		w.level = -1
	}
}

// blank begins a new paragraph.
func (w *writer) blank() {
	if len(w.lines) > 0 {
		w.put(lineBlank, false, "")
	}
}

// paragraph adds text that is Markdown already.
func (w *writer) paragraph(markdown string) {
	w.blank()
	w.put(lineText, false, markdown)
}

func (w *writer) empty() bool {
	for _, l := range w.lines {
		if visible(l.text) {
			return false
		}
	}
	return true
}

// plain adds one line of inline Markdown, whose start must not be taken for a mark-up.
func (w *writer) plain(quote bool, inline string) {
	if !visible(inline) {
		w.put(lineBlank, quote, "")
		return
	}
	w.put(lineText, quote, guard(inline))
}

// item adds a line of a list. A level deeper than the list has got to is brought back.
func (w *writer) item(quote bool, level int, marker, inline string) {
	before := -1
	if n := len(w.lines); n > 0 && w.lines[n-1].kind == lineItem && w.lines[n-1].quote == quote {
		before = w.level
	}
	level = max(0, min(level, before+1, 8))
	w.put(lineItem, quote, strings.Repeat("    ", level)+marker+" "+guard(inline))
	w.level = level
}

// code adds a fenced block. The fence is longer than any run of backticks inside.
func (w *writer) code(quote bool, code string) {
	code = strings.Trim(code, "\n")
	fence := strings.Repeat("`", max(3, longestRun(code, '`')+1))
	w.put(lineCode, quote, fence)
	for l := range strings.SplitSeq(code, "\n") {
		w.put(lineCode, quote, l)
	}
	w.put(lineCode, quote, fence)
}

func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] == c {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	return longest
}

// done joins the lines.
func (w *writer) done() (string, []string) {
	var b strings.Builder
	var before *line
	gap := false
	for len(w.lines) > 0 && w.lines[len(w.lines)-1].kind == lineBlank {
		w.lines = w.lines[:len(w.lines)-1]
	}
	for i := range w.lines {
		l := &w.lines[i]
		if l.kind == lineBlank && (!l.quote || before == nil || !before.quote) {
			gap = true
			continue
		}
		if before != nil {
			b.WriteString(joint(before, l, gap))
		}
		if l.quote {
			b.WriteString(strings.TrimRight("> "+l.text, " "))
		} else {
			b.WriteString(l.text)
		}
		before, gap = l, false
	}
	return strings.TrimRight(b.String(), " \n"), w.mentions
}

// joint is what stands between two lines.
func joint(before, l *line, gap bool) string {
	switch {
	case before.kind == lineBlank || l.kind == lineBlank:
		return "\n"
	case before.kind == lineCode && l.kind == lineCode && before.quote == l.quote && !gap:
		return "\n"
	case gap || before.quote != l.quote:
		return "\n\n"
	case before.kind == l.kind && l.kind == lineText:
		return "  \n"
	case before.kind == l.kind:
		return "\n"
	case l.quote:
		return "\n>\n"
	}
	return "\n\n"
}

// guard keeps the start of a line from being read as a heading, a list, a rule, a quote,
// a table or an indented block.
func guard(s string) string {
	body := strings.TrimLeft(s, " \t")
	indent := ""
	if n := len(s) - len(body); n > 1 {
		indent = strings.Repeat("\u00a0", min(n, 40))
	}
	if indent == "" && startsBlock(body) {
		return `\` + body
	}
	return indent + body
}

func startsBlock(s string) bool {
	if s == "" {
		return false
	}
	rest := strings.TrimLeft(s, "#")
	switch {
	case len(rest) < len(s) && len(s)-len(rest) <= 6 && (rest == "" || rest[0] == ' ' || rest[0] == '\t'):
		return true
	case s[0] == '>':
		return true
	case (s[0] == '-' || s[0] == '+') && (len(s) == 1 || s[1] == ' ' || s[1] == '\t'):
		return true
	}
	return strings.ContainsAny(s, "-=") && strings.Trim(s, "-=:| \t") == ""
}
