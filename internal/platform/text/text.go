// Package text turns what people write into what people read: Markdown into
// HTML that is safe to show, its mentions, an excerpt, a title, and the folded
// words that search compares. All of it is bounded: no input takes longer than
// its length deserves.
package text

import (
	"bytes"
	"html"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// MaxMarkdown is how many bytes of Markdown are understood; longer text is shown
// as it was typed.
const MaxMarkdown = 256 << 10

// Body is a piece of Markdown, read once.
type Body struct {
	HTML     string   // safe to put into a page
	Mentions []string // handles named with @, folded, each once, in order
	Plain    string   // the words alone, blocks parted by spaces
}

var md = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
			extension.Strikethrough, extension.TaskList,
			extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"})),
		),
		goldmark.WithParserOptions(parser.WithInlineParsers(util.Prioritized(mentionParser{}, 200))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(rules{}, 100))),
	)
})

// Render turns Markdown into safe HTML.
func Render(markdown string) string { return Read(markdown).HTML }

// Mentions lists the handles that a text names with @, outside of code.
func Mentions(markdown string) []string { return Read(markdown).Mentions }

// Read understands Markdown: what is shown, who is named, and the words alone.
func Read(markdown string) Body {
	if b, ok := simple(markdown); ok {
		return b
	}
	markdown = clean(markdown)
	return general(markdown)
}

func general(markdown string) Body {
	if len(markdown) > MaxMarkdown || tangled(markdown) {
		return asTyped(markdown)
	}
	source := []byte(markdown)
	doc := md().Parser().Parse(gmtext.NewReader(source))
	if swollen(doc, len(source)) {
		return asTyped(markdown)
	}
	var out bytes.Buffer
	if err := md().Renderer().Render(&out, source, doc); err != nil {
		return asTyped(markdown)
	}
	return Body{HTML: Safe(out.String()), Mentions: named(doc), Plain: plain(doc, source)}
}

// asTyped shows a text without understanding it.
func asTyped(markdown string) Body {
	return Body{HTML: "<pre>" + html.EscapeString(markdown) + "</pre>\n", Mentions: []string{}, Plain: strings.Join(strings.Fields(markdown), " ")}
}

// clean takes out what no text needs: broken UTF-8 and NUL.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.ReplaceAll(s, "\x00", "\uFFFD")
}

func named(doc ast.Node) []string {
	out, seen := []string{}, map[string]bool{}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if m, ok := n.(*mention); ok && entering && !seen[m.handle] {
			seen[m.handle] = true
			out = append(out, m.handle)
		}
		return ast.WalkContinue, nil
	})
	return out
}
