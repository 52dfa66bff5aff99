package text

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// rules is how our HTML differs from goldmark's: raw HTML is shown as typed, links
// pass nothing on, pictures come from our own files only, and people are named.
type rules struct{}

func (rules) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHTMLBlock, htmlBlock)
	r.Register(ast.KindRawHTML, rawHTML)
	r.Register(ast.KindLink, link)
	r.Register(ast.KindAutoLink, autoLink)
	r.Register(ast.KindImage, image)
	r.Register(kindMention, mentioned)
}

func htmlBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.HTMLBlock)
	_, _ = w.WriteString("<p>")
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		_, _ = w.Write(util.EscapeHTML(line.Value(source)))
	}
	if n.HasClosure() {
		_, _ = w.Write(util.EscapeHTML(n.ClosureLine.Value(source)))
	}
	_, _ = w.WriteString("</p>\n")
	return ast.WalkContinue, nil
}

func rawHTML(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkSkipChildren, nil
	}
	n := node.(*ast.RawHTML)
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		_, _ = w.Write(util.EscapeHTML(s.Value(source)))
	}
	return ast.WalkSkipChildren, nil
}

const rel = `" rel="noopener nofollow">`

func link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	if entering {
		_, _ = w.WriteString(`<a href="` + address(n.Destination) + rel)
	} else {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	to := address(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(to), "mailto:") {
		to = "mailto:" + to
	}
	_, _ = w.WriteString(`<a href="` + to + rel)
	_, _ = w.Write(util.EscapeHTML(n.Label(source)))
	_, _ = w.WriteString("</a>")
	return ast.WalkContinue, nil
}

// address is where a link may lead, ready for an attribute; "" for what is no
// web or mail address and no place of our own.
func address(to []byte) string {
	b := util.URLEscape(to, true)
	scheme, _, has := strings.Cut(strings.ToLower(string(b)), ":")
	if has && !strings.ContainsAny(scheme, "/?#") && scheme != "http" && scheme != "https" && scheme != "mailto" {
		return ""
	}
	return string(util.EscapeHTML(b))
}

var ourFile = regexp.MustCompile(`^/api/v1/files/file_[0-9a-z]{26}(/content)?$`)

// image shows our own files; any other picture becomes a link, so that reading a
// post asks nobody outside for anything.
func image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Image)
	if !ourFile.Match(n.Destination) {
		if entering {
			_, _ = w.WriteString(`<a href="` + address(n.Destination) + rel)
			if n.ChildCount() == 0 {
				_, _ = w.Write(util.EscapeHTML(n.Destination))
			}
		} else {
			_, _ = w.WriteString("</a>")
		}
		return ast.WalkContinue, nil
	}
	if entering {
		_, _ = w.WriteString(`<img src="` + string(n.Destination) + `" alt="` + string(util.EscapeHTML([]byte(plain(n, source)))) + `" loading="lazy">`)
	}
	return ast.WalkSkipChildren, nil
}

func mentioned(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*mention)
	typed := "@" + string(util.EscapeHTML([]byte(n.typed)))
	if inLink(n) {
		_, _ = w.WriteString(typed)
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<a class="mention" data-handle="` + string(util.EscapeHTML([]byte(n.handle))) + `">` + typed + `</a>`)
	return ast.WalkContinue, nil
}

// inLink says whether a node stands in the words of a link, where no second link fits.
func inLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if k := p.Kind(); k == ast.KindLink || k == ast.KindImage {
			return true
		}
	}
	return false
}
