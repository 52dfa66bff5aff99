package batons

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/worktime"
)

// The limits of what people write, in characters, and of what they list.
const (
	longestTitle  = 160
	longestWords  = 8000
	longestReason = 500
	mostLinks     = 20
	mostSteps     = 50
)

func missing() error { return fault.Missing("baton") }

// orMissing says of what cannot be seen that there is no such baton.
func orMissing(err error) error {
	if fault.IsKind(err, fault.NotFound) {
		return missing()
	}
	return err
}

// gone turns "not found" into true.
func gone(err error) (bool, error) {
	if fault.IsKind(err, fault.NotFound) {
		return true, nil
	}
	return false, err
}

func wrong(code, field, sentence string) error {
	return fault.New(fault.Invalid, code, sentence).At(field)
}

func conflict(code, sentence string) error { return fault.New(fault.Conflict, code, sentence) }

func tidyTitle(title, noun string) (string, error) {
	title = people.CleanName(title)
	switch n := utf8.RuneCountInString(title); {
	case n == 0:
		return "", wrong("title_needed", "title", "Give the "+noun+" a name in a few words.")
	case n > longestTitle:
		return "", fault.Newf(fault.Invalid, "title_too_long", "Please keep the name to %d characters.", longestTitle).At("title")
	}
	return title, nil
}

func tidyWords(field, words string, most int) (string, error) {
	words = strings.TrimSpace(words)
	if utf8.RuneCountInString(words) > most {
		return "", fault.Newf(fault.Invalid, "too_long", "Please keep this to %d characters; the thread has room for more.", most).At(field)
	}
	return words, nil
}

// tidy checks a note: it says at least where the work stands or what comes next.
func (n Note) tidy(now clock.Instant, was clock.Instant) (_ Note, err error) {
	for _, one := range []struct {
		field string
		words *string
	}{{"stands", &n.Stands}, {"next_step", &n.NextStep}, {"traps", &n.Traps}} {
		if *one.words, err = tidyWords(one.field, *one.words, longestWords); err != nil {
			return n, err
		}
	}
	if n.Stands == "" && n.NextStep == "" {
		return n, wrong("note_needed", "stands", "Say where the work stands, or what the next step is; whoever takes it has only this.")
	}
	if n.By != was && !n.By.IsZero() && n.By <= now {
		return n, wrong("by_in_past", "by", "Pick a time in the future, or none.")
	}
	if n.By > now.Add(5*365*longAway) {
		return n, wrong("by_too_far", "by", "Pick a time within five years.")
	}
	n.Links.V, err = tidyLinks(n.Links.V)
	return n, err
}

// tidyLinks keeps addresses of the web and of mail, and nothing that a browser would run.
func tidyLinks(list []Link) ([]Link, error) {
	if len(list) > mostLinks {
		return nil, fault.Newf(fault.Invalid, "too_many", "A baton carries at most %d links.", mostLinks).At("links")
	}
	out := []Link{}
	for _, l := range list {
		l.Title, l.URL = people.CleanName(l.Title), strings.TrimSpace(l.URL)
		if l.URL == "" {
			continue
		}
		u, err := url.Parse(l.URL)
		inside := strings.HasPrefix(l.URL, "/") && !strings.HasPrefix(l.URL, "//") && !strings.Contains(l.URL, `\`)
		if err != nil || !inside && (u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
			return nil, fault.Newf(fault.Invalid, "link", "“%s” is no link that can be opened. Write it with https:// at its beginning.", cut(l.URL, 60)).At("links")
		}
		out = append(out, l)
	}
	return out, nil
}

// tidyWindow reads how much of their own time people have to take a baton.
func tidyWindow(w string) (string, error) {
	if w == "" {
		return usualWindow, nil
	}
	got, err := worktime.ParseWindow(w)
	if err != nil || !got.IsDays && got.Hours <= 0 {
		return "", wrong("window", "window", "Write the time to take it as working hours or days: 2h, 4h, 0d (today) or 1d.")
	}
	return w, nil
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
