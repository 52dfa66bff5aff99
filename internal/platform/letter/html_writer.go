package letter

import "strings"

// writer writes Markdown lines while it walks over HTML.
type writer struct {
	lines  []line
	now    strings.Builder // the line being written
	space  bool            // a space is due before the next word
	blank  bool            // a blank line is due before the next line
	quotes int             // how deep in quotes
	indent string          // of list items
	bullet string          // due before the next words
	pre    bool
	hint   mark // for the next line that has words
	within mark // for all lines here
	inLink bool
}

// newline ends the line being written, if anything is on it.
func (w *writer) newline() {
	text := strings.TrimRight(w.now.String(), " ")
	empty := w.now.Len() > 0 // a hard space stood for a blank line
	w.now.Reset()
	w.space = false
	if text == "" && !w.pre {
		w.blank = w.blank || empty && len(w.lines) > 0
		return
	}
	w.put(text)
}

func (w *writer) put(text string) {
	if w.blank && len(w.lines) > 0 {
		w.lines = append(w.lines, line{text: strings.TrimRight(strings.Repeat("> ", w.depthOfBlank()), " "), depth: w.depthOfBlank()})
	}
	w.blank = false
	l := newLine(strings.Repeat("> ", w.quotes) + text)
	if l.mark = w.within; w.hint != unmarked && text != "" {
		l.mark, w.hint = w.hint, unmarked
	}
	w.lines = append(w.lines, l)
}

// depthOfBlank is how deeply a blank line is quoted: as deep as both of its neighbours.
func (w *writer) depthOfBlank() int {
	return min(w.quotes, w.lines[len(w.lines)-1].depth)
}

// paragraph ends the line and has a blank one follow.
func (w *writer) paragraph() {
	w.newline()
	w.blank = len(w.lines) > 0
}

// write adds words to the line.
func (w *writer) write(s string) {
	if s == "" {
		return
	}
	if w.now.Len() == 0 {
		w.now.WriteString(w.indent + w.bullet)
		w.bullet = ""
	} else if w.space {
		w.now.WriteByte(' ')
	}
	w.space = false
	w.now.WriteString(s)
}

func (w *writer) words(s string) {
	if w.pre {
		for i, l := range strings.Split(strings.ReplaceAll(s, "\r", ""), "\n") {
			if i > 0 {
				w.put(strings.TrimRight(w.now.String(), " "))
				w.now.Reset()
			}
			w.now.WriteString(l)
		}
		return
	}
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' })
	if len(fields) == 0 {
		w.space = w.space || s != "" && w.now.Len() > 0
		return
	}
	if strings.ContainsAny(s[:1], " \n\t\r") && w.now.Len() > 0 {
		w.space = true
	}
	text := escape(strings.Join(fields, " "))
	if w.now.Len() == 0 && strings.HasPrefix(text, "#") {
		text = `\` + text
	}
	w.write(text)
	w.space = strings.ContainsAny(s[len(s)-1:], " \n\t\r")
}

var (
	escapes       = strings.NewReplacer("*", `\*`, "`", "\\`", "\u00a0", " ")
	unescapes     = strings.NewReplacer(`\*`, "*", `\<`, "<", "\\`", "'")
	bracketed     = strings.NewReplacer("[", `\[`, "]", `\]`)
	parenthesised = strings.NewReplacer("(", "%28", ")", "%29")
	roundly       = strings.NewReplacer("[", "(", "]", ")", "\n", " ")
)

// escape keeps what the author typed from being read as Markdown's emphasis or HTML.
func escape(s string) string {
	s = escapes.Replace(s)
	if !strings.Contains(s, "<") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '<' && i+1 < len(s) && (s[i+1]|0x20 >= 'a' && s[i+1]|0x20 <= 'z' || s[i+1] == '/' || s[i+1] == '!') && !addressed(s[i+1:]) {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// addressed says that "<" opens a mailbox or an address, which Markdown shows as it is.
func addressed(s string) bool {
	end := strings.IndexByte(s[:min(len(s), 300)], '>')
	return end > 0 && !strings.ContainsAny(s[:end], " <") && strings.ContainsAny(s[:end], "@:")
}
