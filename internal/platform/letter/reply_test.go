package letter

import (
	"strings"
	"testing"
)

// TestWhatEachProgramWrites has an answer above what mail programs put there, in the
// languages they speak.
func TestWhatEachProgramWrites(t *testing.T) {
	introductions := map[string]string{
		"Gmail, English":           "On Tue, 3 Feb 2026 at 14:05, Ana Lima <ana@example.org> wrote:",
		"Gmail, English, AM":       "On Tue, Feb 3, 2026 at 2:05 PM Ana Lima <ana@example.org> wrote:",
		"Gmail, wrapped":           "On Tue, Feb 3, 2026 at 2:05 PM Ana Lima with a Long Name <\nana.lima@department.example.org> wrote:",
		"Gmail, wrapped twice":     "On Tue, Feb 3, 2026 at 2:05 PM Ana Lima\n<ana.lima@department.example.org>\nwrote:",
		"Apple Mail, English":      "On 3 Feb 2026, at 14:05, Ana Lima <ana@example.org> wrote:",
		"Thunderbird, English":     "On 03/02/2026 14:05, Ana Lima wrote:",
		"Thunderbird, ISO":         "On 2026-02-03 14:05, Ana Lima wrote:",
		"Zoho":                     "---- On Tue, 03 Feb 2026 14:05:00 +0000 Ana Lima <ana@example.org> wrote ---",
		"ProtonMail":               "On Tuesday, February 3rd, 2026 at 2:05 PM, Ana Lima <ana@example.org> wrote:",
		"Yahoo":                    "On Tuesday, February 3, 2026, 2:05 PM, Ana Lima <ana@example.org> wrote:",
		"Gmail, German":            "Am Di., 3. Feb. 2026 um 14:05 Uhr schrieb Ana Lima <ana@example.org>:",
		"Thunderbird, German":      "Am 03.02.26 um 14:05 schrieb Ana Lima:",
		"Apple Mail, German":       "Am 03.02.2026 um 14:05 schrieb Ana Lima <ana@example.org>:",
		"Gmail, French":            "Le mar. 3 févr. 2026 à 14:05, Ana Lima <ana@example.org> a écrit :",
		"Thunderbird, French":      "Le 03/02/2026 à 14:05, Ana Lima a écrit :",
		"Gmail, Spanish":           "El mar, 3 feb 2026 a las 14:05, Ana Lima (<ana@example.org>) escribió:",
		"Thunderbird, Spanish":     "El 3/2/26 a las 14:05, Ana Lima escribió:",
		"Gmail, Portuguese":        "Em ter., 3 de fev. de 2026 às 14:05, Ana Lima <ana@example.org> escreveu:",
		"Thunderbird, Portuguese":  "Às 14:05 de 03/02/26, Ana Lima escreveu:",
		"Gmail, Italian":           "Il giorno mar 3 feb 2026 alle ore 14:05 Ana Lima <ana@example.org> ha scritto:",
		"Thunderbird, Italian":     "Il 03/02/26 14:05, Ana Lima ha scritto:",
		"Gmail, Dutch":             "Op di 3 feb 2026 om 14:05 schreef Ana Lima <ana@example.org>:",
		"Apple Mail, Dutch":        "Op 3 feb 2026, om 14:05 heeft Ana Lima <ana@example.org> het volgende geschreven:",
		"Gmail, Swedish":           "Den tis 3 feb. 2026 kl 14:05 skrev Ana Lima <ana@example.org>:",
		"Gmail, Danish":            "Den tirs. 3. feb. 2026 kl. 14.05 skrev Ana Lima <ana@example.org>:",
		"Gmail, Norwegian":         "tir. 3. feb. 2026 kl. 14:05 skrev Ana Lima <ana@example.org>:",
		"Gmail, Finnish":           "ti 3. helmik. 2026 klo 14.05 Ana Lima (ana@example.org) kirjoitti:",
		"Gmail, Polish":            "wt., 3 lut 2026 o 14:05 Ana Lima <ana@example.org> napisał(a):",
		"Thunderbird, Polish":      "W dniu 03.02.2026 o 14:05, Ana Lima pisze:",
		"Gmail, Czech":             "út 3. 2. 2026 v 14:05 odesílatel Ana Lima <ana@example.org> napsal:",
		"Thunderbird, Czech":       "Dne 03. 02. 26 v 14:05 Ana Lima napsal(a):",
		"Gmail, Slovak":            "ut 3. 2. 2026 o 14:05 Ana Lima <ana@example.org> napísal(a):",
		"Gmail, Hungarian":         "Ana Lima <ana@example.org> ezt írta (időpont: 2026. febr. 3., K, 14:05):",
		"Gmail, Romanian":          "În mar., 3 feb. 2026 la 14:05, Ana Lima <ana@example.org> a scris:",
		"Gmail, Russian":           "вт, 3 февр. 2026 г. в 14:05, Ana Lima <ana@example.org>:",
		"Thunderbird, Russian":     "03.02.2026 14:05, Ana Lima пишет:",
		"Yandex":                   "03.02.2026, 14:05, \"Ana Lima\" <ana@example.org>:",
		"Mail.ru":                  "Вторник, 3 февраля 2026, 14:05 +03:00 от Ana Lima <ana@example.org>:",
		"Gmail, Ukrainian":         "вт, 3 лют. 2026 р. о 14:05 Ana Lima <ana@example.org> пише:",
		"Gmail, Greek":             "Στις Τρί 3 Φεβ 2026 στις 2:05 μ.μ., ο/η Ana Lima <ana@example.org> έγραψε:",
		"Gmail, Turkish":           "Ana Lima <ana@example.org>, 3 Şub 2026 Sal, 14:05 tarihinde şunu yazdı:",
		"Gmail, Chinese":           "Ana Lima <ana@example.org> 于2026年2月3日周二 14:05写道：",
		"Apple Mail, Chinese":      "在 2026年2月3日，14:05，Ana Lima <ana@example.org> 写道：",
		"Gmail, Taiwan":            "Ana Lima <ana@example.org> 於 2026年2月3日 週二 下午2:05寫道：",
		"Gmail, Japanese":          "2026年2月3日(火) 14:05 Ana Lima <ana@example.org>:",
		"Apple Mail, Japanese":     "2026/02/03 14:05、Ana Lima <ana@example.org>のメール:",
		"Gmail, Korean":            "2026년 2월 3일 (화) 오후 2:05, Ana Lima <ana@example.org>님이 작성:",
		"Gmail, Vietnamese":        "Vào Th 3, 3 thg 2, 2026 vào lúc 14:05 Ana Lima <ana@example.org> đã viết:",
		"Gmail, Indonesian":        "Pada tanggal Sel, 3 Feb 2026 pukul 14.05 Ana Lima <ana@example.org> menulis:",
		"Gmail, Hebrew":            "\u202bבתאריך יום ג׳, 3 בפבר׳ 2026 ב-14:05 מאת \u202aAna Lima\u202c\u200f <\u202aana@example.org\u202c\u200f>:\u202c",
		"Gmail, Arabic":            "في الثلاثاء، 3 فبراير 2026 في 2:05 م تمت كتابة ما يلي بواسطة Ana Lima <ana@example.org>:",
		"K-9":                      "Ana Lima <ana@example.org> wrote:",
		"Outlook, English":         "From: Ana Lima <ana@example.org>\nSent: Tuesday, February 3, 2026 2:05 PM\nTo: Ben <ben@example.org>\nSubject: Re: Offer",
		"Outlook, German":          "Von: Ana Lima <ana@example.org>\nGesendet: Dienstag, 3. Februar 2026 14:05\nAn: Ben <ben@example.org>\nBetreff: AW: Angebot",
		"Outlook, French":          "De : Ana Lima <ana@example.org>\nEnvoyé : mardi 3 février 2026 14:05\nÀ : Ben <ben@example.org>\nObjet : RE: Offre",
		"Outlook, Spanish":         "De: Ana Lima <ana@example.org>\nEnviado el: martes, 3 de febrero de 2026 14:05\nPara: Ben <ben@example.org>\nAsunto: RE: Oferta",
		"Outlook, Japanese":        "差出人: Ana Lima <ana@example.org>\n送信日時: 2026年2月3日 14:05\n宛先: Ben <ben@example.org>\n件名: RE: 見積",
		"Outlook, Chinese":         "发件人: Ana Lima <ana@example.org>\n发送时间: 2026年2月3日 14:05\n收件人: Ben <ben@example.org>\n主题: 回复: 报价",
		"Outlook, bold":            "*From:* Ana Lima <ana@example.org>\n*Sent:* Tuesday, February 3, 2026 2:05 PM\n*To:* Ben\n*Subject:* Re: Offer",
		"Outlook on the web":       "________________________________\nFrom: Ana Lima <ana@example.org>\nSent: Tuesday, February 3, 2026 2:05:00 PM\nTo: Ben <ben@example.org>\nSubject: Re: Offer",
		"Outlook Express":          "----- Original Message -----\nFrom: \"Ana Lima\" <ana@example.org>\nTo: <ben@example.org>\nSent: Tuesday, February 03, 2026 2:05 PM\nSubject: Re: Offer",
		"Outlook Express, Italian": "-----Messaggio originale-----\nDa: Ana Lima [mailto:ana@example.org]\nInviato: martedì 3 febbraio 2026 14:05\nA: Ben\nOggetto: R: Offerta",
		"Lotus Notes":              "-----Ana Lima <ana@example.org> wrote: -----",
		"ours":                     Marker,
	}
	const answer = "Yes, on Friday.\n\nI will send the rest tomorrow."
	for name, above := range introductions {
		for kind, below := range map[string]string{"quoted": "\n> Can we ship?\n>\n> Ana\n", "bare": "\n\nCan we ship?\n\nAna\n"} {
			said, cut := Reply(answer+"\n\n"+above+below, "")
			if said != answer {
				t.Errorf("%s, %s: said %q, want %q", name, kind, said, answer)
			}
			if len(cut) != 1 || !strings.Contains(cut[0].Text, "Can we ship?") {
				t.Errorf("%s, %s: cut %q, want the question", name, kind, cut)
			}
		}
	}
}

