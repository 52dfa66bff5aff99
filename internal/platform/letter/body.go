package letter

import (
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// body is the text of a letter: its lines, and what they show.
type body struct {
	lines []line
	html  bool // the lines come from HTML, where each break is meant
	whole string
	shown map[string]bool
}

// body puts the readable parts together, in order; of alternatives, the one to read.
func (o *opened) body() body {
	b := body{shown: map[string]bool{}}
	if o.root == nil {
		b.lines = linesOf(o.flat)
	} else {
		o.read(o.root, &b, 0)
	}
	o.showPictures(&b)
	b.whole = join(b.lines)
	for _, p := range o.parts {
		if p.ContentType == "message/rfc822" && o.head.low("Content-Type") != "" && !o.report() {
			b.whole += enclosed(p.Content, o.limits)
		}
	}
	return b
}

// said divides the body and lets the line breaks that the author meant survive Markdown.
func (b body) said(author string) (string, []Hidden) {
	said, cut := divide(b.lines, author)
	return breaks(said, b.html), cut
}

// report says whether this mail is a report about another one, which it may enclose.
func (o *opened) report() bool { return o.kind == "multipart/report" }

func (o *opened) read(p *enmime.Part, b *body, level int) {
	switch {
	case level > maxDepth:
	case p.ContentType == "multipart/alternative" && p.FirstChild != nil:
		o.choose(p, b, level)
	case p.FirstChild != nil:
		for c, n := p.FirstChild, 0; c != nil && n < o.limits.Parts; c, n = c.NextSibling, n+1 {
			o.read(c, b, level+1)
		}
	case isText(p) && p.ContentType != "text/rfc822-headers":
		o.add(p, b)
	}
}

// choose reads of several alternatives the plain text if it says what the HTML says,
// and the HTML otherwise.
func (o *opened) choose(p *enmime.Part, b *body, level int) {
	var plain, html, other body
	for c, n := p.FirstChild, 0; c != nil && n < 20; c, n = c.NextSibling, n+1 {
		into := &other
		switch kind := readable(c, 0); kind {
		case "text/plain", "", "text/markdown", "text/x-markdown":
			into = &plain
		case "text/html":
			into = &html
		}
		if len(into.lines) == 0 {
			o.read(c, into, level+1)
		}
	}
	best := plain
	if !faithful(plain.lines, html.lines) {
		best = html
	}
	if words(best.lines) == 0 && words(other.lines) > 0 {
		best = other
	}
	b.append(best.lines, best.html)
}

// readable is the media type of the first text within a part.
func readable(p *enmime.Part, level int) string {
	if p.FirstChild == nil || level > maxDepth {
		if isText(p) {
			return p.ContentType
		}
		return "-"
	}
	for c := p.FirstChild; c != nil; c = c.NextSibling {
		if kind := readable(c, level+1); kind != "-" {
			return kind
		}
	}
	return "-"
}

var stub = later(`(?i)(?:does not support|doesn't support|cannot display|can't display|unable to (?:display|view)|requires?|enable|view (?:this|it)|supports?) .{0,40}html|html.{0,60}(?:viewer|compatible|capable|mail client|email client|only)`)

// faithful says whether the plain text says what the HTML says: not a note that there
// is HTML to see, and not much less of it.
func faithful(plain, html []line) bool {
	p, h := words(plain), words(html)
	switch {
	case p == 0:
		return h == 0
	case h == 0:
		return true
	case p < 40 && h > p+10 && stub.MatchString(join(plain)):
		return false
	}
	return p*2 >= h || p+15 >= h
}

// add reads one part's text.
func (o *opened) add(p *enmime.Part, b *body) {
	content := p.Content
	if p.Charset == "" || strings.EqualFold(p.Charset, "us-ascii") || strings.EqualFold(p.Charset, "ascii") {
		content = unASCII(content)
	}
	if p.Charset == "" && p.ContentType == "text/html" {
		content = byMeta(content)
	}
	if len(content) > o.limits.Text {
		content = content[:o.limits.Text]
		o.warn("a text longer than is read: its end is left out")
	}
	text := legible(content)
	if p.ContentType == "text/html" || p.ContentType != "text/plain" && looksHTML(text) {
		b.append(linesOfHTML(text), true)
		return
	}
	if strings.EqualFold(p.ContentTypeParams["format"], "flowed") || flowedHeader(p) {
		text = unflowed(text, delsp(p))
	}
	b.append(linesOf(unsigned(text)), false)
}

func (b *body) append(ls []line, html bool) {
	if words(ls) == 0 && join(ls) == "" {
		return
	}
	if len(b.lines) > 0 {
		b.lines = append(b.lines, line{})
	}
	b.lines = append(b.lines, ls...)
	b.html = b.html || html
}

var htmlStart = later(`(?i)^\s*<(?:!doctype html|html|body|div|head|meta)[\s>]`)

func looksHTML(s string) bool { return htmlStart.MatchString(s[:min(len(s), 500)]) }

var (
	pictured = later(`\[(?:cid:([^\]\s]{1,200})|(?:image|bild|imagen|immagine|imagem|afbeelding|изображение|图片|画像)\s?:\s?([^\]\n]{1,200}))\]`)
	placed   = later(`!\[[^\]]*\]\(cid:([^)\s]{1,200})\)`)
)

// showPictures turns what plain text writes in a picture's place into Markdown, and
// notes which pictures are shown.
func (o *opened) showPictures(b *body) {
	for i, l := range b.lines {
		if strings.Contains(l.text, "[") && !b.html {
			b.lines[i].text = pictured.ReplaceAllStringFunc(l.text, o.picture)
		}
		if strings.Contains(l.text, "cid:") || b.lines[i].text != l.text {
			for _, m := range placed.FindAllStringSubmatch(b.lines[i].text, 50) {
				b.shown[m[1]] = true
			}
		}
	}
}

func (o *opened) picture(found string) string {
	m := pictured.FindStringSubmatch(found)
	if name, ok := o.names[m[1]]; ok && m[1] != "" {
		return "![" + name + "](cid:" + m[1] + ")"
	}
	if id, ok := o.ids[strings.TrimSpace(m[2])]; ok {
		return "![" + o.names[id] + "](cid:" + id + ")"
	}
	return found
}

// enclosed is the text of a letter within the letter.
func enclosed(raw []byte, limits Limits) string {
	if len(raw) == 0 || len(raw) > limits.Bytes {
		return ""
	}
	limits.Parts, limits.Text = min(limits.Parts, 20), min(limits.Text, 64<<10)
	o := open(raw, limits)
	l := o.envelope()
	b := body{shown: map[string]bool{}}
	if o.root == nil {
		b.lines = linesOf(o.flat)
	} else {
		o.read(o.root, &b, 0)
	}
	from := ""
	if len(l.From) > 0 {
		from = l.From[0].String()
	}
	return "\n\n---------- Forwarded message ----------\nFrom: " + from + "\nSubject: " + l.Subject + "\n\n" + join(b.lines)
}
