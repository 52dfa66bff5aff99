package text

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// Excerpt is the beginning of a text's words: at most n characters, cut between
// words and ended with … when something was left out.
func Excerpt(markdown string, n int) string { return Cut(Read(head(markdown, n)).Plain, n) }

// Title makes a title from the first line of a text: at most 80 characters, ""
// when it has no words.
func Title(markdown string) string {
	for line := range strings.SplitSeq(head(markdown, 400), "\n") {
		if t := Read(strings.TrimSpace(line)).Plain; strings.ContainsFunc(t, wordy) {
			return Cut(t, 80)
		}
	}
	return ""
}

// head is enough of a text to make n characters of words from.
func head(markdown string, n int) string {
	if enough := n*8 + 2000; len(markdown) > enough {
		return strings.ToValidUTF8(markdown[:enough], "")
	}
	return markdown
}

// Cut shortens plain text to at most n characters, between words where it can.
func Cut(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	cut := string(runes[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.–-") + "…"
}

// plain gathers the words under a node.
func plain(doc ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeBlock {
			b.WriteByte(' ')
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		words(&b, n, source)
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

func words(b *strings.Builder, n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Text:
		b.Write(spoken(n.Value(source)))
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
	case *ast.String:
		b.Write(n.Value)
	case *mention:
		b.WriteString("@" + n.typed)
	case *ast.AutoLink:
		b.Write(n.Label(source))
	case *ast.RawHTML:
		for i := range n.Segments.Len() {
			s := n.Segments.At(i)
			b.Write(s.Value(source))
		}
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		for i := range n.Lines().Len() {
			s := n.Lines().At(i)
			b.Write(s.Value(source))
		}
	}
}

// spoken takes the backslashes and entities out of written text.
func spoken(b []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b)))
}
