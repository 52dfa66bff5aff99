package letter

import (
	"net/textproto"
	"strings"
)

// Report is what a bounce or a complaint says about a mail that was sent.
type Report struct {
	MessageID  string // of the mail reported about, without angle brackets; "" if unknown
	Recipients []Recipient
	Feedback   string // of a complaint: "abuse", "auth-failure" …
}

// Recipient is what became of a mail for one of those it was sent to.
type Recipient struct {
	Mail       string
	Action     string // failed, delayed, delivered, relayed or expanded
	Status     string // like 5.1.1, as stated, or read from the text; "" if neither
	Diagnostic string // what the other side said, on one line
	Hard       bool   // there is no such mailbox or no such host: sending again is in vain
}

// Failed says whether anything was not delivered for good.
func (r *Report) Failed() bool {
	for _, one := range r.Recipients {
		if one.Action == "failed" {
			return true
		}
	}
	return false
}

// Hard says whether any mailbox is reported not to exist.
func (r *Report) Hard() bool {
	for _, one := range r.Recipients {
		if one.Hard {
			return true
		}
	}
	return false
}

var complains = later(`(?i)^complaint about message from\b`)

// complaint recognises the abuse reports of RFC 5965, and those of Hotmail and Amazon.
func (o *opened) complaint(l *Letter) bool {
	part := o.part("message/feedback-report")
	switch {
	case part != "" || o.reportType() == "feedback-report":
		l.Report = &Report{Feedback: "abuse"}
		for _, f := range blocks(part) {
			if v := f.Get("Feedback-Type"); v != "" {
				l.Report.Feedback = strings.ToLower(oneLine(v))
			}
			for _, v := range append(f["Original-Rcpt-To"], f["Removal-Recipient"]...) {
				l.Report.add(Recipient{Mail: firstMailbox(v)})
			}
		}
		l.because(Complaint, "a feedback report")
	case complains.MatchString(l.Subject) && strings.HasPrefix(strings.ToLower(l.author()+l.mail()), "staff@"):
		l.Report = &Report{Feedback: "abuse"}
		l.because(Complaint, "the subject says it is a complaint")
	case o.notified(l, "Complaint"):
		l.Report.Feedback = "abuse"
		l.because(Complaint, "an Amazon notification")
	default:
		return false
	}
	if l.Report.MessageID == "" {
		l.Report.MessageID = o.original(l)
	}
	return true
}

func (l *Letter) mail() string {
	if len(l.From) == 0 {
		return ""
	}
	return l.From[0].Mail
}

// bounce recognises reports about delivery: those that follow RFC 3464, and what mail
// systems write who do not.
func (o *opened) bounce(l *Letter) bool {
	status := o.part("message/delivery-status")
	text := o.told()
	switch {
	case status != "":
		l.because(Bounce, "a delivery status")
	case o.report() && o.reportType() != "disposition-notification":
		l.because(Bounce, "multipart/report")
	case o.notified(l, "Bounce"):
		l.because(Bounce, "an Amazon notification")
		return true
	case !o.reads(l, text):
		return false
	}
	l.Report = &Report{MessageID: o.original(l)}
	l.Report.fromStatus(status, text)
	if len(l.Report.Recipients) == 0 {
		l.Report.fromStatus(text, text)
	}
	if inner := o.within(l); inner != nil {
		l.Report = inner
		return true
	}
	o.fromText(l, text)
	return true
}

// within is the report of a bounce that is enclosed in this one, as some systems pass
// them on, if this one names nobody.
func (o *opened) within(l *Letter) *Report {
	if o.inner || len(l.Report.Recipients) > 0 || o.head.has("X-Failed-Recipients") {
		return nil
	}
	raw := []byte(o.part("message/rfc822"))
	if text := o.everything(); len(raw) == 0 {
		if at := copied.FindStringIndex(text); at != nil {
			raw = []byte(text[at[0]:])
		}
	}
	if !failing.Match(raw) {
		return nil
	}
	sub := open(raw, o.limits)
	sub.inner = true
	inner := sub.envelope()
	if sub.bounce(&inner) && len(inner.Report.Recipients) > 0 && strings.Contains(inner.Report.Recipients[0].Mail, "@") {
		return inner.Report
	}
	return nil
}

