package push

import (
	"fmt"
	"strings"
	"unicode"

	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// note is what a device shows. It holds titles and nothing else of what was written:
// it may light up on a table where others sit.
type note struct {
	Title  string `json:"title"`
	Body   string `json:"body"`
	URL    string `json:"url"` // on our own origin, "/…"
	Tag    string `json:"tag"` // the same digest takes the place of itself
	Urgent bool   `json:"urgent"`
	Acts   []act  `json:"acts,omitempty"`
}

// act is a button of a note. Pressing it asks once more and does it, or opens the page
// of the link where words are wanted.
type act struct {
	Label string `json:"label"`
	Says  string `json:"says"` // what will happen
	URL   string `json:"url"`
	Words bool   `json:"words,omitempty"`
}

const mostLines = 3 // of a digest that are named

// noteOf writes a digest as a notification.
func noteOf(d Digest) note {
	n := note{Tag: id.Encode("dig", d.ID), Urgent: d.Urgency == worktime.Urgent}
	mark := ""
	if n.Urgent {
		mark = "Urgent: "
	}
	if len(d.Items) == 1 {
		it := d.Items[0]
		n.Title, n.Body, n.URL = mark+oneLine(it.Subject, 80), oneLine(it.Title, 120), ownPath(it.Path)
		if it.Subject == "" {
			n.Title = mark + "One thing for you"
		}
		return n
	}
	n.Title, n.URL = fmt.Sprintf("%s%d things for you", mark, len(d.Items)), "/digests/"+n.Tag
	var lines []string
	for _, it := range d.Items[:min(len(d.Items), mostLines)] {
		lines = append(lines, oneLine(it.Title, 120))
	}
	if more := len(d.Items) - mostLines; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	n.Body = strings.Join(lines, "\n")
	return n
}

// ownPath is a path of our own, whatever it says.
func ownPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/inbox"
	}
	return path
}

// oneLine is a text without breaks and without characters that draw nothing or
// turn the writing around, at most that many runes long.
func oneLine(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || r == unicode.ReplacementChar || (unicode.Is(unicode.Cf, r) && r != 0x200d && r != 0x200c):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return cut(strings.Join(strings.Fields(s), " "), most)
}

// cut shortens to so many runes, the last of them an ellipsis.
func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return strings.TrimSpace(string(r[:most-1])) + "…"
}
