package letter

import (
	"strings"
	"unicode"
)

// devices are the names of programs and devices that sign for their owners.
const devices = `outlook|mail\b|windows|mailbird|yahoo|aol|gmail|inbox by gmail|proton ?mail|protonmail|proton\b|typeapp|type ?mail|bluemail|blue\b|samsung|galaxy|mobile|mobiltelefon|mobil|smartphone|handy|iphone|ipad|ipod|iphonu|apple|android|blackberry|nokia|acompli|sparrow|spark|newton|superhuman|front\b|zoho|tutanota|tuta\b|k-9|k9|fairemail|thunderbird|canary|airmail|spike|edison|huawei|xiaomi|redmi|oneplus|sony|xperia|htc|lg\b|motorola|moto\b|nexus|pixel|nine\b|fastmail|posteo|telefon|telefono|teléfono|tablet|tel\b|phone|wiko|oppo|honor|vivo|surface|macbook|cloudmagic|boxer|myMail|mail\.ru|yandex|gmx|web\.de|t-online|freenet|libero|orange|sfr|hey\b`

// fromDevice are the lines that such programs add, by language. They stand alone on
// their line and end with it.
var fromDevice = later(`(?i)^[-–—\s]*(?:` + strings.Join([]string{
	`(?:sent|posted|written|composed|typed|dictated) (?:from|via|with|using|by|on) (?:my|our|your) [^.!?:,;]{1,60}(?:, .{0,60})?[.!]?`,
	`(?:sent|posted|written|composed) (?:from|via|with|using|by|on)(?: the)?(?: all new)? (?:` + devices + `).{0,100}`,
	`sent from (?:a |an )?[^.!?]{0,30}(?:mobile device|smartphone|phone|wireless device|handheld).{0,60}`,
	`(?:get|download|try) (?:outlook|bluemail|typeapp|spark|yahoo|aol|proton ?mail|gmx|newton) (?:for|mail|on).{0,80}`,
	`(?:von|gesendet von|gesendet vom|gesendet mit|gesendet über|gesendet aus|verfasst mit|geschrieben mit)\s(?:meinem|meiner|mein|unserem)?\s?(?:.{0,30})(?:` + devices + `).{0,80}`,
	`diese nachricht wurde von meinem .{1,60} gesendet\.?`,
	`(?:envoyé|envoyée|envoyer|écrit) (?:de|depuis|à partir de|à partir d'|avec|par|via)\s?(?:mon|ma|notre|l'|un|une|la)?\s?.{0,40}(?:` + devices + `).{0,80}`,
	`télécharger outlook pour .{1,60}`, `obtenez outlook pour .{1,60}`, `obtener outlook para .{1,60}`, `obter o outlook para .{1,60}`,
	`outlook für (?:ios|android|mac).{0,60}`, `scarica outlook per .{1,60}`, `ottieni outlook per .{1,60}`,
	`(?:enviado|enviada|enviat|escrito|mandado) (?:desde|de|do|da|a partir do|a partir da|a partir de|por|pelo|pela|com|con|via|amb|des de)\s?(?:mi|mis|meu|minha|el|la|o|a|un|um)?\s?.{0,40}(?:` + devices + `).{0,80}`,
	`(?:inviato|inviata|spedito|scritto) (?:da|dal|dalla|con|tramite|via|dall')\s?(?:mio|mia|il mio)?\s?.{0,40}(?:` + devices + `).{0,80}`,
	`(?:verstuurd|verzonden|gestuurd|verstuur) (?:vanaf|vanuit|met|via|van) (?:mijn|een|m'n|de)?\s?.{0,40}(?:` + devices + `).{0,80}`,
	`(?:skickat|skickad|hälsningar) från (?:min|mitt)?\s?.{0,40}(?:` + devices + `).{0,80}`, `skickades från .{0,60}`, `hämta outlook för .{1,60}`,
	`(?:sendt|send) (?:fra|via|med|på) (?:min|mit|mitt)?\s?.{0,40}(?:` + devices + `).{0,80}`, `hent outlook (?:til|for) .{1,60}`,
	`lähetetty .{0,40}(?:` + devices + `|ista|sta|stä|lta|ltä|ni)\b.{0,60}`, `hanki outlook .{1,60}`,
	`(?:wysłane|wysłano|wysłany) (?:z|ze|przez|za pomocą) .{0,40}(?:` + devices + `).{0,80}`, `pobierz outlook .{1,60}`,
	`(?:odesláno|odoslané|odoslano|poslano|poslané) (?:z|ze|zo|s|sa|iz|pomocí|aplikací) .{0,40}(?:` + devices + `).{0,80}`,
	`(?:küldve|elküldve) .{0,60}`, `.{0,40}(?:` + devices + `)\S{0,20} küldve\.?`, `trimis (?:de pe|din|de la|cu) .{0,40}(?:` + devices + `).{0,80}`,
	`(?:отправлено|отправлен|послано|написано) (?:с|со|из|через) .{1,80}`, `(?:надіслано|відправлено) (?:з|із|зі|через) .{1,80}`, `изпратено от .{1,80}`, `послато са .{1,80}`,
	`.{0,50}(?:` + devices + `)\S{0,20} (?:gönderildi|yollandı)\.?`, `.{0,40}(?:cihazımdan|telefonumdan) gönderildi\.?`, `(?:στάλθηκε|εστάλη) από .{1,80}`,
	`.{0,40}(?:` + devices + `)(?:\s?から(?:の)?送信).{0,20}`, `.{0,30}から送信(?:されました)?`, `发自我的.{0,40}`, `發自我的.{0,40}`, `发送自.{0,60}`, `傳送自.{0,60}`, `從我的.{0,40}傳送`, `从我的.{0,40}发送`,
	`(?:나의|내) .{0,40}에서 보냄.{0,20}`, `.{0,40}에서 (?:보냄|발송|전송).{0,20}`, `(?:đã )?(?:gửi|được gửi) từ .{1,60}`, `(?:dikirim|terkirim) dari .{1,60}`, `ipinadala mula sa .{1,60}`,
	`נשלח (?:מה|מ|באמצעות|מאת).{1,60}`, `(?:أرسلت|أُرسلت|مرسل|تم الإرسال) من .{1,60}`, `ส่งจาก.{1,60}`, `ارسال شده از .{1,60}`,
	`o desde mi oficina .{1,60}`, `.{0,20}sent (?:from|via) (?:the )?(?:samsung|verizon|at&t|t-mobile|blackberry|nokia|vodafone).{0,80}`,
}, `|`) + `)\s*$`)