var (
	failing = later(`(?i)undeliver(?:ed|able)|deliver(?:y|ing)?[\s.-]{1,3}(?:status|fail|has failed|problem|error|delay|notification|report|temporarily|incomplete)|fail(?:ed|ure)?[\s-](?:delivery|mail|notice)|mail (?:delivery )?fail|returned (?:mail|e-?mail|to sender|message)|returning (?:message )?to sender|could ?n[o']t be (?:delivered|sent)|(?:not|never) (?:be )?(?:delivered|sent)|mail system error|message (?:you sent )?blocked|non[- ]?(?:delivery|remis)|unzustellbar|nicht zugestellt|zustellung|no (?:se )?(?:entreg|pudo)|devuelt|non recapitabil|mancato recapito|onbestelbaar|недоставлен|не доставлено|loop alert|error sending your mail|errors from|message [\w-]+ delayed|warning: (?:could not send|message)|mail error|cannot (?:be sent|send)|transcript of session|postmaster notify|システムエラー|配信|送信できません|送れません|未达|退信|退回`)
	bodily  = later(`(?i)(?:could not|couldn't|can ?not|was not able to|were? unable to|unable to|not able to) (?:be )?(?:deliver|send|sent)|(?:address(?:es)?(?:\(es\))?|recipients?(?:\(s\))?)[^.\n]{0,30}(?:had (?:permanent|transient|delivery)|failed|fatal errors|delivery problems|could not)|(?:was|were|be|is|has been|has) (?:not|un)\s?(?:been )?deliver|undeliverable|delivery (?:has )?(?:failed|to the following)|did not reach|error (?:occurred while trying to|was encountered|delivering)|permanent (?:fatal )?error|transcript of session|message could not|host or domain name not found|unrouteable|original message (?:headers )?follows|below this line is a copy|(?:error message|failed addresses)|mailbox (?:is )?(?:full|not found|unavailable)|user unknown|no such user|over quota|exceeded|[45]\d\d[ -](?:\d\.\d\.\d|requested|sorry)|Action: failed|Final-Recipient:|duplicated message-id|メールボックス|お届け|配信|届け|送信でき|受信でき`)
)

// reads says whether subject, sender and text together read like a bounce. Two of
// three signs are needed, so that a person who writes about bounces is not one.
func (o *opened) reads(l *Letter, text string) bool {
	h := o.head
	if len(text) > 16<<10 {
		text = text[:16<<10]
	}
	sender := l.machine(h) || l.NullPath || strings.EqualFold(l.Return, "mailer-daemon") || h.has("X-Failed-Recipients") || later(`(?i)^<?mailer-daemon`).MatchString(h.raw("Return-Path"))
	subject := failing.MatchString(l.Subject)
	returning := noReply.MatchString(l.mail()) && o.part("message/rfc822") != ""
	if !sender && !subject && !returning {
		return false
	}
	body := bodily.MatchString(text)
	switch {
	case h.has("X-Failed-Recipients"):
		return l.because(Bounce, "X-Failed-Recipients")
	case autoSubject.MatchString(l.Subject):
		return false
	case sender && subject:
		return l.because(Bounce, "a mail system, and the subject, say so")
	case sender && body:
		return l.because(Bounce, "a mail system, and the text, say so")
	case subject && body && (len(l.InReplyTo) == 0 && o.enclosesHeader(text) || strings.Contains(strings.ToLower(l.mail()), "admin") || strings.Contains(text, "Final-Recipient:")):
		return l.because(Bounce, "the subject and the text say so")
	case body && returning:
		return l.because(Bounce, "a machine sends a mail of ours back")
	}
	return false
}

var (
	noReply  = later(`(?i)^(?:no|do-?not)[-_.]?reply`)
	received = later(`(?m)^\s*Received: (?:from|by) `)
)

// enclosesHeader says that the text goes on with the header of another mail.
func (o *opened) enclosesHeader(text string) bool {
	return received.MatchString(text) || strings.Contains(o.everything(), "\nReceived: ")
}

