package mail

import (
	"html/template"
	"strings"
)

// text is the mail for those who read plain text: one line an item, and its link.
func (p page) text() string {
	var b strings.Builder
	b.WriteString("Hello " + p.Name + ",\n\n" + p.Heading + "\n")
	for _, l := range p.Lines {
		b.WriteString("\n* " + l.Title)
		if l.Due != "" {
			b.WriteString(" (" + l.Due + ")")
		}
		b.WriteString("\n")
		if l.Excerpt != "" {
			b.WriteString("  " + l.Excerpt + "\n")
		}
		b.WriteString("  " + l.Link + "\n")
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
<div style="max-width:36rem;margin:0 auto;background:#ffffff;border-radius:12px;padding:24px">
<p style="margin:0 0 4px">Hello <bdi>{{.Name}}</bdi>,</p>
<p style="margin:0 0 16px;font-weight:600">{{.Heading}}</p>
<ul style="list-style:none;margin:0;padding:0">
{{- range .Lines}}
<li style="margin:0;padding:12px 0;border-top:1px solid #e6e3dc">
<a href="{{.Link}}" style="color:#1f5fa8;text-decoration:none;font-weight:600"><bdi>{{.Title}}</bdi></a>
{{- if .Due}} <span style="color:#5c5850;white-space:nowrap">{{.Due}}</span>{{end}}
{{- if .Excerpt}}<br><span style="color:#5c5850"><bdi>{{.Excerpt}}</bdi></span>{{end}}
</li>
{{- end}}
</ul>
<p style="margin:16px 0 0"><a href="{{.Inbox}}" style="color:#1f5fa8">Open your inbox</a></p>
</div>
<p style="max-width:36rem;margin:16px auto 0;color:#5c5850;font-size:13px">Times are in your own clock ({{.Zone}}). {{.Why}}<br>
<a href="{{.Schedule}}" style="color:#5c5850">Your hours and check times</a> ·
<a href="{{.Stop}}" style="color:#5c5850">Turn these mails off</a></p>
</body>
</html>
`))
