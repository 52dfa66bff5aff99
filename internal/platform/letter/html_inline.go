package letter

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// around writes what is emphasised, if it is words on one line: emphasis does not reach
// across lines.
func (w *writer) around(n *html.Node, with string) {
	if w.pre || w.inLink || breaking(n) {
		w.children(n)
		return
	}
	text := w.inner(n, false)
	if text == "" {
		w.space = true
		return
	}
	if with == "`" {
		text = unescapes.Replace(text)
	}
	w.space = w.space || beginsWithSpace(n)
	w.write(with + text + with)
	w.space = endsWithSpace(n)
}

// inner is what is in n, on one line.
func (w *writer) inner(n *html.Node, link bool) string {
	inner := &writer{inLink: link || w.inLink}
	inner.children(n)
	inner.newline()
	var words []string
	for _, l := range inner.lines {
		words = append(words, l.text)
	}
	return strings.Join(words, " ")
}

// breaking says that n holds more than words in a line.
func breaking(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Br, atom.P, atom.Div, atom.Table, atom.Tr, atom.Td, atom.Ul, atom.Ol, atom.Li, atom.Blockquote, atom.Pre, atom.Hr,
			atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Center, atom.Section, atom.Article, atom.Dl, atom.Form, atom.Address:
			return true
		}
		if breaking(c) {
			return true
		}
	}
	return false
}

func beginsWithSpace(n *html.Node) bool {
	f := n.FirstChild
	return f != nil && f.Type == html.TextNode && f.Data != "" && strings.ContainsAny(f.Data[:1], " \n\t")
}

func endsWithSpace(n *html.Node) bool {
	l := n.LastChild
	return l != nil && l.Type == html.TextNode && l.Data != "" && strings.ContainsAny(l.Data[len(l.Data)-1:], " \n\t")
}

func (w *writer) link(n *html.Node) {
	href := strings.TrimSpace(attr(n, "href"))
	low := strings.ToLower(href)
	if to := firstMailbox(href); strings.HasPrefix(low, "mailto:") && to != "" && !breaking(n) && !w.pre {
		if text := w.inner(n, true); text != "" && !strings.Contains(text, "@") {
			w.write(text + " <" + to + ">")
			w.space = endsWithSpace(n)
			return
		}
	}
	if w.inLink || w.pre || !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") || len(href) > 2000 || strings.ContainsAny(href, " \n\t<>\"") || breaking(n) {
		w.marked(n)
		return
	}
	text := w.inner(n, true)
	if text == "" {
		return
	}
	if !strings.HasPrefix(text, "![") {
		text = bracketed.Replace(text)
	}
	if same(text, href) {
		w.write(href)
		return
	}
	w.write("[" + text + "](" + parenthesised.Replace(href) + ")")
	w.space = endsWithSpace(n)
}

// same says that a link shows the address it leads to.
func same(text, href string) bool {
	bare := func(s string) string {
		s = strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(s), "http://"), "https://")
		return strings.TrimSuffix(strings.ReplaceAll(s, `\`, ""), "/")
	}
	return bare(text) == bare(href)
}

func (w *writer) image(n *html.Node) {
	src := strings.TrimSpace(attr(n, "src"))
	alt := roundly.Replace(strings.TrimSpace(attr(n, "alt")))
	if id, ok := strings.CutPrefix(src, "cid:"); ok && !strings.ContainsAny(id, " ()<>") && len(id) < 300 {
		if alt == "" {
			alt, _, _ = strings.Cut(id, "@")
		}
		w.write("![" + alt + "](cid:" + id + ")")
		return
	}
	if len(alt) > 1 && len(alt) < 100 && !w.pre { // from elsewhere: its words are all we want of it
		w.words(alt)
	}
}