func TestWhatDevicesSign(t *testing.T) {
	for _, line := range []string{
		"Sent from my iPhone", "Sent from my Samsung Galaxy smartphone.", "Get Outlook for iOS<https://aka.ms/o0ukef>", "Sent from Proton Mail for iOS", "Sent from Yahoo Mail on Android", "Sent with Proton Mail secure email.",
		"Von meinem iPhone gesendet", "Gesendet mit der GMX Mail App", "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.", "Envoyé de mon iPhone", "Envoyé depuis mon mobile Samsung", "Enviado desde mi iPhone", "Enviado do meu iPhone",
		"Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone", "Sendt fra min iPhone", "Lähetetty iPhonesta", "Wysłane z iPhone'a", "Odesláno z iPhonu", "Trimis de pe iPhone-ul meu", "Отправлено с iPhone", "Надіслано з iPhone",
		"iPhone'umdan gönderildi", "Στάλθηκε από το iPhone μου", "iPhoneから送信", "发自我的iPhone", "從我的 iPhone 傳送", "나의 iPhone에서 보냄", "Đã gửi từ iPhone của tôi", "Dikirim dari iPhone saya", "נשלח מה-iPhone שלי",
	} {
		if said, _ := Reply("Yes, on Friday.\n\n"+line+"\n", ""); said != "Yes, on Friday." {
			t.Errorf("%q: said %q", line, said)
		}
	}
}

