package letter

import (
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// verdict is what the reference says of one mail: a row for each recipient.
type verdict [][]string

func TestBouncesOfTheCorpus(t *testing.T) {
	dir := filepath.Join(corpus(t), "sisimai_bounces")
	var ref struct{ Cases map[string]verdict }
	readJSON(t, &ref, dir, "expected.json")
	var names []string
	for n := range ref.Cases {
		names = append(names, n)
	}
	sort.Strings(names)
	all, kinds, hard, status, statuses, named, people := len(names), 0, 0, 0, 0, 0, 0
	for _, n := range names {
		l, err := Read([]byte(readFile(t, dir, "eml", n)), Limits{})
		if err != nil {
			t.Fatalf("%s: %v", n, err)
		}
		row := ref.Cases[n][0]
		should := Bounce
		switch row[2] {
		case "feedback":
			should = Complaint
		case "vacation":
			should = AutoReply
		}
		if l.Kind == Person {
			people++
		}
		if l.Kind != should {
			t.Logf("%s: %s, want %s (%s) %q", n, l.Kind, should, row[2], l.Subject)
			continue
		}
		kinds++
		if should != Bounce {
			hard++
			named++
			continue
		}
		wantHard := false
		for _, r := range ref.Cases[n] {
			wantHard = wantHard || r[3] == "1"
		}
		if l.Report.Hard() == wantHard {
			hard++
		} else {
			t.Logf("%s: hard %v, want %v: %v %+v", n, l.Report.Hard(), wantHard, ref.Cases[n], l.Report.Recipients)
		}
		if !strings.HasPrefix(row[0], "5.0.9") && !strings.HasPrefix(row[0], "4.0.9") {
			statuses++
			if l.Report.Recipients[0].Status == row[0] {
				status++
			} else {
				t.Logf("%s: status %q, want %q: %q", n, l.Report.Recipients[0].Status, row[0], l.Report.Recipients[0].Diagnostic)
			}
		}
		if len(l.Report.Recipients) > 0 && strings.Contains(l.Report.Recipients[0].Mail, "@") {
			named++
		} else {
			t.Logf("%s: no recipient", n)
		}
	}
	if people > 0 {
		t.Errorf("%d mails of machines are taken for a person's, want none", people)
	}
	if all == 273 && (kinds < 273 || hard < 257 || status < 196 || named < 272) {
		t.Errorf("fewer than before are told right")
	}
	t.Logf("of %d: kind %d, hard or soft %d, status %d of %d that state one, recipient %d, taken for a person %d", all, kinds, hard, status, statuses, named, people)
}
