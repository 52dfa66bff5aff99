package decisions

import (
	"strconv"
	"strings"

	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/worktime"
)

// Read reads the first line of a mail as a ballot: the name, number or letter of an
// option; "B > A = C" for a ranking; "A 4, B 2" for scores and dots; "A yes, B if need
// be" for times; "consent", "concern: …" and "object: …"; "abstain". rest is what stands
// below, and becomes the reason. ok is false when the line says nothing of the kind.
func (d *Decision) Read(line, rest string) (m Marks, ok bool, err error) {
	line, rest = strings.TrimSpace(line), strings.TrimSpace(rest)
	m, beside, ok, err := d.read(line)
	if err != nil || !ok {
		return m, ok, err
	}
	m.Reason = strings.TrimSpace(beside + "\n\n" + rest)
	return m, true, nil
}

// read takes the line apart: what is marked, and the words beside it.
func (d *Decision) read(line string) (m Marks, beside string, ok bool, err error) {
	word, after := headOf(line)
	switch folded(word) {
	case "abstain", "i abstain":
		return Marks{Abstain: true}, after, true, nil
	}
	switch d.Kind {
	case Consent:
		m, ok = consentWord(word)
		return m, after, ok, nil
	case Advice:
		return Marks{}, line, line != "", nil
	case Majority, SenseCheck:
		m, beside, ok = d.readChoice(line)
		return m, beside, ok, nil
	case Approval:
		m, beside, ok = d.readApproved(line)
		return m, beside, ok, nil
	case Ranked:
		m, ok, err = d.readRanking(line)
		return m, "", ok, err
	}
	m, ok, err = d.readScores(line)
	return m, "", ok, err
}

// headOf cuts a line at its first colon or dash with spaces.
func headOf(line string) (head, rest string) {
	at, n := strings.Index(line, ":"), 1
	for _, dash := range []string{" - ", " – ", " — "} {
		if i := strings.Index(line, dash); i >= 0 && (at < 0 || i < at) {
			at, n = i, len(dash)
		}
	}
	if at < 0 {
		return line, ""
	}
	return line[:at], strings.TrimSpace(line[at+n:])
}

const around = " \t.!?,;:()[]\"'“”‘’*_`"

func folded(s string) string {
	return text.Fold(strings.Trim(strings.Join(strings.Fields(s), " "), around))
}

func consentWord(word string) (Marks, bool) {
	choice, ok := map[string]string{
		"consent": Agree, "i consent": Agree, "agree": Agree, "yes": Agree, "ok": Agree, "approve": Agree, "no objection": Agree,
		"concern": Concern, "a concern": Concern, "object": Object, "i object": Object, "objection": Object, "no": Object,
	}[folded(word)]
	return Marks{Choice: choice}, ok
}

// named finds the option that some words name: by its name, its number or its letter.
func (d *Decision) named(words string) (string, bool) {
	words = folded(words)
	if words == "" {
		return "", false
	}
	for _, o := range d.Options.V {
		if folded(o.Name) == words {
			return o.Key, true
		}
	}
	if n, err := strconv.Atoi(words); err == nil && n >= 1 && n <= len(d.Options.V) {
		return d.Options.V[n-1].Key, true
	}
	for _, o := range d.Options.V {
		if strings.EqualFold(o.Key, words) {
			return o.Key, true
		}
	}
	return "", false
}

func (d *Decision) readChoice(line string) (m Marks, beside string, ok bool) {
	if m.Choice, ok = d.named(line); ok {
		return m, "", true
	}
	head, rest := headOf(line)
	m.Choice, ok = d.named(head)
	return m, rest, ok
}

func (d *Decision) readApproved(line string) (m Marks, beside string, ok bool) {
	if m.Approved, ok = d.eachNamed(line); ok {
		return m, "", true
	}
	head, rest := headOf(line)
	m.Approved, ok = d.eachNamed(head)
	return m, rest, ok
}

// eachNamed reads "A, C and Boat".
func (d *Decision) eachNamed(line string) (out []string, ok bool) {
	if k, ok := d.named(line); ok {
		return []string{k}, true
	}
	for _, part := range split(line, ",", ";", "+", " and ", " & ") {
		k, ok := d.named(part)
		if !ok {
			return nil, false
		}
		out = append(out, k)
	}
	return out, len(out) > 0
}

// split cuts a line at any of some marks; what is empty is left out.
func split(line string, marks ...string) (out []string) {
	for _, m := range marks {
		line = strings.ReplaceAll(line, m, "\x00")
	}
	for part := range strings.SplitSeq(line, "\x00") {
		if strings.TrimSpace(part) != "" {
			out = append(out, part)
		}
	}
	return out
}

