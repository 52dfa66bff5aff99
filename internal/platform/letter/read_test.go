package letter

import (
	"strings"
	"testing"

	"example.org/meantime/internal/platform/fault"
)

func mustRead(t *testing.T, raw string) Letter {
	t.Helper()
	l, err := Read([]byte(strings.ReplaceAll(raw, "\n", "\r\n")), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

const header = "From: =?utf-8?q?Ana_L=C3=ADma?= <ana@example.org>\nTo: Ben <ben@example.org>, \"Lee, Mei\" <mei@example.org>\nSubject: Re: AW: =?utf-8?B?w4RuZGVy?= =?utf-8?B?dW5n?=\n" +
	"Date: Tue, 3 Feb 2026 14:05:00 +0100\nMessage-ID: <2@example.org>\nIn-Reply-To: <1@example.org>\nReferences: <0@example.org>\n <1@example.org>\nDelivered-To: reply+x@example.net\n"

func TestWhatTheHeaderSays(t *testing.T) {
	l := mustRead(t, header+"\nYes.\n")
	got := map[string]string{
		"from": l.From[0].String(), "to": l.To[1].String(), "subject": l.Subject, "title": l.Title, "id": l.MessageID, "answers": strings.Join(l.InReplyTo, " "),
		"references": strings.Join(l.References, " "), "envelope": strings.Join(l.Envelope, " "), "date": l.Date.Format("2006-01-02T15:04Z07:00"), "said": l.Said, "kind": string(l.Kind),
	}
	for what, want := range map[string]string{
		"from": "Ana Líma <ana@example.org>", "to": "Lee, Mei <mei@example.org>", "subject": "Re: AW: Änderung", "title": "Änderung", "id": "2@example.org", "answers": "1@example.org",
		"references": "0@example.org 1@example.org", "envelope": "reply+x@example.net", "date": "2026-02-03T13:05Z", "said": "Yes.", "kind": "person",
	} {
		if got[what] != want {
			t.Errorf("%s is %q, want %q", what, got[what], want)
		}
	}
}

func TestWhatTheBodySays(t *testing.T) {
	const alternative = "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
	cases := []struct{ name, raw, said string }{
		{"Latin-1", "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe\n", "Grüße"},
		{"UTF-8 that says it is ASCII", "Content-Type: text/plain; charset=us-ascii\n\nGrüße\n", "Grüße"},
		{"UTF-8 that says nothing", "\nGrüße\n", "Grüße"},
		{"Latin-1 that says it is UTF-8", "Content-Type: text/plain; charset=utf-8\n\nGr\xfc\xdfe\n", "Grüße"},
		{"Japanese", "Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B$O$$\x1b(B\n", "はい"},
		{"flowed", "Content-Type: text/plain; format=flowed\n\nOne line that goes \non here.\nAnother.\n> quoted \n> text\n", "One line that goes on here.\nAnother."},
		{"the text is preferred", alternative + "Yes, *this*.\n--b\nContent-Type: text/html\n\n<p>Yes, <b>this</b>.</p>\n--b--\n", "Yes, *this*."},
		{
			"a text that only points to the HTML is not", alternative + "Your mail program does not support HTML.\n--b\nContent-Type: text/html\n\n<p>We ship on <b>Friday</b> if the tests of the third floor pass by then, and otherwise on Monday.</p>\n--b--\n",
			"We ship on **Friday** if the tests of the third floor pass by then, and otherwise on Monday.",
		},
		{"a list of HTML", "Content-Type: text/html\n\n<p>Two things:</p><ul><li>ship<li>rest <a href='https://example.org/a'>here</a></ul>", "Two things:\n\n- ship\n- rest [here](https://example.org/a)"},
		{"a table of HTML", "Content-Type: text/html\n\n<table border=1><tr><th>a<th>b<tr><td>1<td>2</table>", "| a | b |\n| --- | --- |\n| 1 | 2 |"},
		{"scripts and what is hidden", "Content-Type: text/html\n\n<style>p{}</style><script>x()</script><div style='display: none'>preview</div><p onclick=x()>Yes</p>", "Yes"},
		{"Gmail", "Content-Type: text/html\n\n<div dir=ltr>Yes.</div><br><div class=\"gmail_quote gmail_quote_container\"><div class=gmail_attr>Ana 3/2 kirjoitteli jotain<br></div><blockquote class=gmail_quote>Ship?</blockquote></div>", "Yes."},
		{
			"Gmail, between the lines", "Content-Type: text/html\n\n<div class=gmail_quote><div class=gmail_attr>On Tue, Ana wrote:</div><blockquote class=gmail_quote>Ship?</blockquote><div>Yes.</div><blockquote class=gmail_quote>Price?</blockquote><div>As agreed.</div></div>",
			"On Tue, Ana wrote:\n\n> Ship?\n\nYes.\n\n> Price?\n\nAs agreed.",
		},
		{"Gmail's indent is the author's", "Content-Type: text/html\n\n<div>See:</div><blockquote style='margin:0 0 0 40px;border:none;padding:0px'><div>Friday</div></blockquote>", "See:\n\nFriday"},
		{"Gmail's signature", "Content-Type: text/html\n\n<div>Yes.</div><div class=gmail_signature>Ana<br>Head of Ships</div>", "Yes."},
		{"Outlook", "Content-Type: text/html\n\n<p class=MsoNormal>Yes.</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Ana</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Ben &lt;ben@example.org&gt; <br><b>Sent:</b> Tuesday, 3 February 2026<br><b>To:</b> Ana<br><b>Subject:</b> Ship?</p></div></div><p>Ship?</p>", "Yes.\n\nAna"},
		{"Outlook on the web", "Content-Type: text/html\n\n<div>Yes.</div><hr><div id=divRplyFwdMsg><font>Ett okänt språk säger 1</font></div><div>Ship?</div>", "Yes."},
		{"Yahoo", "Content-Type: text/html\n\n<div>Yes.</div><div id=yahoo_quoted_123 class=yahoo_quoted><div>Le mardi, quelqu'un</div><div>Ship?</div></div>", "Yes."},
		{"Thunderbird", "Content-Type: text/html\n\n<p>Yes.</p><div class=moz-cite-prefix>Sprache 7 unbekannt</div><blockquote type=cite>Ship?</blockquote><pre class=moz-signature>-- \nAna</pre>", "Yes."},
		{"our own line in HTML", "Content-Type: text/html\n\n<div>Yes.</div><div>" + Marker + "</div><div>Ship?</div>", "Yes."},
		{"signed with PGP", "\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nYes.\n- - and more\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n", "Yes.\n- and more"},
		{"signed with S/MIME", "Content-Type: multipart/signed; boundary=s\n\n--s\nContent-Type: text/plain\n\nYes.\n--s\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nAAAA\n--s--\n", "Yes."},
		{"parts announced and not there", "Content-Type: multipart/mixed; boundary=b\n\nYes.\n", "Yes."},
		{"lines that end on purpose", "\nRegards,\nAna\n", "Regards,  \nAna"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := mustRead(t, "From: ana@example.org\n"+c.raw)
			got := l.Said
			if !strings.Contains(c.said, "  \n") {
				got = seen(got)
			}
			if got != c.said {
				t.Errorf("said %q, want %q; whole %q; %v", got, c.said, l.Whole, l.Warnings)
			}
		})
	}
}

func TestWhatIsEnclosed(t *testing.T) {
	l := mustRead(t, header+"Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\n<p>See <img src=\"cid:plan@x\" alt=\"the plan\"></p>\n"+
		"--r\nContent-Type: image/png; name=\"../../plan.png\"\nContent-ID: <plan@x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--r--\n"+
		"--m\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\nAAAA\n--m\nContent-Type: text/plain; name=notes.txt\nContent-Disposition: attachment\n\nnotes\n--m\nContent-Type: message/rfc822\n\nFrom: c@d.e\nSubject: inner\n\nthe inner letter\n--m--\n")
	if l.Said != "See ![the plan](cid:plan@x)" {
		t.Errorf("said %q", l.Said)
	}
	var names []string
	for _, a := range l.Attachments {
		names = append(names, a.Name)
	}
	if got := strings.Join(names, " "); got != "plan.png winmail.dat notes.txt attachment.eml" {
		t.Errorf("enclosed are %q", got)
	}
	if p := l.Attachments[0]; !p.Inline || p.ContentID != "plan@x" || p.Type != "image/png" || len(p.Content) != 8 {
		t.Errorf("the picture is %+v", p)
	}
	if !strings.Contains(l.Whole, "the inner letter") || strings.Contains(l.Said, "the inner letter") {
		t.Errorf("the enclosed letter belongs to the whole and not to what was said: %q", l.Whole)
	}
}

func TestWhoWrote(t *testing.T) {
	cases := []struct {
		name, raw string
		kind      Kind
	}{
		{"a person", "Subject: Re: Ship?\n\nYes.", Person},
		{"a person about a vacation", "Subject: Re: My vacation in May\n\nYes.", Person},
		{"a person about a bounce", "Subject: Delivery failed again\n\nMy mail was not delivered, what now?", Person},
		{"a person whose program says no", "Auto-Submitted: no\nSubject: x\n\nYes.", Person},
		{"an absence", "Auto-Submitted: auto-replied\nSubject: x\n\nAway.", AutoReply},
		{"an absence in German, by its subject", "Subject: Automatische Antwort: Re: Ship?\n\nWeg.", AutoReply},
		{"an absence in Japanese, by its subject", "Subject: =?utf-8?B?6Ieq5YuV5b+c562UOiBTaGlwPw==?=\n\nx", AutoReply},
		{"an old responder", "X-Autoreply: yes\nSubject: x\n\nAway.", AutoReply},
		{"nobody to answer", "Return-Path: <>\nSubject: x\n\nAway.", AutoReply},
		{"a receipt", "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\nContent-Type: text/plain\n\nread\n--b--", AutoReply},
		{"a list", "List-Id: <ships.example.org>\nSubject: x\n\nYes.", List},
		{"bulk", "Precedence: bulk\nSubject: x\n\nYes.", List},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := mustRead(t, "From: Ana <ana@example.org>\n"+c.raw+"\n")
			if l.Kind != c.kind || (l.Kind != Person) != (len(l.Reasons) > 0) {
				t.Errorf("kind is %s for %q, want %s", l.Kind, l.Reasons, c.kind)
			}
		})
	}
}

