package text

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// tangled notices text that is built to be slow to understand rather than to be
// read: blocks nested hundreds deep, or one mark repeated tens of thousands of
// times. What is tangled is shown as typed.
func tangled(markdown string) bool { return nests(markdown) || repeats(markdown) }

const (
	maxNest  = 100   // levels of quotes and lists in one line, and its indentation in columns × 4
	maxMarks = 16384 // of one mark in one text
)

// nests looks at the marks that open blocks at the start of each line.
func nests(markdown string) bool {
	for line := range strings.Lines(markdown) {
		depth, columns := 0, 0
		for _, c := range []byte(line) {
			switch c {
			case ' ':
				columns++
			case '\t':
				columns += 4
			case '>', '-', '*', '+':
				depth++
			default:
				if c < '0' || c > '9' && c != '.' && c != ')' {
					goto next
				}
			}
			if depth > maxNest && columns > maxNest || columns > 4*maxNest {
				return true
			}
		}
	next:
	}
	return false
}

func repeats(markdown string) bool {
	for _, mark := range []string{"[", "]", "*", "_", "`", "<", "~", "!", "|"} {
		if strings.Count(markdown, mark) > maxMarks {
			return true
		}
	}
	return false
}

// swollen notices a text that would become far longer than it is, by naming one
// long address many times over.
func swollen(doc ast.Node, length int) bool {
	left := 8*length + 64<<10
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			left -= len(n.Destination)
		case *ast.Image:
			left -= len(n.Destination)
		}
		if left < 0 {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return left < 0
}
