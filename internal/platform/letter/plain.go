package letter

import (
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

func flowedHeader(p *enmime.Part) bool {
	kind := strings.ToLower(clip(p.Header.Get("Content-Type")))
	return strings.Contains(kind, "format=flowed") || strings.Contains(kind, `format="flowed"`)
}

func delsp(p *enmime.Part) bool {
	kind := strings.ToLower(clip(p.Header.Get("Content-Type")))
	return strings.Contains(kind, "delsp=yes") || strings.Contains(kind, `delsp="yes"`)
}

// unflowed joins the lines of format=flowed (RFC 3676) into paragraphs again. A line
// that ends with a space goes on in the next one, if that is quoted as deeply.
func unflowed(text string, delsp bool) string {
	ls := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var out []string
	var flow strings.Builder
	going, level := false, 0
	end := func() {
		if going {
			out = append(out, flow.String())
			flow.Reset()
			going = false
		}
	}
	for _, l := range ls {
		depth := 0
		for depth < len(l) && l[depth] == '>' {
			depth++
		}
		inner := strings.TrimPrefix(l[depth:], " ")
		if going && depth != level {
			end()
		}
		soft := strings.HasSuffix(inner, " ") && inner != "-- "
		if inner == "-- " {
			end()
		}
		if !going {
			level, going = depth, true
			flow.WriteString(strings.Repeat(">", depth))
			if depth > 0 {
				flow.WriteByte(' ')
			}
		}
		if soft && delsp {
			inner = inner[:len(inner)-1]
		}
		flow.WriteString(inner)
		if !soft {
			end()
		}
	}
	end()
	return strings.Join(out, "\n")
}

var (
	armourTop = later(`(?m)^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\r?\n(?:[A-Za-z-]{1,30}: [^\n]*\n)*\r?\n`)
	armourEnd = later(`(?ms)^-----BEGIN PGP SIGNATURE-----.*?(?:^-----END PGP SIGNATURE-----[ \t]*\r?\n?|\z)`)
	escapedBy = later(`(?m)^- (-|From )`)
)

// unsigned takes away the armour of a text that is signed with PGP.
func unsigned(text string) string {
	at := armourTop.FindStringIndex(text)
	if at == nil {
		return text
	}
	below := armourEnd.ReplaceAllString(text[at[1]:], "")
	return text[:at[0]] + escapedBy.ReplaceAllString(below, "$1")
}

var (
	special = later("^(?:[-+*#>|]|\\d{1,3}[.)]\\s|```| {4}|\t)")
	ended   = later(`[|]\s*$`)
)

// breaks puts two spaces at the end of lines that the author ended on purpose, so that
// Markdown keeps the break. Plain text is wrapped by programs: there a line was ended
// on purpose if the next one's first word would have fitted.
func breaks(text string, all bool) string {
	ls := strings.Split(text, "\n")
	fence := false
	for i := range len(ls) - 1 {
		l, next := ls[i], ls[i+1]
		if strings.HasPrefix(strings.TrimSpace(l), "```") {
			fence = !fence
			continue
		}
		if fence || strings.TrimSpace(l) == "" || strings.TrimSpace(next) == "" || special.MatchString(next) || special.MatchString(l) && !all || ended.MatchString(l) {
			continue
		}
		word, _, _ := strings.Cut(strings.TrimSpace(next), " ")
		if all || len([]rune(l))+1+len([]rune(word)) < 60 {
			ls[i] = strings.TrimRight(l, " \t") + "  "
		}
	}
	return strings.Join(ls, "\n")
}