// stems are pieces of every line that fromDevice finds. Looking for them first is what
// keeps reading quick.
var stems = strings.Fields(`sent post writt compos typed dictat get downl try gesend von verfass geschr nachricht envoy écrit télécharg obten obter outlook
	envia enviat escrit mandad inviat spedit scritt scaric otten verst verzond gestuur skick hälsn hämta sendt send hent lähet hanki wysła pobierz odesl odosl posla
	küldve trimis отправ послан написан надісл відправ изпрат послат gönder yolland στάλθ εστάλ 送信 发自 發自 发送 发送 傳送 보냄 발송 전송 gửi kirim ipinadala
	נשלח أرسل أُرسل مرسل الإرسال ส่งจาก ارسال desde`)

// sentFrom says whether a line is what a device or a program signs with.
func sentFrom(s string) bool {
	low := strings.ToLower(s)
	for _, stem := range stems {
		if strings.Contains(low, stem) {
			return fromDevice.MatchString(s)
		}
	}
	return false
}

// delimiter is the line that RFC 3676 puts above a signature, with or without its space.
func delimiter(l line) bool { return !l.code && (l.bare == "--" || l.text == "--") }

// signedAt says where in a run of the author's lines the signature begins, or len(ls).
// before says that the letter has words above the run.
func signedAt(ls []line, before bool) int {
	from, tail := firstWord(ls), marksFrom(ls)
	for i, l := range ls[:min(len(ls), looked)] {
		if l.code || l.blank() {
			continue
		}
		above := from < i
		switch {
		case i >= tail:
			return i
		case delimiter(l) && len(ls)-i <= 40 && (above || before || brief(ls[i:])):
			return i
		case above && len(l.bare) < 160 && !long(l.bare) && sentFrom(unlinked(l.bare)):
			return i
		case above && ruled(l.bare) && contacts(ls[i+1:]):
			return i
		}
	}
	return len(ls)
}

// marksFrom is where everything that follows is marked as a signature, or blank.
func marksFrom(ls []line) int {
	at := len(ls)
	for i := len(ls) - 1; i >= 0 && (ls[i].blank() || ls[i].mark == signs); i-- {
		if !ls[i].blank() {
			at = i
		}
	}
	return at
}

