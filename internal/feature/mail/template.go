package mail

import (
	"html/template"
	"strings"
)

// text is the mail for those who read plain text: one line an item, and its link.
func (p page) text() string {
	var b strings.Builder
	if p.Marker != "" {
		b.WriteString(p.Marker + "\n\n")
	}
	b.WriteString("Hello " + p.Name + ",\n\n" + p.Heading + "\n")
	for i, l := range p.Lines {
		if p.Sections[i] != "" {
			b.WriteString("\n" + p.Sections[i] + "\n")
		}
		b.WriteString("\n* " + l.Title)
		if l.Due != "" {
			b.WriteString(" (" + l.Due + ")")
		}
		b.WriteString("\n")
		switch {
		case len(l.Said) > 0:
			for i, x := range l.Said {
				if i > 0 {
					b.WriteString("\n")
				}
				b.WriteString(x.text())
			}
		case l.Excerpt != "":
			b.WriteString("  " + l.Excerpt + "\n")
		}
		if l.How != "" {
			b.WriteString("  " + l.How + "\n")
		}
		b.WriteString("  " + l.Link + "\n")
		if l.Address != "" {
			b.WriteString("  Answer by mail: " + l.Address + "\n")
		}
		for _, a := range l.Acts {
			b.WriteString("  " + a.Label + ": " + a.Link + "\n")
		}
	}
	if p.Reply != "" {
		b.WriteString("\n" + p.Reply + "\n")
	}
	if p.Files != "" {
		b.WriteString("\n" + p.Files + "\n")
	}
	b.WriteString("\nYour inbox: " + p.Inbox + "\n")
	b.WriteString("\nTimes are in your own clock (" + p.Zone + "). " + p.why() + "\n")
	b.WriteString("Your hours and check times: " + p.Schedule + "\n")
	b.WriteString("Turn these mails off: " + p.Stop + "\n")
	return b.String()
}

// why says what made the mail come now.
func (p page) why() string {
	if p.Urgent {
		return "Urgent things do not wait for your check times."
	}
	return "Mail like this comes only in your working hours."
}

// Why is why, for the template.
func (p page) Why() string { return p.why() }

func (p page) html() (string, error) {
	var b strings.Builder
	err := htmlMail.Execute(&b, p)
	return b.String(), err
}

// htmlMail has its styles in place, as mail programs want them, and loads nothing.
var htmlMail = template.Must(template.New("mail").Parse(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Heading}}</title></head>
<body style="margin:0;padding:24px 16px;background:#f6f5f2;color:#1d1c1a;font:16px/1.5 system-ui,sans-serif">
{{- if .Marker}}
<p style="max-width:36rem;margin:0 auto 16px;color:#5c5850;font-size:13px">{{.Marker}}</p>
{{- end}}
<div style="max-width:36rem;margin:0 auto;background:#ffffff;border-radius:12px;padding:24px">
<p style="margin:0 0 4px">Hello <bdi>{{.Name}}</bdi>,</p>
<p style="margin:0 0 16px;font-weight:600">{{.Heading}}</p>
<ul style="list-style:none;margin:0;padding:0">
{{- range $i, $l := .Lines}}
{{- with index $.Sections $i}}
<li style="margin:0;padding:16px 0 4px;border-top:1px solid #e6e3dc;font-weight:600">{{.}}</li>
{{- end}}
<li style="margin:0;padding:12px 0;border-top:1px solid #e6e3dc">
<a href="{{.Link}}" style="color:#1f5fa8;text-decoration:none;font-weight:600"><bdi>{{.Title}}</bdi></a>
{{- if .Due}} <span style="color:#5c5850;white-space:nowrap">{{.Due}}</span>{{end}}
{{- if .Said}}
{{- range .Said}}
<div style="margin:8px 0;padding-left:12px;border-left:3px solid #e6e3dc;overflow-wrap:anywhere" dir="auto">
{{- if .Who}}<strong><bdi>{{.Who}}</bdi></strong>{{end}}
{{.HTML}}
{{- if .Cut}}<p style="margin:8px 0;color:#5c5850">{{.Cut}}</p>{{end}}
{{- range .Files}}<p style="margin:8px 0">{{.Word}}: {{if .Enclosed}}<bdi>{{.Name}}</bdi>{{else}}<a href="{{.Link}}" style="color:#1f5fa8"><bdi>{{.Name}}</bdi></a>{{end}}, {{.Size}}</p>{{end}}</div>
{{- end}}
{{- else if .Excerpt}}<br><span style="color:#5c5850"><bdi>{{.Excerpt}}</bdi></span>{{end}}
{{- if .How}}
<p style="margin:8px 0;color:#5c5850">{{.How}}</p>{{end}}
{{- if and (or .Acts .Mailto) (not .Said) (not .How)}}<br>{{end}}
{{- range .Acts}}<a href="{{.Link}}" style="color:#1f5fa8;margin-right:16px;white-space:nowrap"><bdi>{{.Label}}</bdi></a> {{end}}
{{- if .Mailto}}<a href="{{.Mailto}}" style="color:#1f5fa8;white-space:nowrap">Answer by mail</a>{{end}}
</li>
{{- end}}
</ul>
{{- if .Reply}}
<p style="margin:16px 0 0;color:#5c5850">{{.Reply}}</p>
{{- end}}
{{- if .Files}}
<p style="margin:16px 0 0;color:#5c5850">{{.Files}}</p>
{{- end}}
<p style="margin:16px 0 0"><a href="{{.Inbox}}" style="color:#1f5fa8">Open your inbox</a></p>
</div>
<p style="max-width:36rem;margin:16px auto 0;color:#5c5850;font-size:13px">Times are in your own clock ({{.Zone}}). {{.Why}}<br>
<a href="{{.Schedule}}" style="color:#5c5850">Your hours and check times</a> ·
<a href="{{.Stop}}" style="color:#5c5850">Turn these mails off</a></p>
</body>
</html>
`))
