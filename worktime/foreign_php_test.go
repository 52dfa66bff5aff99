package worktime_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/meantime/worktime"
)

type spatieRow struct {
	Op     string
	Args   []json.RawMessage
	Result json.RawMessage
	Config json.RawMessage
	TZ     []any
}

// spatieHours reads a list of ranges, some of which carry data beside their
// hours. It is false where the recording lost the hours.
func spatieHours(raw json.RawMessage) (out []string, ok bool) {
	var wrapped struct{ Hours json.RawMessage }
	if json.Unmarshal(raw, &wrapped) == nil && wrapped.Hours != nil {
		raw = wrapped.Hours
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil, false
	}
	for _, item := range list {
		var s string
		if json.Unmarshal(item, &s) != nil {
			var one struct{ Hours string }
			if json.Unmarshal(item, &one) != nil || one.Hours == "" {
				return nil, false
			}
			s = one.Hours
		}
		out = append(out, s)
	}
	return out, true
}

// book lays yearly exceptions out for the years the table asks about. It is
// false where the recording holds functions or lost hours.
func (r spatieRow) book(t *testing.T) (book, bool) {
	spec := worktime.Spec{Zone: "UTC", Weekly: map[string][]string{}, Overrides: map[string][]string{}}
	// A bare offset is no zone. The rows that have one ask about dates only.
	if name, ok := r.TZ[0].(string); ok && !strings.Contains("+-", name[:1]) {
		spec.Zone = name
	}
	var config map[string]json.RawMessage
	if json.Unmarshal(r.Config, &config) != nil {
		return newBook(t, spec), true // an empty list: nothing is open
	}
	if config["filters"] != nil {
		return book{}, false
	}
	for key, raw := range config {
		if !slices.Contains(weekdays, key[:3]) || !strings.HasSuffix(key, "day") {
			continue
		}
		hours, ok := spatieHours(raw)
		if !ok {
			return book{}, false
		}
		spec.Weekly[key[:3]] = hours
	}
	exceptions := map[string]json.RawMessage{}
	if raw := config["exceptions"]; raw != nil && json.Unmarshal(raw, &exceptions) != nil {
		return book{}, false
	}
	for key, raw := range exceptions {
		hours, ok := spatieHours(raw)
		if !ok {
			return book{}, false
		}
		for y := 2015; len(key) == 5 && y < 2030; y++ {
			date := fmt.Sprintf("%d-%s", y, key)
			if exceptions[date] == nil {
				spec.Overrides[date] = hours
			}
		}
		if len(key) == 10 {
			spec.Overrides[key] = hours
		}
	}
	return newBook(t, spec), true
}

func translateSpatie(t *testing.T, raw json.RawMessage) (got, want string, ok bool) {
	r := read[spatieRow](t, raw)
	b, ok := r.book(t)
	if !ok || len(r.Args) > 1 && !strings.HasPrefix(r.Op, "diff") {
		return "", "", false
	}
	want = string(r.Result)
	if r.Op == "isOpenOn" {
		return yes(b.opens(t, read[string](t, r.Args[0]))), want, true
	}
	at := read[jsonTime](t, r.Args[0]).time(t)
	if res := (jsonTime{}); json.Unmarshal(r.Result, &res) == nil && res.T != "" {
		want = utc(res.time(t))
	}
	if strings.HasPrefix(r.Op, "diff") {
		u := read[jsonTime](t, r.Args[1]).time(t)
		n := b.seconds(at, u)
		if strings.Contains(r.Op, "Closed") {
			n = u.Sub(at).Seconds() - n
		}
		unit := map[string]float64{"nds": 1, "tes": 60, "urs": 3600}[r.Op[len(r.Op)-3:]]
		return fmt.Sprint(n / unit), fmt.Sprint(read[float64](t, r.Result)), true
	}
	return b.spatie(r.Op, at), want, true
}

// opens reads a weekday, a date, or a month and day of this year.
func (b book) opens(t *testing.T, day string) bool {
	if i := slices.Index(weekdays, day[:3]); i >= 0 {
		return len(b.spec.Weekly[weekdays[i]]) > 0
	}
	if len(day) == 5 {
		day = "2026-" + day
	}
	at, err := time.ParseInLocation(time.DateOnly, day, b.loc)
	if err != nil {
		t.Fatal(err)
	}
	return b.works(at)
}

func (b book) spatie(op string, at time.Time) string {
	switch op {
	case "isOpenAt":
		return yes(b.working(at))
	case "isClosedAt":
		return yes(!b.working(at))
	case "nextOpen":
		return utc(b.opening(at))
	case "nextClose":
		return utc(b.closing(at))
	case "currentOpenRangeStart", "currentOpenRangeEnd":
		if !b.working(at) {
			return "null"
		} else if op == "currentOpenRangeEnd" {
			return utc(b.closing(at))
		}
		return utc(b.before(at.Add(time.Second)).From)
	}
	list := b.ranges(at.Add(-lookAround), at)
	slices.Reverse(list)
	for _, r := range list {
		if op == "previousOpen" {
			return utc(r.From)
		}
		if r.To.Before(at) {
			return utc(r.To)
		}
	}
	return "null"
}
