package letter

import (
	"net/textproto"
	"strings"
)

var (
	enhanced = later(`(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?:[^\d.]|\.?\s|$)`)
	pending  = later(`(?i)\bdelay(?:ed)?\b|will (?:keep|continue|be retried|retry)|still trying|not yet been delivered|temporar(?:y|ily) (?:problem|delayed)|warning: (?:could not send|message)`)
)

func statusOf(s string) string {
	if m := enhanced.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// lastStatus is the last code of failure in what was said: programs put their own
// before that of the other side.
func lastStatus(s string) string {
	last := ""
	for _, m := range enhanced.FindAllStringSubmatch(s, 20) {
		if m[1][0] != '2' {
			last = m[1]
		}
	}
	return last
}

// full, refused, absent and nowhere say, in the words of mail systems, why a mail was
// not delivered. Only the last two are hard.
var (
	full    = later(`(?i)recipient preferences|valid from:|after MAIL FROM|(?:mail)?(?:box|folder|dir|quota|storage|disk)[^.\n]{0,40}(?:full|exceed|exhaust|limit)|over ?quota|quota exceeded|exceed(?:ed|s)?[^.\n]{0,30}(?:quota|storage|limit|space)|(?:insufficient|not enough|no) (?:disk )?(?:space|storage)|too (?:large|big|many)|メールボックスがいっぱい`)
	refused = later(`(?i)spam|blacklist|black list|block(?:ed|ing|list)|reputation|policy|polic(?:y|ies)|banned|denied|relay|greylist|grey-list|dmarc|\bspf\b|dkim|unauthenticated|authenticat|virus|content (?:filter|reject)|reverse dns|\bptr\b|rate limit|too many (?:connections|messages)|suspended|disabled|inactive|deactivated|timed? ?out|time-out|connection refused|try again|temporar|refused|not accept(?:ed|ing)|hours|days|not (?:allowed|authorized|permitted)|loop`)
	absent  = later(`(?i)(?:user|recipient|account|mailbox|address|addressee|customer|destinat\w+)[^.\n]{0,60}(?:unknown|not ?(?:be )?found|does ?n[o']t exist|not exist|not (?:listed|known|valid)|invalid|no longer (?:valid|exists|available|on)|was not found|is not a known)|(?:unknown|no such|invalid|nonexistent|non-existent|bad|undefined|not a valid|unrecogni[sz]ed|not our) (?:local |virtual |email |e-mail |address )?(?:user|recipient|mailbox|account|person|address|customer|local[- ]part|alias|destination mailbox|addressee)|no mailbox|does ?n[o']t have (?:an?|any) .{0,60}account|user ?unknown|no such user|unknown or illegal alias|doesn't have an? \S+ account|who are you|is not known|no (?:mail|valid)?box here|recipnotfound|RESOLVER\.ADR\.(?:RecipNotFound|ExRecipNotFound)|recipient not found|has (?:moved|left)|not (?:listed in|a registered)|if (?:the )?address is correct|name is not recognized|unknown\s+recipient|recipient address rejected(?:\.?\s*$|: access denied)|リストにありません|該当|宛先不明|存在しません|такого пользователя|пользователь не найден|не существует`)
	nowhere = later(`(?i)host[^.\n]{0,40}(?:unknown|not found|lookup fail)|unknown host|domain[^.\n]{0,60}(?:not found|unknown|does ?n[o']t exist|not exist|invalid|may not exist|missing)|no such (?:host|domain)|name (?:or service not known|service error.{0,40}not found|server)|unrout(?:e)?able|nxdomain|illegal host|no route to host found|bad destination (?:host|system)|[\w-]+\.[a-z.]{2,12} does not exist|all relevant mx records point to non-existent|does not accept mail|null ?mx|sorry, i couldn't find any host|couldn't find any host`)
)

// ownWords are what Amazon says about every failure of these two kinds.
var ownWords = later(`5\.1\.0 - Unknown address error|5\.3\.0 - Other mail system problem`)

// weigh decides whether a failure is hard: by the words first, for mail systems give
// 5.7.1 and 5.1.1 for everything, and by the status where the words say nothing.
func (one *Recipient) weigh(said, text string) {
	if s := lastStatus(said); s != "" && !strings.HasSuffix(s, ".0.0") {
		one.Status = s
	} else if one.Status == "" {
		one.Status = lastStatus(text)
	}
	if one.Action != "failed" || strings.HasPrefix(one.Status, "2.") {
		return
	}
	said = ownWords.ReplaceAllString(said, "")
	for _, s := range []string{said, text} {
		switch {
		case s == "":
		case full.MatchString(s):
			return
		case nowhere.MatchString(s), absent.MatchString(s):
			passing := one.Status != "" && one.Status[0] == '4' && !absent.MatchString(s)
			one.Hard = !overruled(one.Status) && !passing
			return
		case refused.MatchString(s) && one.Status != "5.1.1" && one.Status != "5.1.2":
			return
		}
		if gone(one.Status) {
			one.Hard = true
			return
		}
	}
}

// gone are the statuses that mean a mailbox or a host that is not there.
func gone(status string) bool {
	switch status {
	case "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4", "5.4.310":
		return true
	}
	return false
}

// overruled are the statuses that say something else than the words beside them.
func overruled(status string) bool {
	switch status {
	case "5.1.7", "5.1.8", "5.2.2", "5.7.26", "5.7.25", "5.2.3", "5.3.4":
		return true
	}
	return false
}

var aboutAddress = later(`(?im)(?:^[ \t|>]*(?:[45]\d\d[ -](?:\d\.\d\.\d )?)?<?([^\s<>"(),;:@\[\]]{1,100}@[^\s<>"(),;:@\[\]]{1,200})>?|(?:rcpt to|attempts|undeliverable to|mailbox is full|deliver(?:y|ing|ed)?(?: your (?:mail|message))? to|recipient|to the following recipients?|address)\s?:?\s{0,4}<?([^\s<>"(),;:@\[\]]{1,100}@[^\s<>"(),;:@\[\]]{1,200})>?)(.*)$`)

// fromText finds the recipients that a report names in words.
func (o *opened) fromText(l *Letter, text string) {
	late := pending.MatchString(l.Subject) || pending.MatchString(text) && !strings.Contains(strings.ToLower(text), "permanent") && !failing.MatchString(strings.ToLower(text[:min(len(text), 200)]))
	one := Recipient{Action: "failed"}
	if late {
		one.Action = "delayed"
	}
	r := l.Report
	if len(r.Recipients) == 0 || len(r.Recipients) == 1 && r.Recipients[0].Mail == "" {
		for _, m := range mailbox.FindAllString(o.head.raw("X-Failed-Recipients"), 50) {
			at := max(0, strings.Index(text, m))
			r.name(m, one, text[at:min(len(text), at+1200)], text)
		}
	}
	if len(r.Recipients) > 0 && r.Recipients[0].Mail != "" {
		return
	}
	found := aboutAddress.FindAllStringSubmatchIndex(text, 100)
	for i, m := range found {
		who := addressIn(text, m)
		end, whole := len(text), text
		for _, next := range found[i+1:] {
			if !strings.EqualFold(addressIn(text, next), who) {
				end, whole = next[0], ""
				break
			}
		}
		if o.isOurs(l, who) {
			continue
		}
		r.name(who, one, text[m[0]:min(end, m[0]+1200)], whole)
	}
	if len(r.Recipients) == 0 {
		if m := firstMailbox(originalTo(o)); m != "" {
			r.name(m, one, text, "")
		} else {
			one.weigh(text, "")
			r.Recipients = append(r.Recipients, one)
		}
	}
}

// addressIn is the address that aboutAddress found.
func addressIn(text string, m []int) string {
	at := 2
	if m[2] < 0 {
		at = 4
	}
	return strings.TrimRight(text[m[at]:m[at+1]], ".'")
}

// name adds a recipient that was found in words; said is what stands beside it, and
// text what else may be about it.
func (r *Report) name(who string, one Recipient, said, text string) {
	one.Mail = who
	one.Diagnostic = oneLine(clipTo(said, 300))
	one.weigh(said, text)
	if len(r.Recipients) == 1 && r.Recipients[0].Mail == "" {
		r.Recipients[0].Mail = who
		return
	}
	r.add(one)
}

// isOurs says that an address is the one the report was sent to, or came from.
func (o *opened) isOurs(l *Letter, who string) bool {
	for _, a := range append(append([]Address(nil), l.To...), l.From...) {
		if strings.EqualFold(a.Mail, who) {
			return true
		}
	}
	return machines.MatchString(who)
}

// returned is the header of the mail that a report gives back.
func (o *opened) returned() textproto.MIMEHeader {
	for _, p := range o.parts {
		switch p.ContentType {
		case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global":
			return headerOf(legible(p.Content[:min(len(p.Content), 64<<10)]))
		}
	}
	text := o.everything()
	if at := copied.FindStringIndex(text); at != nil {
		return headerOf(text[at[0]:])
	}
	return textproto.MIMEHeader{}
}

// headerOf reads the fields of all blocks up to the body.
func headerOf(text string) textproto.MIMEHeader {
	all := textproto.MIMEHeader{}
	for _, b := range blocks(clipTo(text, 64<<10)) {
		for k, v := range b {
			if all[k] == nil {
				all[k] = v
			}
		}
		if all["Message-Id"] != nil {
			break
		}
	}
	return all
}

func originalTo(o *opened) string { return o.returned().Get("To") }

// original is the id of the mail that a report is about.
func (o *opened) original(l *Letter) string {
	h := o.returned()
	for _, v := range []string{h.Get("Message-Id"), h.Get("Original-Message-Id")} {
		if found := ids(v); len(found) > 0 {
			return found[0]
		}
	}
	for _, found := range [][]string{l.InReplyTo, l.References} {
		if len(found) > 0 {
			return found[len(found)-1]
		}
	}
	return ""
}

var (
	notice     = later(`"notificationType"\s*:\s*"(Bounce|Complaint)"`)
	noticeMail = later(`"emailAddress"\s*:\s*"([^"]{1,320})"(?:[^{}]*?"action"\s*:\s*"(\w{1,20})")?(?:[^{}]*?"status"\s*:\s*"([\d.]{1,12})")?(?:[^{}]*?"diagnosticCode"\s*:\s*"([^"]{0,1000})")?`)
	unfolded   = strings.NewReplacer("\n ", "", "\n", "", `\"`, `"`)
	noticeID   = later(`"messageId"\s*:\s*"([^"]{1,300})"`)
)

// notified reads what Amazon's notification service sends by mail: JSON within JSON,
// which mail systems break into lines wherever they like, so that no JSON is left.
func (o *opened) notified(l *Letter, kind string) bool {
	text := strings.TrimSpace(clipTo(o.everything(), 64<<10))
	if !strings.HasPrefix(text, "{") {
		return false
	}
	text = unfolded.Replace(text)
	m := notice.FindStringSubmatch(text)
	if m == nil || m[1] != kind {
		return false
	}
	l.Report = &Report{}
	if id := noticeID.FindStringSubmatch(text); id != nil {
		l.Report.MessageID = id[1]
	}
	for _, f := range noticeMail.FindAllStringSubmatch(text, 50) {
		one := Recipient{Mail: f[1], Action: f[2], Status: statusOf(f[3]), Diagnostic: oneLine(f[4])}
		if kind == "Bounce" {
			if !known[one.Action] {
				one.Action = "failed"
			}
			one.weigh(one.Diagnostic, "")
		}
		l.Report.add(one)
	}
	return true
}
