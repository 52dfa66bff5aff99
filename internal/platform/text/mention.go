package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
)

// maxHandle is the longest handle, in bytes, without its @.
const maxHandle = 64

// mention is @somebody in a text.
type mention struct {
	ast.BaseInline
	handle string // folded
	typed  string // as written, without the @
}

var kindMention = ast.NewNodeKind("Mention")

func (m *mention) Kind() ast.NodeKind { return kindMention }

func (m *mention) Dump(source []byte, level int) {
	ast.DumpHelper(m, source, level, map[string]string{"handle": m.handle}, nil)
}

type mentionParser struct{}

func (mentionParser) Trigger() []byte { return []byte{'@'} }

// Parse takes @handle where the @ does not follow a letter or digit, as it does
// in an e-mail address.
func (mentionParser) Parse(_ ast.Node, block gmtext.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	if unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune("@/._-+", before) {
		return nil
	}
	line, _ := block.PeekLine()
	n := handleLength(line[1:])
	if n == 0 {
		return nil
	}
	block.Advance(1 + n)
	typed := string(line[1 : 1+n])
	return &mention{handle: Fold(typed), typed: typed}
}

// handleLength measures a handle at the start of b: letters, digits, and single
// dots, hyphens and underscores between them.
func handleLength(b []byte) int {
	end := 0
	for i := 0; i < len(b) && i <= maxHandle; {
		r, size := utf8.DecodeRune(b[i:])
		i += size
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			end = i
		case (r == '.' || r == '-' || r == '_') && end == i-size && end > 0:
		default:
			return within(end)
		}
	}
	return within(end)
}

func within(n int) int {
	if n > maxHandle {
		return 0
	}
	return n
}
