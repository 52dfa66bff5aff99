package letter

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// linesOfHTML turns HTML into lines of Markdown. Quotes become ">", and what mail
// programs say about quotes and signatures becomes marks. Scripts, styles, what is not
// shown, and pictures from elsewhere are left out.
func linesOfHTML(source string) []line {
	root, err := html.Parse(strings.NewReader(source))
	if err != nil { // nested too deeply
		return linesOf(textOf(source))
	}
	w := &writer{}
	w.children(root)
	w.newline()
	return fenced(w.lines)
}

// textOf reads the words of HTML that is too broken to be understood.
func textOf(source string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	skip := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if !skip {
				b.WriteString(strings.Join(strings.Fields(string(z.Text())), " "))
			}
		case html.StartTagToken, html.EndTagToken:
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case atom.Script, atom.Style, atom.Title:
				skip = z.Token().Type == html.StartTagToken
			case atom.P, atom.Div, atom.Br, atom.Tr, atom.Li, atom.Blockquote:
				b.WriteByte('\n')
			default:
				b.WriteByte(' ')
			}
		}
	}
}

func (w *writer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.words(c.Data)
		case html.ElementNode:
			w.element(c)
		case html.DocumentNode:
			w.children(c)
		}
	}
}

func (w *writer) element(n *html.Node) {
	if unseen(n) {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		if w.now.Len() > 0 || w.pre {
			w.newline()
		} else {
			w.blank = len(w.lines) > 0
		}
	case atom.Hr:
		w.paragraph()
		w.put("---")
		w.blank = true
	case atom.Img:
		w.image(n)
	case atom.A:
		w.link(n)
	case atom.B, atom.Strong:
		w.around(n, "**")
	case atom.I, atom.Em:
		w.around(n, "*")
	case atom.Del, atom.S, atom.Strike:
		w.around(n, "~~")
	case atom.Code, atom.Tt, atom.Kbd:
		w.around(n, "`")
	case atom.Table:
		w.table(n)
	case atom.Td, atom.Th:
		w.marked(n)
		w.space = true
	default:
		w.block(n)
	}
}

func (w *writer) block(n *html.Node) {
	switch n.DataAtom {
	case atom.P, atom.Ul, atom.Ol, atom.Dl:
		if n.DataAtom == atom.P && tight(n) {
			w.newline()
			before := len(w.lines)
			w.marked(n)
			w.newline()
			w.blank = w.blank || len(w.lines) == before && before > 0
			return
		}
		w.paragraph()
		w.list(n)
		w.paragraph()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.paragraph()
		w.bullet = strings.Repeat("#", int(n.Data[1]-'0')) + " "
		w.marked(n)
		w.bullet = ""
		w.paragraph()
	case atom.Blockquote:
		w.blockquote(n)
	case atom.Pre:
		w.preformatted(n)
	case atom.Div, atom.Tr, atom.Li, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Center, atom.Address, atom.Dt, atom.Dd, atom.Body, atom.Form, atom.Fieldset, atom.Tbody, atom.Thead:
		w.newline()
		w.marked(n)
		w.newline()
	default:
		w.marked(n)
	}
}

// tight says that a paragraph has no space around it: Word writes each line as one,
// and an empty one for a blank line.
func tight(n *html.Node) bool {
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	return strings.HasPrefix(strings.ToLower(attr(n, "class")), "mso") || strings.Contains(style, "margin:0") && !strings.Contains(style, "margin:0.") || strings.Contains(style, "margin-bottom:0")
}

// list writes a list, or what else stands in paragraphs of its own.
func (w *writer) list(n *html.Node) {
	if n.DataAtom != atom.Ul && n.DataAtom != atom.Ol {
		w.marked(n)
		return
	}
	indent, item := w.indent, 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			if c.Type == html.ElementNode {
				w.element(c)
			}
			continue
		}
		item++
		w.newline()
		w.indent, w.bullet = indent, "- "
		if n.DataAtom == atom.Ol {
			w.bullet = itoa(item) + ". "
		}
		w.item(c, indent)
	}
	w.indent = indent
}

// item writes a list item: its first line behind the bullet, the rest beneath.
func (w *writer) item(n *html.Node, indent string) {
	behind := indent
	if len(indent) < 40 {
		behind += "  "
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			w.words(c.Data)
		} else if c.Type == html.ElementNode {
			if c.DataAtom == atom.Ul || c.DataAtom == atom.Ol {
				w.newline()
				w.bullet = ""
				w.indent = behind
				w.list(c)
				continue
			}
			w.element(c)
		}
		if w.bullet == "" {
			w.indent = indent
		}
	}
	w.bullet = ""
	w.newline()
}

func itoa(n int) string {
	if n > 999 {
		n = 999
	}
	var b []byte
	for ; n > 0; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}

func (w *writer) blockquote(n *html.Node) {
	was := w.within
	w.paragraph()
	if byHand(n) {
		w.within = indents
	}
	if indented(n) {
		w.within = indents
		w.children(n)
		w.newline()
	} else {
		w.quotes++
		w.children(n)
		w.newline()
		w.blank = false
		w.quotes--
	}
	w.within = was
	w.blank = true
}

func (w *writer) preformatted(n *html.Node) {
	w.paragraph()
	if w.pre || mailLike(n) {
		w.pre = true
		w.marked(n)
		w.put(w.now.String())
		w.now.Reset()
		w.pre = false
		w.blank = true
		return
	}
	w.put("```")
	w.pre = true
	w.children(n)
	w.put(strings.TrimRight(w.now.String(), " "))
	w.now.Reset()
	w.pre = false
	w.put("```")
	w.blank = true
}

// mailLike says that a <pre> is the text of a mail, as Thunderbird and archives write
// it, rather than code that somebody set off.
func mailLike(n *html.Node) bool {
	class := attr(n, "class") + " " + attr(n, "wrap")
	return strings.Contains(class, "moz-quote-pre") || strings.Contains(class, "moz-signature") ||
		n.Parent != nil && n.Parent.DataAtom == atom.Body && n.PrevSibling == nil && n.NextSibling == nil
}