// readRanking reads "B > A = C", and "2, 1, 3". A line that is half a ranking is told so.
func (d *Decision) readRanking(line string) (m Marks, ok bool, err error) {
	if k, ok := d.named(line); ok {
		return Marks{Ranking: [][]string{{k}}}, true, nil
	}
	places := split(line, ">")
	if len(places) < 2 {
		places = split(line, ",", ";")
	}
	if len(places) < 2 && !strings.Contains(line, "=") {
		return m, false, nil
	}
	known := 0
	for _, place := range places {
		var group []string
		for _, one := range split(place, "=") {
			k, ok := d.named(one)
			if !ok {
				err = unclear(one)
				continue
			}
			known++
			group = append(group, k)
		}
		m.Ranking = append(m.Ranking, group)
	}
	if known == 0 {
		return m, false, nil
	}
	return m, err == nil, err
}

func unclear(what string) error {
	return fault.Newf(fault.Invalid, "unclear", "“%s” is no option of this decision. Name options by their names, numbers or letters.", cutKey(strings.TrimSpace(what)))
}

// readScores reads "A 4, B 2", and of times also "A yes, B if need be, C no" and "A, C".
func (d *Decision) readScores(line string) (m Marks, ok bool, err error) {
	m.Scores = map[string]int{}
	for _, part := range split(line, ",", ";") {
		k, n, found := d.scored(part)
		if !found {
			err = unclear(part)
			continue
		}
		m.Scores[k] = n
	}
	if len(m.Scores) == 0 {
		return Marks{}, false, nil
	}
	return m, err == nil, err
}

// scored reads an option and its points.
func (d *Decision) scored(part string) (key string, n int, ok bool) {
	part = strings.TrimSpace(part)
	if k, ok := d.named(part); ok && d.Kind == Time {
		return k, ifYes, true
	}
	lower := text.Fold(part)
	if d.Kind == Time {
		for _, w := range []struct {
			word string
			n    int
		}{{"if need be", ifNeedBe}, {"maybe", ifNeedBe}, {"yes", ifYes}, {"no", ifNo}} {
			if head, cut := strings.CutSuffix(strings.TrimRight(lower, around), w.word); cut {
				if k, ok := d.named(head); ok {
					return k, w.n, true
				}
			}
		}
	}
	at := strings.LastIndexAny(part, " \t=:")
	if at < 0 {
		return "", 0, false
	}
	n, err := strconv.Atoi(strings.Trim(part[at+1:], around))
	if err != nil {
		return "", 0, false
	}
	key, ok = d.named(strings.TrimRight(part[:at], "=: \t"))
	return key, n, ok
}

// Spoken repeats in words what was understood, times in somebody's own clock.
func (d *Decision) Spoken(m Marks, mine *worktime.Schedule) string {
	name := func(k string) string {
		o, _ := d.Option(k)
		return o.named(mine)
	}
	var parts []string
	switch {
	case m.Abstain:
		return "You abstain."
	case d.Kind == Advice:
		return "Your advice is kept with the decision."
	case d.Kind == Consent:
		return map[string]string{Agree: "You consent.", Concern: "You consent, with a concern.", Object: "You object."}[m.Choice]
	case m.Choice != "":
		return "Your vote: " + name(m.Choice) + "."
	case m.Ranking != nil:
		for _, group := range m.Ranking {
			var names []string
			for _, k := range group {
				names = append(names, name(k))
			}
			parts = append(parts, strings.Join(names, " = "))
		}
		return "Your order: " + strings.Join(parts, " > ") + "."
	}
	for _, o := range d.Options.V {
		n, there := m.Scores[o.Key]
		switch {
		case there && d.Kind == Time:
			parts = append(parts, o.named(mine)+": "+[]string{"no", "if need be", "yes"}[min(max(n, 0), 2)])
		case there:
			parts = append(parts, o.Name+": "+strconv.Itoa(n))
		}
	}
	for _, k := range m.Approved {
		parts = append(parts, name(k))
	}
	return "Your vote: " + strings.Join(parts, ", ") + "."
}

// how says how to vote by mail, in a sentence.
func (d *Decision) how() string {
	first := "A"
	if len(d.Options.V) > 0 {
		first = d.Options.V[0].Name
	}
	switch d.Kind {
	case Consent:
		return "Begin your mail with “consent”, with “concern: …”, with “object: …” or with “abstain”."
	case Advice:
		return "Write your advice, or “abstain”."
	case Majority, SenseCheck:
		return "Begin your mail with the name or number of one option, such as “" + first + "”, or with “abstain”."
	case Approval:
		return "Begin your mail with the names, numbers or letters of all that you approve of, such as “A, C”, or with “abstain”."
	case Ranked:
		return "Begin your mail with your order, best first, such as “B > A > C” or “2, 1, 3”, or with “abstain”."
	case Time:
		return "Begin your mail with the times that suit you, such as “A yes, B if need be”, or with “abstain”."
	}
	return "Begin your mail with points, such as “A 4, B 2”, or with “abstain”."
}