// part is the text of the first part of a type, also of one within an enclosed mail's
// text, or "".
func (o *opened) part(kind string) string {
	for _, p := range o.parts {
		if p.ContentType == kind {
			text := legible(p.Content[:min(len(p.Content), 256<<10)])
			if text == "" {
				return " "
			}
			return text
		}
	}
	return ""
}

func (o *opened) everything() string {
	var all strings.Builder
	all.WriteString(o.flat)
	for _, p := range o.parts {
		if isText(p) && all.Len() < 256<<10 {
			all.WriteString(legible(p.Content[:min(len(p.Content), 64<<10)]))
			all.WriteByte('\n')
		}
	}
	return strings.ReplaceAll(all.String(), "\r", "")
}

var copied = later(`(?im)^(?:[ \t]*[-=_|+]{2,}.{0,30}(?:copy of (?:the|your)|original message|unsent message|message (?:text|header)s? follow|returned message|undelivered message|original mail|message header|included is a copy|this is a copy).*|.{0,30}(?:below this line is|original message follows|message headers follow|original mail as follows).*|received: (?:from|by) .*|return-path: ?<.*)$`)

// told is what the report says in words, without the mail it gives back.
func (o *opened) told() string {
	text := o.everything()
	text = text[:min(len(text), 64<<10)]
	if at := copied.FindStringIndex(text); at != nil && at[0] > 0 {
		text = text[:at[0]]
	}
	return text
}

// blocks reads groups of header fields that blank lines divide.
func blocks(text string) []textproto.MIMEHeader {
	var all []textproto.MIMEHeader
	var now textproto.MIMEHeader
	key := ""
	for _, l := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		if len(all) > 500 {
			break
		}
		switch name, value, ok := strings.Cut(l, ":"); {
		case strings.TrimSpace(l) == "":
			now, key = nil, ""
		case key != "" && (l[0] == ' ' || l[0] == '\t'):
			if vs := now[key]; len(vs[len(vs)-1]) < 4<<10 {
				vs[len(vs)-1] += " " + strings.TrimSpace(l)
			}
		case ok && name != "" && !strings.ContainsAny(strings.TrimSpace(name), " \t") && len(name) < 60:
			if now == nil {
				now = textproto.MIMEHeader{}
				all = append(all, now)
			}
			key = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name))
			now[key] = append(now[key], strings.TrimSpace(value))
		default:
			key = ""
		}
	}
	return all
}

// fromStatus reads the fields of RFC 3464, where they belong or in the text.
func (r *Report) fromStatus(fields, text string) {
	for _, f := range blocks(fields) {
		to := f.Get("Original-Recipient")
		if final := f.Get("Final-Recipient"); firstMailbox(final) != "" || to == "" {
			to = final
		}
		if to == "" && f.Get("Action") == "" {
			continue
		}
		one := Recipient{
			Mail: addressOf(to), Status: statusOf(f.Get("Status")),
			Diagnostic: oneLine(clipTo(f.Get("Diagnostic-Code"), 1000)),
		}
		action, _, _ := strings.Cut(strings.ToLower(f.Get("Action")), " ")
		if one.Action = action; !known[action] {
			one.Action = "failed"
		}
		if one.Mail == "" && one.Status == "" {
			continue
		}
		one.weigh(one.Diagnostic, text)
		r.add(one)
	}
}

var known = map[string]bool{"failed": true, "delayed": true, "delivered": true, "relayed": true, "expanded": true}

func clipTo(s string, n int) string { return strings.ToValidUTF8(s[:min(len(s), n)], "") }

// addressOf reads "rfc822; a@b", also without a domain.
func addressOf(s string) string {
	if m := firstMailbox(s); m != "" {
		return m
	}
	if _, after, ok := strings.Cut(s, ";"); ok {
		s = after
	}
	return strings.Trim(clipTo(s, 320), " <>\"")
}

func (r *Report) add(one Recipient) {
	if one.Mail == "" && len(r.Recipients) > 0 || len(r.Recipients) > 200 {
		return
	}
	for i, had := range r.Recipients {
		if strings.EqualFold(had.Mail, one.Mail) {
			r.Recipients[i].Hard = had.Hard || one.Hard
			return
		}
	}
	r.Recipients = append(r.Recipients, one)
}
