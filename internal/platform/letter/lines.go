package letter

import (
	"strings"
	"unicode"
)

// mark is what HTML knows about a line and plain text does not.
type mark int

const (
	unmarked   mark = iota
	introduces      // a mail program says that a quote begins here
	signs           // a mail program says that this is a signature
	indents         // a block that the author indented: not a quote
)

// line is one line of a letter, as it is and as it is compared.
type line struct {
	text  string // as written, with its ">"
	bare  string // without ">", emphasis and surplus space
	depth int    // how deeply quoted
	code  bool   // inside a fence: nothing in it is cut
	mark  mark
}

func (l line) blank() bool  { return l.bare == "" && l.depth == 0 }
func (l line) quoted() bool { return l.depth > 0 }

// strange are the characters that are seen as a space, or not at all.
var strange = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u200b", "", "\u200e", "", "\u200f", "",
	"\u2060", "", "\ufeff", "", "\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "", "\u3000", " ", "\t", " ")

// linesOf divides a text into lines, and mends those that mail programs broke where
// a quote seems to begin: "<" newline "a@b" newline "> wrote:".
func linesOf(text string) []line {
	if strings.Contains(text, "\r") {
		text = unixed.Replace(text)
	}
	var ls []line
	for more := true; more; {
		if len(ls) == mostLines { // the rest stays, in one piece
			return append(fenced(ls), line{text: strings.TrimRight(text, "\n"), bare: bareOf(clipTo(text, 1000))})
		}
		var t string
		t, text, more = strings.Cut(text, "\n")
		if n := len(ls); n > 0 && closes(ls, t) {
			ls = mended(ls, t)
			continue
		}
		if len(t) < 600 && strings.Contains(t, " wrote:") {
			if m := sharing.FindStringSubmatch(t); m != nil {
				ls = append(ls, newLine(m[1]))
				t = m[2]
			}
		}
		ls = append(ls, newLine(t))
	}
	return fenced(ls)
}

// mostLines is how many lines are told apart.
const mostLines = 20_000

var unixed = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// sharing is an introduction that begins behind the author's last words.
var sharing = later(`^([^>].*[\p{L}\p{N}.!?])\s*(-{3,} On .{10,200} wrote:)\s*$`)

func newLine(text string) line {
	text = strings.TrimRight(text, " \t\u00a0")
	depth, rest := quoteDepth(text)
	return line{text: text, depth: depth, bare: bareOf(rest)}
}

// bareOf takes a line's decoration away, so that patterns need not know of it.
func bareOf(s string) string {
	if isASCII(s) {
		s = strings.ReplaceAll(s, "\t", " ")
	} else {
		s = strange.Replace(s)
	}
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, "*\\&") {
		s = plainer.Replace(s)
	}
	if strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return strings.TrimSpace(s)
}

var plainer = strings.NewReplacer("**", "", "*", "", `\`, "", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// quoteDepth counts the ">" that a line begins with.
func quoteDepth(s string) (depth int, rest string) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '>':
			depth++
		case ' ', '\t':
			if depth == 0 && i >= 3 { // as far to the right, it is code
				return 0, s
			}
		case '|':
			if depth == 0 {
				return 0, s
			}
		default:
			return depth, s[i:]
		}
	}
	return depth, ""
}

var closing = later(`^\s*>\s*(?:[\p{L} ]{0,40})[:：]\s*$`)

// closes says whether t ends an address that a line before it opened with "<".
func closes(ls []line, t string) bool {
	if len(t) > 80 || !strings.HasPrefix(strings.TrimSpace(t), ">") || !closing.MatchString(t) {
		return false
	}
	for i, seen := len(ls)-1, 0; i >= 0 && seen < 3; i-- {
		if ls[i].text == "" {
			continue
		}
		seen++
		if ls[i].depth > 0 {
			return false
		}
		if open := strings.LastIndexByte(ls[i].text, '<'); open >= 0 {
			tail := ls[i].text[open:]
			// "<", or "<a@b", or in the middle "mailto:A B <a@b>"
			return !strings.Contains(tail, ">") || strings.HasPrefix(ls[i].bare, "mailto:")
		}
		if !strings.Contains(ls[i].text, "@") {
			return false
		}
	}
	return false
}

// mended joins t, and what the address spreads over, to the line that opened it.
func mended(ls []line, t string) []line {
	from := len(ls) - 1
	for from > 0 && (ls[from].bare == "" || ls[from].bare == "<" || strings.HasPrefix(ls[from].bare, "mailto:")) {
		from--
	}
	var words []string
	for _, l := range ls[from:] {
		words = append(words, l.text)
	}
	joined := strings.Join(strings.Fields(strings.Join(append(words, t), " ")), " ")
	return append(ls[:from], newLine(joined))
}

// fenced marks the lines between ``` and ```. A fence that never ends is none.
func fenced(ls []line) []line {
	open := -1
	for i := range ls {
		if !strings.HasPrefix(ls[i].bare, "```") || ls[i].quoted() {
			continue
		}
		if open < 0 {
			open = i
			continue
		}
		for j := open; j <= i; j++ {
			ls[j].code = true
		}
		open = -1
	}
	return ls
}

// join puts lines together again, without blank lines at either end.
func join(ls []line) string {
	for len(ls) > 0 && strings.TrimSpace(ls[0].text) == "" {
		ls = ls[1:]
	}
	for len(ls) > 0 && strings.TrimSpace(ls[len(ls)-1].text) == "" {
		ls = ls[:len(ls)-1]
	}
	var b strings.Builder
	for i, l := range ls {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// words counts what reads as words.
func words(ls []line) int {
	n := 0
	for _, l := range ls {
		if l.code {
			n += 5
		}
		for _, f := range strings.Fields(l.bare) {
			if strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r > 0x2190 }) {
				n++
			}
		}
	}
	return n
}
