package words_test

import (
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/feature/mail/words"
	"example.org/meantime/internal/platform/describe"
)

// wednesday is 10:30 on 7 October 2026 in Taipei; work ends at 18:00 on weekdays.
func wednesday(t testing.TB) words.Day {
	zone, err := time.LoadLocation("Asia/Taipei")
	if err != nil {
		t.Fatal(err)
	}
	return words.Day{
		Now: time.Date(2026, 10, 7, 10, 30, 0, 0, zone),
		Ends: func(y int, m time.Month, d int) (time.Time, bool) {
			at := time.Date(y, m, d, 18, 0, 0, 0, zone)
			return at, at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
		},
	}
}

func maybe(t testing.TB) func(string) bool {
	return func(s string) bool { _, ok := wednesday(t).When(s); return ok }
}

func TestFirstLines(t *testing.T) {
	for _, c := range []struct {
		text string
		want words.Said
	}{
		{"+1", words.Said{Do: describe.Yes}},
		{"👍🏽", words.Said{Do: describe.Yes}},
		{"\\+1", words.Said{Do: describe.Yes}},
		{"**Approved!**\n\nNice work.", words.Said{Do: describe.Yes, Rest: "Nice work."}},
		{"LGTM.", words.Said{Do: describe.Yes}},
		{"approve: ship it", words.Said{Do: describe.Yes, Reason: "ship it"}},
		{"No: the second tier is wrong.", words.Said{Do: describe.No, Reason: "the second tier is wrong."}},
		{"decline: on leave\nSorry", words.Said{Do: describe.Decline, Reason: "on leave", Rest: "Sorry"}},
		{"decline", words.Said{Do: describe.Decline}},
		{"ack", words.Said{Do: describe.Acknowledge}},
		{"ack by Friday", words.Said{Do: describe.Acknowledge, By: "Friday"}},
		{"OK, by 16:00 tomorrow", words.Said{Do: describe.Acknowledge, By: "16:00 tomorrow"}},
		{"by Friday", words.Said{Do: describe.Acknowledge, By: "Friday"}},
		{"ack by the blue moon", words.Said{Do: describe.Acknowledge, By: "the blue moon"}},
		{"By the way, I think we should wait", words.Said{}},
		{"pass @mei", words.Said{Do: describe.Pass, To: "@mei"}},
		{"pass @mei she knows", words.Said{Do: describe.Pass, To: "@mei", Reason: "she knows"}},
		{"Pass to Mei Tanaka: she knows the numbers", words.Said{Do: describe.Pass, To: "Mei Tanaka", Reason: "she knows the numbers"}},
		{"Pass rates are down this week", words.Said{}},
		{"done", words.Said{Do: describe.Done}},
		{"close: Thursday it is.", words.Said{Do: describe.Close, Reason: "Thursday it is."}},
		{"Close\nThursday it is.", words.Said{Do: describe.Close, Rest: "Thursday it is."}},
		{"No, Tuesday does not work for us", words.Said{}},
		{"Yes and no", words.Said{}},
		{"", words.Said{}},
	} {
		got := words.Read(c.text, maybe(t))
		got.Line, got.Text = "", ""
		if c.want.Do == "" {
			got.Rest = ""
		}
		if got != c.want {
			t.Errorf("%q: got %+v, want %+v", c.text, got, c.want)
		}
	}
}

