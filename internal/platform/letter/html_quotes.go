package letter

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// quoting are the classes and ids that mail programs put around what they quote, or on
// the line that introduces it.
var quoting = []string{
	"gmail_attr", "gmail_quote_container", "moz-cite-prefix", "moz-email-headers-table", "moz-forward-container", "yahoo_quoted", "yahooquoted", "divrplyfwdmsg", "olk_src_body_section",
	"mail-editor-reference-message-container", "ms-outlook-mobile-reference-message", "protonmail_quote", "tutanota_quote", "zmail_extra", "zmail_extra_hr",
	"gmx_quote", "web_quote", "aol_reply", "quoted-message", "bluemail_quote", "uik-quote", "replyforwardheader", "reply-intro", "x_divrplyfwdmsg",
}

var signing = []string{
	"gmail_signature", "moz-signature", "protonmail_signature_block", "tutanota_signature", "signature_container", "ms-outlook-mobile-signature", "outlooksignature",
	"mobile-signature", "yahoo_signature", "apple-mail-signature", "gmx_signature", "zmail_signature", "zm_signature", "bluemail_signature", "k9mail-signature", "ymailsignature",
}

// marked writes the children of n, with what its class or id says about them.
func (w *writer) marked(n *html.Node) {
	names := strings.Fields(strings.ToLower(attr(n, "class") + " " + attr(n, "id")))
	switch {
	case among(names, quoting):
		w.newline()
		w.hint = introduces
		w.children(n)
		w.newline()
		w.hint = unmarked
	case among(names, signing) || attr(n, "data-signatureblock") == "true":
		was := w.within
		w.newline()
		w.within = signs
		w.children(n)
		w.newline()
		w.within = was
	default:
		w.children(n)
	}
}

func among(names, known []string) bool {
	for _, n := range names {
		for _, k := range known {
			if n == k || strings.HasPrefix(n, k+"_") || strings.HasPrefix(n, k+"-") {
				return true
			}
		}
	}
	return false
}

// indented says that a blockquote only moves the author's own words to the right, as
// Gmail's indent button does.
func indented(n *html.Node) bool {
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	if strings.Contains(style, "border-left:") && !strings.Contains(style, "border-left:none") {
		return false
	}
	return (strings.Contains(style, "border:none") || strings.Contains(style, "border:0;")) && attr(n, "type") != "cite"
}

// byHand says that a blockquote is one that the author may have set by hand in Gmail,
// which puts those that it makes for an answer into a container.
func byHand(n *html.Node) bool {
	return strings.Contains(attr(n, "class"), "gmail_quote") && attr(n, "type") != "cite" &&
		(n.Parent == nil || !strings.Contains(attr(n.Parent, "class"), "gmail"))
}

// unseen says that an element is not shown, or that what is in it is not to be read.
func unseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript, atom.Object, atom.Svg, atom.Select, atom.Textarea, atom.Iframe:
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if len(a.Val) > 4000 {
				continue
			}
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") || strings.Contains(style, "mso-hide:all") {
				return true
			}
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// table writes a table of data as Markdown's, and one that only arranges the page as
// the lines it arranges.
func (w *writer) table(n *html.Node) {
	w.newline()
	rows := rowsOf(n)
	if !w.pre && dataTable(n, rows) {
		if cells, ok := cellsOf(rows); ok {
			w.blank = len(w.lines) > 0
			for i, r := range cells {
				w.put("| " + strings.Join(r, " | ") + " |")
				if i == 0 {
					w.put("|" + strings.Repeat(" --- |", len(r)))
				}
			}
			w.blank = true
			return
		}
	}
	w.marked(n)
	w.newline()
}

// rowsOf are the rows of a table itself, not of those within it.
func rowsOf(n *html.Node) []*html.Node {
	var rows []*html.Node
	for c := n.FirstChild; c != nil && len(rows) < 1000; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Tr:
			rows = append(rows, c)
		case atom.Thead, atom.Tbody, atom.Tfoot:
			rows = append(rows, rowsOf(c)...)
		}
	}
	return rows
}

// dataTable says whether a table holds data: it has headings or a border, and at
// least two rows.
func dataTable(n *html.Node, rows []*html.Node) bool {
	if len(rows) < 2 || attr(n, "role") == "presentation" {
		return false
	}
	if b := attr(n, "border"); b != "" && b != "0" {
		return true
	}
	for c := rows[0].FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Th {
			return true
		}
	}
	return false
}

// cellsOf reads each cell as one line; ok is false if one has more, or the rows differ
// in length.
func cellsOf(rows []*html.Node) (all [][]string, ok bool) {
	for _, r := range rows {
		for c := r.FirstChild; c != nil; c = c.NextSibling {
			if breaking(c) {
				return nil, false
			}
		}
	}
	for _, r := range rows {
		var cells []string
		for c := r.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
				continue
			}
			cells = append(cells, strings.ReplaceAll((&writer{}).inner(c, false), "|", `\|`))
		}
		if len(cells) < 2 || len(cells) > 30 || len(all) > 0 && len(cells) != len(all[0]) {
			return nil, false
		}
		all = append(all, cells)
	}
	return all, true
}