// TestTheAuthorsWordsStay has what looks like a quote or a signature and is none.
func TestTheAuthorsWordsStay(t *testing.T) {
	for _, text := range []string{
		"On Friday I wrote: nothing. Let us talk.",
		"On 3 May 2024 we met. Then Ana said:\n\nlet us ship.",
		"I asked, and on Monday they wrote back:\n\nIt is fine.",
		"From: Lisbon\nTo: Taipei\nDate: 5 May\n\nWhat does it cost?",
		"From my side: yes.\nTo be sure: ask Ana.",
		"Options:\n\n- from: 3\n- to: 4",
		"The mail was sent from my iPhone app.\n\nIt failed.",
		"Sent from my house, your parcel arrives on Friday. I paid for it.",
		"```\n--\n> On 1 Jan 2020, a@b.c wrote:\nFrom: a@b.c\nTo: b@c.d\nSubject: x\n```\n\nThis is what it prints.",
		"SELECT 1;\n-- a comment\nSELECT 2;",
		"a\n\n---\n\nb",
		"| a | b |\n|---|---|\n| 1 | 2 |",
		"Meeting 10:30 on 2024-05-01 with Ana:\n\nbring the plan.",
		"> A quote that I set myself.",
		"Agenda:\n\n1. Wrote: done\n2. Sent: done",
		"Best regards,\nAna",
		"Subject: to approval.\n\nI mean it.",
		"She wrote the following:\n\nno.",
		"Please reply above this line of argument.",
		"100 > 50\n\n3 < 4",
		"-Option Two\n\n-Option Three",
		"Original message:\nwas better.",
	} {
		if said, cut := Reply(text, ""); said != text {
			t.Errorf("of %q said %q, cut %q", text, said, cut)
		}
	}
}

