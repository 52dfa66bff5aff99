package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// verbs say "wrote" in the languages that mail programs introduce a quote in.
var verbs = []string{
	"wrote", "writes", "said", // English
	"schrieb", "schreibt", "geschrieben", "hat folgendes geschrieben", // German
	"a écrit", "écrit", "écrivait", "a ecrit", // French
	"escribió", "escribio", "escribía", "ha escrit", "va escriure", "escreveu", "escreve", // Spanish, Catalan, Portuguese
	"ha scritto", "scritto", "scrive", "a scris", "schreef", "geschreven", // Italian, Romanian, Dutch
	"skrev", "skrifaði", "kirjoitti", "kirjutas", // Scandinavian, Icelandic, Finnish, Estonian
	"napisał", "napisała", "napisał(a)", "pisze", "napsal", "napsala", "napsal(a)", "napísal", "napísala", "napísal(a)", // Polish, Czech, Slovak
	"je napisao", "je napisala", "napisao", "napisala", "je napisal", "piše", "rakstīja", "rašė", "parašė", // South Slavic, Baltic
	"написал", "написала", "написал(а)", "пишет", "писал", "писала", "писал(а)", // Russian
	"написав", "написала", "написав(-ла)", "пише", "написа", // Ukrainian, Bulgarian, Serbian
	"írta", "ezt írta", "έγραψε", "yazdı", "şunları yazdı", "şunu yazdı", // Hungarian, Greek, Turkish
	"menulis", "đã viết", "viết", "sumulat", // Indonesian, Vietnamese, Filipino
	"כתב", "כתבה", "כתב/ה", "كتب", "كتبت", "نوشت", "ने लिखा", "เขียนว่า", "เขียน", // Hebrew, Arabic, Persian, Hindi, Thai
	"写道", "寫道", "写到", "のメール", "が書きました", "は書きました", "書きました", "님이 작성", "작성", "썼습니다", // Chinese, Japanese, Korean
}

// openers are the words such a line begins with, when the date comes first.
var openers = later(`(?i)^(?:[-_=—–]{2,}\s*)?(?:on|at|in a message dated|am|le|el|en|em|il|il giorno|in data|op|den|på|dne|dňa|dnia|w dniu|pe|la|data|в|на|у|στις|vào|pada|tarihinde|ב|בתאריך|بتاريخ|في|在|於|lúc|a|às|er)\b?[\s,]`)

var (
	dated     = later(`(?i)^(?:[-_=—–]{2,}\s*)?(?:\p{L}{1,14}[.,]{0,2}\s{1,2}){0,2}\d`)
	mailbox   = later(`[^\s<>"(),;:@\[\]]{1,100}@[^\s<>"(),;:@\[\]]{1,200}`)
	clockFace = later(`(?:^|\D)\d{1,2}\s?[:.hH時시点點]\s?\d{2}(?:\D|$)|\d{1,2}\s?(?:[ap]\.?m\b|時|点|點|시|Uhr\b)`)
	calendar  = later(`(?:19|20)\d\d|(?:^|\D)\d{1,2}[-./]\d{1,2}[-./]\d{2,4}(?:\D|$)`)
	dayMonth  = later(`(?i)(?:^|[\s,])(?:\d{1,2}\.?\s(?:de\s)?\p{L}{3,10}|\p{L}{3,10}\.?\s\d{1,2})(?:[\s,.]|$)`)
	atTheEnd  = later(`[<(\[]\s*(?:mailto:)?[^\s<>()]{1,100}@[^\s<>()]{1,200}\s*[>)\]]+\s*[:：]$`)
)

// introduction judges one line, or several joined, that may introduce a quote.
type introduction struct {
	strong bool // so plainly that what follows is a quote, with or without ">"
	weak   bool // only if a ">" follows
}

