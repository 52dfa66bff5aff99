package slack

import (
	"regexp"
	"strings"
)

// mrkdwn adds a text in Slack's own mark-up as a paragraph of its own.
func (w *writer) mrkdwn(text string) {
	text = strings.ReplaceAll(clean(strings.ReplaceAll(text, "\r\n", "\n")), "\u2028", "\n")
	text = strings.Trim(text, "\n")
	if !visible(text) {
		return
	}
	w.blank()
	q := quoting{}
	for text != "" {
		before, code, after, ok := cutCode(text)
		if !ok {
			w.prose(text, &q)
			return
		}
		inQuote := q.all || quoted(before[strings.LastIndexByte(before, '\n')+1:])
		w.prose(strings.TrimSuffix(before, "\n"), &q)
		w.code(q.all || inQuote, w.flat(code))
		text = strings.TrimPrefix(after, "\n")
	}
}

// quoting remembers that ">>>" quotes everything to the end.
type quoting struct{ all bool }

// cutCode finds the first ```block``` with something in it.
func cutCode(s string) (before, code, after string, ok bool) {
	start := strings.Index(s, "```")
	if start < 0 {
		return s, "", "", false
	}
	end := strings.Index(s[start+3:], "```")
	if end < 0 || !visible(s[start+3:start+3+end]) {
		return s, "", "", false
	}
	end += start + 3
	return s[:start], s[start+3 : end], s[end+3:], true
}

func quoted(s string) bool { return strings.HasPrefix(s, "&gt;") || strings.HasPrefix(s, ">") }

func cutQuote(s string) string {
	if rest, ok := strings.CutPrefix(s, "&gt;"); ok {
		return rest
	}
	return strings.TrimPrefix(s, ">")
}

// prose adds lines without code blocks.
func (w *writer) prose(s string, q *quoting) {
	if s == "" {
		return
	}
	for l := range strings.SplitSeq(s, "\n") {
		quote := q.all
		if !quote && quoted(l) {
			quote = true
			one := cutQuote(l)
			if two := cutQuote(one); quoted(one) && quoted(two) {
				q.all, one = true, cutQuote(two)
			}
			l = strings.TrimPrefix(one, " ")
		}
		w.line(quote, l)
	}
}

var (
	bullet   = regexp.MustCompile(`^([ \t]*)(?:[•◦▪▫‣⁃·]\x{FE0E}?|-)[ \t\x{A0}]+(\S.*)$`)
	numbered = regexp.MustCompile(`^([ \t]*)(\d{1,9}[.)])[ \t]+(\S.*)$`)
	lettered = regexp.MustCompile(`^([ \t]+)[a-z]{1,4}\.[ \t]+(\S.*)$`)
)

// line adds one line: an item of a list, or text.
func (w *writer) line(quote bool, l string) {
	if m := bullet.FindStringSubmatch(l); m != nil {
		w.item(quote, depth(m[1]), "-", w.inline(m[2]))
		return
	}
	if m := numbered.FindStringSubmatch(l); m != nil {
		w.item(quote, depth(m[1]), m[2], w.inline(m[3]))
		return
	}
	afterItem := len(w.lines) > 0 && w.lines[len(w.lines)-1].kind == lineItem
	if m := lettered.FindStringSubmatch(l); m != nil && afterItem {
		w.item(quote, depth(m[1]), "1.", w.inline(m[2]))
		return
	}
	w.plain(quote, w.inline(l))
}

// depth reads Slack's indentation of four spaces a level.
func depth(indent string) int {
	return (len(strings.ReplaceAll(indent, "\t", "    ")) + 2) / 4
}