func brief(ls []line) bool { return len(ls) < 12 }

// long says that a line is more than a program writes about itself.
func long(s string) bool { return len(strings.Fields(s)) > 14 }

var link = later(`\[([^\]\[]{1,100})\]\([^)\s]{1,500}\)|<https?://[^>\s]{1,500}>`)

// unlinked takes the addresses of links away and leaves their words.
func unlinked(s string) string {
	if !strings.ContainsAny(s, "<[") {
		return s
	}
	return strings.TrimSpace(link.ReplaceAllString(s, "$1"))
}

func ruled(bare string) bool {
	return len(bare) >= 3 && strings.Trim(bare, "-_ ") == ""
}

var (
	telephone = later(`(?i)(?:^|[\s(|·•])(?:t|tel|telefon|téléphone|phone|mobile?|mob|cell|fax|f|m|p|skype|direct|office|büro|handy)\.?\s?[:.]\s?\+?[\d(]|\+\d{1,3}[\s(-]\d|\(\d{3}\)\s?\d{3}|\b\d{3}[-. ]\d{3,4}[-. ]\d{4}\b|skype\s?:`)
	prose     = later(`[\p{L}]{2,}[.!?]\s*$`)
)

// contacts says that lines hold what cards hold: short lines and a telephone.
func contacts(ls []line) bool {
	told, n := false, 0
	for _, l := range ls {
		if l.blank() {
			continue
		}
		if n++; n > 20 {
			return false
		}
		if len([]rune(l.bare)) > 80 || l.code || l.quoted() || prose.MatchString(l.bare) && len(strings.Fields(l.bare)) > 5 {
			return false
		}
		told = told || telephone.MatchString(l.bare)
	}
	return told
}

var dashName = later(`^[-–—~]\s?\p{Lu}[\p{L}'’.-]+(?:\s\p{Lu}[\p{L}'’.-]*){1,3}$`)

// nameAt finds a paragraph that is only a dash and the author's name, right above a
// quote: "-Ana Lima". Without an author it takes two words that begin like names.
func nameAt(ls []line, author string) int {
	end := len(ls)
	for end > 0 && ls[end-1].blank() {
		end--
	}
	if end < 2 || !dashName.MatchString(ls[end-1].bare) || !ls[end-2].blank() || words(ls[:end-1]) == 0 {
		return len(ls)
	}
	if author == "" || sharesWord(ls[end-1].bare, author) {
		return end - 1
	}
	return len(ls)
}

func sharesWord(a, b string) bool {
	parts := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	}
	for _, x := range parts(a) {
		for _, y := range parts(b) {
			if x == y && len(x) > 2 {
				return true
			}
		}
	}
	return false
}

var (
	listed  = later(`(?i)mailing list|listinfo|mailman|@lists?\.|unsubscribe|abmelden|désabonn|désinscri|google groups|you are receiving this because|you received this message because|-subscribe@`)
	hubbed  = later(`(?i)^(?:you are receiving this because|reply to this email directly|you received this message because you are subscribed)`)
	checked = later(`(?i)^(?:this e?-?mail has been checked for viruses by|diese e-mail wurde von .{1,40} auf viren (?:geprüft|überprüft)|virus-free\.|virenfrei\.|l'absence de virus dans ce courrier|libre de virus|privo di virus|do you yahoo!\?)`)
)

// footAt says where a footer that nobody typed begins, or len(ls).
func footAt(ls []line) int {
	for i, l := range ls[:min(len(ls), looked)] {
		if l.code || l.blank() || l.quoted() {
			continue
		}
		next := ls[i+1 : min(len(ls), i+7)]
		switch {
		case (ruled(l.bare) && len(l.bare) >= 10 || delimiter(l)) && len(ls)-i < 30 && anyOf(next, listed):
			return i
		case ruler(l.bare) || l.bare == "—":
			if first := nextFull(ls, i+1); first < len(ls) && (hubbed.MatchString(ls[first].bare) || checked.MatchString(ls[first].bare)) {
				return i
			}
		case hubbed.MatchString(l.bare) || checked.MatchString(l.bare) && len(ls)-i < 10:
			return i
		}
	}
	return len(ls)
}

func anyOf(ls []line, r *pattern) bool {
	for _, l := range ls {
		if r.MatchString(l.bare) {
			return true
		}
	}
	return false
}

func nextFull(ls []line, i int) int {
	for i < len(ls) && ls[i].blank() {
		i++
	}
	return i
}