// introduces reads s as "On Tuesday at 9:00, Ana <ana@example.org> wrote:" in any of
// the languages. It is strict where nothing but the line itself tells.
func introducing(s string) introduction {
	if len(s) < 8 || len(s) > 500 {
		return introduction{}
	}
	colon := strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") ||
		strings.HasPrefix(s, "--") && strings.HasSuffix(strings.TrimRight(s, "- "), ":")
	if !colon && !openers.MatchString(s) {
		return introduction{}
	}
	open := strings.TrimRight(strings.TrimRight(s, "-—–_ "), " :：")
	mail := mailbox.MatchString(s)
	when := calendar.MatchString(s)
	time := clockFace.MatchString(s)
	last, within := verbIn(open)
	switch {
	case last && (colon || openers.MatchString(s) && mail):
		precise := mail || time && (when || openers.MatchString(s)) || when && dated.MatchString(s)
		begun := openers.MatchString(s) || dated.MatchString(s)
		mail = mail && (begun || named(s))
		return introduction{
			strong: precise && (mail || begun) && !sentence(open) || begun && when && dayMonth.MatchString(s) && !sentence(open),
			weak:   !sentence(open),
		}
	case within && colon && mail && (when || time || atTheEnd.MatchString(s)):
		return introduction{strong: !sentence(open), weak: true}
	case within && colon && when && time && openers.MatchString(s):
		return introduction{strong: !sentence(open), weak: true}
	case atTheEnd.MatchString(s) && (dated.MatchString(s) || openers.MatchString(s)) && (time || when):
		return introduction{strong: true, weak: true}
	}
	return introduction{}
}

// named says that s begins with somebody's name and mailbox, rather than with words
// that lead up to them.
func named(s string) bool {
	at := mailbox.FindStringIndex(s)
	return at != nil && len(strings.Fields(s[:at[0]])) <= 6
}

// sentence says that s ends one sentence and begins another: people write so, mail
// programs do not.
func sentence(s string) bool {
	for _, end := range []string{"? ", "! "} {
		if strings.Contains(s, end) {
			return true
		}
	}
	for i := 0; i < len(s)-2; i++ {
		if s[i] == '.' && s[i+1] == ' ' && wordBefore(s, i) > 4 && s[i+2] >= 'A' && s[i+2] <= 'Z' && !strings.ContainsAny(s[max(0, i-12):i], "0123456789,@") {
			return true
		}
	}
	return false
}

// wordBefore is the length of the word that ends at i.
func wordBefore(s string, i int) int {
	return i - 1 - strings.LastIndexByte(s[:i], ' ')
}

// verbIn says whether s ends with "wrote", or has it elsewhere, as a word.
func verbIn(s string) (last, within bool) {
	low := strings.ToLower(s)
	for _, v := range verbs {
		at := strings.LastIndex(low, v)
		if at < 0 || glued(low, at, at+len(v), v) {
			continue
		}
		within = true
		if strings.Trim(low[at+len(v):], " :;,-—–.") == "" {
			return true, true
		}
	}
	return false, within
}

// glued says that what was found is a piece of a longer word, in a script that has words.
// ">" may come straight before it: "<ana@example.org>wrote:".
func glued(s string, from, to int, v string) bool {
	first, _ := utf8.DecodeRuneInString(v)
	if unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return from > 0 && wordly(before) || to < len(s) && wordly(after)
}

func wordly(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '/' || r == '.'
}

// introductionAt says how many lines from i on introduce a quote; 0 if they do not.
func introductionAt(ls []line, i int) (n int, in introduction) {
	if ls[i].mark == introduces {
		return 1, introduction{strong: true, weak: true}
	}
	first := ls[i].bare
	if first == "" || len(first) > 400 {
		return 0, introduction{}
	}
	if in = introducing(first); in.weak || in.strong {
		return 1, in
	}
	if !openers.MatchString(first) && !dated.MatchString(first) && !mailbox.MatchString(first) || !strings.ContainsAny(first, "0123456789@") {
		return 0, introduction{}
	}
	joined := first
	for k := 1; k <= 5 && i+k < len(ls); k++ {
		l := ls[i+k]
		if l.quoted() || l.bare == "" || l.code || starts(l.bare) && k > 0 && !continues(joined) || strings.HasSuffix(joined, ":") {
			break
		}
		joined += " " + l.bare
		if in = introducing(joined); in.strong {
			return k + 1, in
		}
		if in.weak && i+k+1 < len(ls) && quoteFollows(ls, i+k+1) {
			return k + 1, in
		}
	}
	return 0, introduction{}
}

// starts says that a line by itself begins an introduction.
func starts(bare string) bool {
	return openers.MatchString(bare) && strings.ContainsAny(bare, "0123456789") && mailOrYear(bare)
}

func mailOrYear(s string) bool { return calendar.MatchString(s) || mailbox.MatchString(s) }

// continues says that a line cannot end here: it waits for a name or a verb.
func continues(s string) bool { return strings.HasSuffix(s, ",") || strings.HasSuffix(s, "<") }

// quoteFollows says whether the next line that is not blank is quoted.
func quoteFollows(ls []line, i int) bool {
	for ; i < len(ls); i++ {
		if ls[i].quoted() {
			return true
		}
		if !ls[i].blank() {
			return false
		}
	}
	return false
}