func TestAnswersBetweenTheLines(t *testing.T) {
	const above = "On Tue, 3 Feb 2026 at 14:05, Ana <ana@example.org> wrote:\n"
	cases := []struct{ name, text, said string }{
		{"two answers keep both questions", above + "> Ship on Friday?\n\nYes.\n\n> And the price?\n\nAs agreed.\n\n> Ana\n", above + "> Ship on Friday?\n\nYes.\n\n> And the price?\n\nAs agreed."},
		{"an answer beneath the whole", above + "> Ship on Friday?\n>\n> Ana\n\nYes.\n", "Yes."},
		{"a greeting above, the answer beneath", "Hi,\n" + above + "> Ship on Friday?\n\nYes, and then the rest.\n", "Hi,\n" + above + "> Ship on Friday?\n\nYes, and then the rest."},
		{"an answer above, a greeting beneath", "Yes, on Friday, and then the rest.\n\n" + above + "> Ship?\n\nRegards, Ben\n", "Yes, on Friday, and then the rest.\n\nRegards, Ben"},
		{"only a quote", above + "> Ship?\n", ""},
		{"our line, quoted, and an answer beneath it", above + "> " + Marker + "\n> Ship?\n\nYes.\n", "Yes."},
		{"nothing", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if said, _ := Reply(c.text, ""); seen(said) != seen(c.said) {
				t.Errorf("said %q, want %q", said, c.said)
			}
		})
	}
}

func FuzzReply(f *testing.F) {
	f.Add("Yes.\n\nOn Tue, 3 Feb 2026 at 14:05, Ana <\nana@example.org\n> wrote:\n> Ship?\n-- \nBen")
	f.Add("a\n> b\nc\n> d\ne\n_____\nFrom: a@b.c\nDate: 1 Jan\nSubject: x\n")
	f.Add("```\n> a\n```\n" + Marker + "\nx")
	f.Add("<\nmailto:A <a@b.c>\n> wrote:\n>:\n")
	f.Fuzz(func(t *testing.T, text string) {
		said, cut := Reply(text, "Ana")
		if strings.HasPrefix(said, "\n") || strings.HasSuffix(said, "\n") {
			t.Errorf("said begins or ends with a blank line: %q", said)
		}
		// Nothing disappears: each word is said, or hidden with a reason.
		all := said
		for _, h := range cut {
			if h.Why == "" {
				t.Errorf("hidden without a reason: %q", h.Text)
			}
			all += "\n" + h.Text
		}
		if a, b := len(strings.Join(strings.Fields(all), "")), len(strings.Join(strings.Fields(text), "")); a != b {
			t.Errorf("%d characters of %d are left: %q", a, b, all)
		}
	})
}