const dsn = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: us@example.org\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
	"--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n" +
	"Final-Recipient: rfc822; mei@example.com\nAction: delayed\nStatus: 4.2.2\nDiagnostic-Code: smtp; 452 4.2.2 Mailbox full\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <ours@example.org>\nSubject: Ship?\n\nShip?\n--b--\n"

func TestABounceNamesWhomItConcerns(t *testing.T) {
	l := mustRead(t, dsn)
	if l.Kind != Bounce || l.Report == nil || len(l.Report.Recipients) != 2 {
		t.Fatalf("kind %s, report %+v", l.Kind, l.Report)
	}
	ana, mei := l.Report.Recipients[0], l.Report.Recipients[1]
	if ana.Mail != "ana@example.com" || !ana.Hard || ana.Action != "failed" || ana.Status != "5.1.1" {
		t.Errorf("ana is %+v", ana)
	}
	if mei.Mail != "mei@example.com" || mei.Hard || mei.Action != "delayed" || mei.Status != "4.2.2" {
		t.Errorf("mei is %+v", mei)
	}
	if l.Report.MessageID != "ours@example.org" || !l.Report.Failed() || !l.Report.Hard() {
		t.Errorf("the report is %+v", l.Report)
	}
}

func TestAComplaintNamesTheMail(t *testing.T) {
	l := mustRead(t, "From: fbl@example.net\nSubject: x\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: text/plain\n\nabuse\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: <ana@example.com>\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <ours@example.org>\n\nx\n--b--\n")
	if l.Kind != Complaint || l.Report.Feedback != "abuse" || l.Report.MessageID != "ours@example.org" || l.Report.Recipients[0].Mail != "ana@example.com" {
		t.Errorf("kind %s, report %+v", l.Kind, l.Report)
	}
}

