package spaces

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/text"
)

// The limits of what people write, in characters.
const (
	MaxPost    = 40_000
	MaxTitle   = 200
	MaxPurpose = 2_000
	maxName    = 80
)

// Compose checks and renders what is to be posted, outside of any transaction.
// A post without words needs at least one file.
func Compose(markdown string, files int) (text.Body, error) {
	if strings.TrimSpace(markdown) == "" && files == 0 {
		return text.Body{}, fault.New(fault.Invalid, "post_empty", "Write something, or attach a file.").At("markdown")
	}
	if utf8.RuneCountInString(markdown) > MaxPost {
		return text.Body{}, fault.Newf(fault.Invalid, "post_too_long", "Please keep a post to %d characters, and attach longer texts as a file.", MaxPost).At("markdown")
	}
	b := text.Read(markdown)
	if b.HTML == "" {
		b.HTML = "\n" // rendered, though there is nothing to show
	}
	return b, nil
}

func titled(s string) (string, error) {
	s = people.CleanName(s)
	if s == "" {
		return "", fault.New(fault.Invalid, "title_needed", "Give the thread a title.").At("title")
	}
	if utf8.RuneCountInString(s) > MaxTitle {
		return "", fault.Newf(fault.Invalid, "title_too_long", "Please keep the title to %d characters.", MaxTitle).At("title")
	}
	return s, nil
}

func purposed(s string) (string, error) {
	s = lines(s)
	if utf8.RuneCountInString(s) > MaxPurpose {
		return "", fault.Newf(fault.Invalid, "purpose_too_long", "Please keep the purpose to %d characters.", MaxPurpose).At("purpose")
	}
	return s, nil
}

// lines is plain text of several lines without controls and marks that turn the
// direction of writing around.
func lines(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")))
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