func TestTimes(t *testing.T) {
	for text, want := range map[string]string{
		"16:00": "2026-10-07 16:00", "9:00": "2026-10-08 09:00", "4pm": "2026-10-07 16:00", "at 4:30 pm": "2026-10-07 16:30",
		"12am": "2026-10-08 00:00", "noon": "2026-10-07 12:00", "today": "2026-10-07 18:00", "eod": "2026-10-07 18:00",
		"tomorrow": "2026-10-08 18:00", "16:00 tomorrow": "2026-10-08 16:00", "tomorrow at 16:00": "2026-10-08 16:00", "tomorrow, 9am": "2026-10-08 09:00",
		"Friday": "2026-10-09 18:00", "friday.": "2026-10-09 18:00", "wed": "2026-10-07 18:00", "Tue 10:00": "2026-10-13 10:00",
		"Saturday": "2026-10-10 17:00", "end of week": "2026-10-09 18:00", "2026-10-14": "2026-10-14 18:00", "2026-10-14 09:15": "2026-10-14 09:15",
		"14 October": "2026-10-14 18:00", "Oct 14th": "2026-10-14 18:00", "14.10.": "2026-10-14 18:00", "6 October": "2027-10-06 18:00",
		"in 3 hours": "2026-10-07 13:30", "2h": "2026-10-07 12:30", "in 2 days": "2026-10-09 18:00", "in 45 minutes": "2026-10-07 11:15",
		"tomorrow morning": "2026-10-08 12:00", "Friday afternoon": "2026-10-09 18:00", "this afternoon": "2026-10-07 18:00", "this morning": "2026-10-07 12:00",
		"Friday EOD": "2026-10-09 18:00", "EOD Friday": "2026-10-09 18:00", "end of day on Friday": "2026-10-09 18:00", "end of the day tomorrow": "2026-10-08 18:00",
		"next week": "2026-10-16 18:00", "next Monday": "2026-10-12 18:00", "Monday next week": "2026-10-12 18:00", "next Friday": "2026-10-16 18:00", "early next week": "2026-10-12 18:00",
		"tomorrow evening": "2026-10-08 18:00", "Monday morning": "2026-10-12 12:00", "the morning after": "", "next year": "", "a better morning": "",
		"the way": "", "soon": "", "31 February": "", "25:00": "", "13pm": "", "next": "", "": "", "friday or monday": "", "0 days": "",
	} {
		at, ok := wednesday(t).When(text)
		got := ""
		if ok {
			got = at.Format("2006-01-02 15:04")
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestSubjects(t *testing.T) {
	for subject, want := range map[string][3]string{
		"Which date suits? 4h":      {"Which date suits?", "4h", ""},
		"[1d] Pricing page":         {"Pricing page", "1d", ""},
		"Approve: the budget (2d)":  {"the budget", "2d", "approve"},
		"Re: Fwd: Pricing":          {"Pricing", "", ""},
		"FYI: we moved":             {"we moved", "", "info"},
		"The 4h rule explained":     {"The 4h rule explained", "", ""},
		"Note: this stays":          {"Note: this stays", "", ""},
		"4h":                        {"", "4h", ""},
		"Release 2d graphics - 90m": {"Release 2d graphics", "90m", ""},
	} {
		title, window, kind := words.Subject(subject)
		if got := [3]string{title, window, kind}; got != want {
			t.Errorf("%q: got %q, want %q", subject, got, want)
		}
	}
	if w, rest, ok := words.WindowLine("4h\n\nWhich date?"); !ok || w != "4h" || rest != "Which date?" {
		t.Errorf("got %q, %q", w, rest)
	}
	if _, rest, ok := words.WindowLine("4h is too short, I think"); ok || rest != "4h is too short, I think" {
		t.Error("a sentence was taken for a window")
	}
}

// Nothing that is written makes the reader fail, or loses a word.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"+1", "ack by Friday", "pass to @mei: x", "decline: a\nb", "14.10. 99:99", "close:\n\n", "by 4pm"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := words.Read(s, maybe(t))
		if got.Text != strings.TrimSpace(s) {
			t.Errorf("%q became %q", s, got.Text)
		}
		if got.Do == describe.Say && (got.Reason != "" || got.To != "" || got.By != "") {
			t.Errorf("%q is words and yet %+v", s, got)
		}
		if at, ok := wednesday(t).When(s); ok && at.Year() < 2000 {
			t.Errorf("%q is %s", s, at)
		}
		words.Subject(s)
		words.WindowLine(s)
	})
}