func TestWhatIsNotRead(t *testing.T) {
	if _, err := Read([]byte("\r\n \r\n"), Limits{}); !fault.Is(err, "letter_empty") {
		t.Errorf("of an empty mail: %v, want letter_empty", err)
	}
	if _, err := Read([]byte("Subject: x\r\n\r\nyes"), Limits{Bytes: 5}); !fault.Is(err, "letter_too_large") {
		t.Errorf("of a large mail: %v, want letter_too_large", err)
	}
}

// seeds are mails of our own, which the tests of broken mail break.
var seeds = []string{
	header + "\nYes.\n", dsn,
	"Content-Type: text/html; charset=windows-1252\n\n<div>Yes</div><blockquote type=cite>x<table border=1><tr><td>1<td>2</table></blockquote>",
	"Content-Type: multipart/alternative; boundary=\"b\"\n\n--b\nContent-Type: text/plain; format=flowed; delsp=yes\nContent-Transfer-Encoding: base64\n\nWWVzIAo=\n--b--\n",
	"Subject: =?iso-2022-jp?B?GyRCJE8kJBsoQg==?=\nFrom: \"a, b\" <c@d.e>, x y <z>\n\n-----BEGIN PGP SIGNED MESSAGE-----\n\nx\n",
}

func FuzzRead(f *testing.F) {
	for _, raw := range seeds {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := Read(raw, Limits{})
		if err != nil && fault.As(err) == nil {
			t.Errorf("an error that is no fault: %v", err)
		}
		if err == nil && l.Kind == "" {
			t.Error("a letter of no kind")
		}
		for _, a := range l.Attachments {
			if a.Name == "" || strings.ContainsAny(a.Name, "/\\\x00") {
				t.Errorf("a file named %q", a.Name)
			}
		}
		if strings.Contains(strings.Join(l.Warnings, " "), "the parser failed") {
			t.Errorf("the parser failed: %v", l.Warnings)
		}
	})
}
