package letter

import (
	"strings"
)

// originals and forwards are what mail programs write between dashes above a letter
// they repeat in full.
var originals = []string{
	"original message", "original appointment", "original mail", "reply message", "ursprüngliche nachricht", "ursprüngliche mail", "originalnachricht", "original-nachricht", "original nachricht",
	"message d'origine", "message d’origine", "message original", "message initial", "mensaje original", "missatge original", "mensagem original", "messaggio originale",
	"oorspronkelijk bericht", "origineel bericht", "ursprungligt meddelande", "originalmeddelande", "oprindelig meddelelse", "original meddelelse", "opprinnelig melding", "original melding",
	"alkuperäinen viesti", "wiadomość oryginalna", "oryginalna wiadomość", "treść oryginalnej wiadomości", "původní zpráva", "pôvodná správa", "izvorna poruka", "izvirno sporočilo",
	"eredeti üzenet", "mesaj original", "mesajul original", "algne kiri", "исходное сообщение", "оригинальное сообщение", "первоначальное сообщение", "вихідне повідомлення", "оригінальне повідомлення", "оригинално съобщение",
	"orijinal mesaj", "orjinal mesaj", "özgün ileti", "αρχικό μήνυμα", "原始邮件", "原始信件", "原始郵件", "原邮件", "原始訊息", "元のメッセージ", "オリジナルメッセージ", "원본 메시지", "원본메시지", "원본 메일",
	"tin nhắn gốc", "thư gốc", "pesan asli", "הודעה מקורית", "الرسالة الأصلية", "رسالة أصلية",
}

var forwards = []string{
	"forwarded message", "forwarded mail", "forwarded by", "begin forwarded message", "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail", "message transféré", "message transmis", "début du message réexpédié", "début du message transféré",
	"mensaje reenviado", "inicio del mensaje reenviado", "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem encaminhada", "início da mensagem reenviada", "messaggio inoltrato", "inizio messaggio inoltrato",
	"doorgestuurd bericht", "begin doorgestuurd bericht", "vidarebefordrat meddelande", "vidarebefordrat brev", "videresendt meddelelse", "videresendt melding", "start på videresendt", "välitetty viesti", "edelleenlähetetty viesti",
	"wiadomość przekazana", "przekazana wiadomość", "treść przekazanej wiadomości", "přeposlaná zpráva", "preposlaná správa", "továbbított üzenet", "továbbított levél", "mesaj redirecționat", "mesaj redirectionat",
	"пересланное сообщение", "пересылаемое сообщение", "перенаправленное сообщение", "переслане повідомлення", "препратено съобщение", "iletilen mesaj", "iletilen ileti", "προωθημένο μήνυμα",
	"转发的邮件", "已转发的邮件", "轉寄郵件", "轉寄的郵件", "転送メッセージ", "転送されたメッセージ", "전달된 메시지", "전달된 메일", "thư được chuyển tiếp", "pesan terusan", "הודעה שהועברה", "رسالة معاد توجيهها",
}

// divider says whether a line separates a repeated letter from what is above it.
func divider(bare string) (Why, bool) {
	if len(bare) > 160 {
		return "", false
	}
	core := strings.Trim(bare, "-_=~#–—·. :：>")
	if core == "" {
		return "", false
	}
	dashed := strings.HasPrefix(bare, "--") || strings.HasPrefix(bare, "==") || strings.HasPrefix(bare, "__") ||
		strings.HasPrefix(bare, "——") || strings.HasPrefix(bare, "–")
	told := strings.HasSuffix(bare, ":") || strings.HasSuffix(bare, "：")
	if !dashed && !told {
		return "", false
	}
	core = strings.ToLower(core)
	for _, w := range originals {
		if core == w && dashed {
			return Quote, true
		}
	}
	for _, w := range forwards {
		if core == w || dashed && strings.HasPrefix(core, w+" ") {
			return Forward, true
		}
	}
	return "", false
}

// field is a line of a header that was written into the text.
type field int

const (
	noField field = iota
	fromField
	dateField
	toField
	subjectField
	otherField
)

