package letter

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is read when it is asked for first: there are
// many, and most servers start without a mail to read.
type pattern struct {
	text string
	once sync.Once
	re   *regexp.Regexp
}

// later makes a pattern; a wrong one panics when it is used.
func later(text string) *pattern { return &pattern{text: text} }

func (p *pattern) now() *regexp.Regexp {
	p.once.Do(func() { p.re = regexp.MustCompile(p.text) })
	return p.re
}

func (p *pattern) MatchString(s string) bool              { return p.now().MatchString(s) }
func (p *pattern) Match(b []byte) bool                    { return p.now().Match(b) }
func (p *pattern) FindString(s string) string             { return p.now().FindString(s) }
func (p *pattern) FindSubmatch(b []byte) [][]byte         { return p.now().FindSubmatch(b) }
func (p *pattern) FindIndex(b []byte) []int               { return p.now().FindIndex(b) }
func (p *pattern) FindStringIndex(s string) []int         { return p.now().FindStringIndex(s) }
func (p *pattern) FindStringSubmatch(s string) []string   { return p.now().FindStringSubmatch(s) }
func (p *pattern) FindStringSubmatchIndex(s string) []int { return p.now().FindStringSubmatchIndex(s) }
func (p *pattern) FindAllString(s string, n int) []string { return p.now().FindAllString(s, n) }
func (p *pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.now().FindAllStringIndex(s, n)
}

func (p *pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.now().FindAllStringSubmatch(s, n)
}

func (p *pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.now().FindAllStringSubmatchIndex(s, n)
}
func (p *pattern) ReplaceAllString(s, by string) string { return p.now().ReplaceAllString(s, by) }
func (p *pattern) ReplaceAll(b, by []byte) []byte       { return p.now().ReplaceAll(b, by) }
func (p *pattern) ReplaceAllStringFunc(s string, f func(string) string) string {
	return p.now().ReplaceAllStringFunc(s, f)
}

func (p *pattern) FindAllSubmatch(b []byte, n int) [][][]byte { return p.now().FindAllSubmatch(b, n) }
