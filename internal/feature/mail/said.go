package mail

import (
	"html/template"
	"regexp"
	"strings"
	"unicode"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

const (
	mostExcerpt = 1000   // characters; most excerpts are shorter by themselves
	mostSaid    = 40_000 // characters of one mail: the longest post comes whole in a mail by itself
	leastSaid   = 1500   // of each line, however many there are
)

// said is what somebody wrote, as it stands in a mail.
type said struct {
	Who  string
	Text string        // Markdown, which reads well as it is
	HTML template.HTML // empty for those who want plain text
	Cut  string        // that there is more, in a sentence

	Files []fileLine // of the post that the words stand in
}

// said is all that a line tells of, so that who has nothing but the mail misses nothing.
// What the thing itself says is asked goes before the post that it stands on.
func (s *Service) said(it Item, body string, most int, plain bool, files enclosures, link func(id.ID) string) (out []said) {
	list := it.Said
	if body != "" {
		list = []Said{{Markdown: body}}
	}
	most = max(most, leastSaid)
	for _, x := range list {
		markdown := tidy(x.Markdown)
		one := said{Who: oneLine(x.Who, 80), Text: markdown, Files: files.named(x.Post, link)}
		if markdown == "" {
			if len(one.Files) > 0 {
				out = append(out, one)
			}
			continue
		}
		if r := []rune(markdown); len(r) > most {
			one.Text, one.Cut, x.HTML = strings.TrimSpace(string(r[:most]))+" …", "There is more; the link leads to all of it.", ""
		}
		most = max(most-len([]rune(one.Text)), leastSaid/3)
		if !plain {
			if x.HTML == "" {
				x.HTML = text.Render(one.Text)
			}
			one.HTML = s.inMail(x.HTML, files.of[x.Post], files, link)
		}
		for _, f := range files.of[x.Post] {
			one.Text = strings.ReplaceAll(one.Text, "]("+contentPath(f.ID)+")", "]("+link(f.ID)+")")
		}
		one.Text = relative.ReplaceAllLiteralString(one.Text, "]("+s.root()+"/")
		out = append(out, one)
	}
	return out
}

// bodyOf is what the thing itself says is asked, where the line asks it.
func bodyOf(it Item, w way) string {
	if it.Sort == Asks {
		return w.body
	}
	return ""
}

// text is what was said, set in by four so that it cannot be taken for lines of ours.
func (x said) text() string {
	var b strings.Builder
	if x.Who != "" {
		b.WriteString("  " + x.Who + ":\n")
	}
	if x.Text != "" {
		for line := range strings.SplitSeq(x.Text, "\n") {
			if line != "" {
				line = "    " + line
			}
			b.WriteString(line + "\n")
		}
	}
	if x.Cut != "" {
		b.WriteString("  " + x.Cut + "\n")
	}
	for _, f := range x.Files {
		b.WriteString("  " + f.Word() + ": " + f.Name + ", " + f.Size + "\n")
		if !f.Enclosed {
			b.WriteString("  " + f.Link + "\n")
		}
	}
	return b.String()
}

// tidy takes out of a text what no mail needs: control and direction characters, blanks
// at the ends of lines, empty lines at either end.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// root is our origin without a stroke at its end.
func (s *Service) root() string { return strings.TrimRight(s.origin.String(), "/") }

var (
	relative = regexp.MustCompile(`\]\(/\b`) // a link of ours in Markdown
	ours     = regexp.MustCompile(`(<a\b[^>]* href|<a href)="(/[^"/][^"]*)"`)
	pictures = regexp.MustCompile(`<img src="([^"]*)"(?: alt="([^"]*)")?[^>]*>`)
	placed   = regexp.MustCompile(`<img src="/api/v1/files/(file_[0-9a-z]+)/content"`)
	headings = regexp.MustCompile(`<(/?)h[1-6]>`)
)

// inMail fits the HTML of a post, which is safe, for a mail: links of ours lead to our
// origin, a picture is a link since a mail loads nothing, unless it goes with the mail, and
// headings are no larger than the mail's own. own are the files of the post.
func (s *Service) inMail(safe string, own []spaces.File, files enclosures, link func(id.ID) string) template.HTML {
	origin := template.HTMLEscapeString(s.root())
	here := map[string]*enclosure{}
	for _, f := range own {
		if x := files.find(f.ID); x != nil && x.Picture() {
			here[contentPath(f.ID)] = x
		}
	}
	safe = pictures.ReplaceAllStringFunc(safe, func(tag string) string {
		m := pictures.FindStringSubmatch(tag)
		if x := here[m[1]]; x != nil {
			x.shown = true
			return tag
		}
		name := m[2]
		if name == "" {
			name = "picture"
		}
		return `<a href="` + m[1] + `">[` + name + `]</a>`
	})
	for _, f := range own {
		safe = strings.ReplaceAll(safe, `href="`+contentPath(f.ID)+`"`, `href="`+template.HTMLEscapeString(link(f.ID))+`"`)
	}
	safe = ours.ReplaceAllString(safe, `$1="`+strings.ReplaceAll(origin, "$", "$$")+`$2"`)
	safe = headings.ReplaceAllString(safe, "<${1}h4>")
	safe = placed.ReplaceAllString(text.Safe(safe), `<img style="max-width:100%;height:auto" src="cid:${1}@`+template.HTMLEscapeString(s.host())+`"`)
	return template.HTML(safe) //nolint:gosec // it went through the policy of all text that is shown
}