var labels = map[field]string{
	fromField:    `from|sender|von|absender|de|expéditeur|remitente|remetente|da|mittente|van|afzender|från|avsändare|fra|afsender|avsender|lähettäjä|saatja|od|nadawca|odesílatel|odosielateľ|pošiljatelj|feladó|küldő|от|отправитель|від|от кого|από|αποστολέας|kimden|gönderen|de la|dari|từ|מאת|من|จาก|发件人|寄件者|寄件人|發件人|差出人|送信者|보낸 ?사람|보낸사람|发送人|message de`,
	dateField:    `sent|date|datum|gesendet|envoyé|envoyé le|date d'envoi|enviado|enviada em|enviado el|enviado em|data|fecha|inviato|verzonden|datum|skickat|sendt|dato|lähetetty|päivämäärä|päiväys|wysłano|data|dátum|odesláno|odoslané|poslano|elküldve|küldve|отправлено|дата|дата и время|надіслано|відправлено|изпратено|στάλθηκε|ημερομηνία|gönderildi|gönderilme tarihi|gönderme tarihi|tarih|trimis|saadetud|dikirim|tanggal|đã gửi|ngày|gửi|נשלח|תאריך|تاريخ الإرسال|أرسلت|التاريخ|ส่งเมื่อ|วันที่|发送时间|发送日期|寄件日期|日期|傳送日期|送信日時|送信日|日時|보낸 ?날짜|보낸 시간|날짜|message du`,
	toField:      `to|an|à|a|para|aan|till|til|vastaanottaja|kellele|do|komu|za|címzett|кому|получатель|до|προς|kime|alıcı|către|kepada|đến|tới|אל|إلى|ถึง|收件人|收件者|宛先|받는 ?사람|받는사람|cc|kopie|kopie an|copie à|copia|kopia|kopi|kópia|másolat|копия|копія|κοιν|bilgi|抄送|副本|参考`,
	subjectField: `subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|teema|temat|předmět|predmet|tárgy|тема|относно|θέμα|konu|subiect|subjek|perihal|chủ đề|tiêu đề|נושא|הנדון|الموضوع|เรื่อง|主题|主旨|主題|件名|제목|re`,
	otherField:   `reply-to|antwort an|répondre à|rispondi a|responder a|bcc|importance|priority|attachments|anlagen|pièces jointes|sensitivity|message-id|organization|newsgroups|x-[a-z-]{1,30}`,
}

var fieldLine = later(`(?i)^(?:(` + labels[fromField] + `)|(` + labels[dateField] + `)|(` + labels[toField] + `)|(` + labels[subjectField] + `)|(` + labels[otherField] + `))\s?[:：]\s?(.*)$`)

// second finds a field that shares its line with another one.
var second = later(`(?i)\s(?:date|sent|to|subject|datum|gesendet|betreff|objet|envoyé)\s?: `)

func fieldOf(bare string) field {
	if len(bare) > 1000 || !strings.ContainsAny(bare, ":：") {
		return noField
	}
	m := fieldLine.FindStringSubmatchIndex(bare)
	if m == nil {
		return noField
	}
	for f := fromField; f <= otherField; f++ {
		if m[2*int(f)] >= 0 {
			return f
		}
	}
	return noField
}

// headerAt says how many lines from i on repeat the header of another letter; 0 if
// they do not. A list such as "From: Lisbon, To: Taipei" is no header: a mailbox or a
// subject with a sender and a date must be among them.
func headerAt(ls []line, i int) int {
	if f := fieldOf(ls[i].bare); f == noField || f == otherField {
		return 0
	}
	seen := map[field]bool{}
	mail, last, folded := false, i, 0
	for j := i; j < len(ls) && j < i+25 && ls[j].depth == ls[i].depth; j++ {
		bare := ls[j].bare
		f := fieldOf(bare)
		switch {
		case f != noField:
			seen[f] = true
			if second.MatchString(bare) {
				seen[dateField] = true
			}
			last, folded = j, 0
		case bare == "" && j > last+1, bare != "" && (folded >= 3 || j > 0 && ls[j-1].bare == ""):
			return repeats(seen, mail, i, last)
		case bare != "":
			folded++
		}
		if f != noField || folded > 0 {
			mail = mail || strings.Contains(bare, "@")
		}
	}
	return repeats(seen, mail, i, last)
}

func repeats(seen map[field]bool, mail bool, i, last int) int {
	who := seen[fromField] || seen[toField]
	switch {
	case len(seen) < 2:
	case mail && seen[dateField] && who, mail && seen[subjectField] && seen[fromField],
		seen[fromField] && seen[dateField] && seen[subjectField],
		mail && seen[fromField] && seen[toField]:
		return last - i + 1
	}
	return 0
}

// ruler says that a line is only dashes, underscores or their like.
func ruler(bare string) bool {
	return len(bare) >= 2 && strings.Trim(bare, "-_=~*#–—> ") == ""
}
