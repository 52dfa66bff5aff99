package brainstorms

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// numbered is a vote by the number of an idea.
type numbered struct{ n, value, effort int64 }

// A vote in a mail: a number, perhaps with a sign before or behind it, or with a value
// behind a colon, and an effort behind a stroke.
var voted = regexp.MustCompile(`([+-])?#?(\d{1,4})(?:\s*[:=×x]\s*([+-]?\d{1,4})(?:\s*/\s*(\d{1,4}))?|([+-])(?:\s|,|;|$))?`)

// readVotes reads votes by number. What it does not understand it refuses: a vote that
// was taken for another is worse than none. The error is a sentence.
func readVotes(mail string, rule VoteRule) (out []numbered, err error) {
	mail = strings.NewReplacer("−", "-", "–", "-", "\r", "").Replace(mail)
	if len(mail) > 10_000 {
		return nil, errors.New("That is too long for votes.") //nolint:staticcheck,revive // a sentence for people
	}
	left := voted.ReplaceAllString(mail, " ")
	if rest := strings.Trim(left, " \t\n,;.&"); rest != "" {
		return nil, fmt.Errorf("%q is not understood as a vote, and nothing was counted.", cutWords(rest)) //nolint:staticcheck,revive // a sentence for people
	}
	at := map[int64]int{}
	for _, m := range voted.FindAllStringSubmatch(mail, -1) {
		v, err := readVote(m, rule)
		if err != nil {
			return nil, err
		}
		k, twice := at[v.n]
		switch {
		case !twice:
			at[v.n] = len(out)
			out = append(out, v)
		case rule.Method == Dots && m[3] == "":
			out[k].value += v.value
		default:
			return nil, fmt.Errorf("Idea %d is voted on twice, and nothing was counted.", v.n) //nolint:staticcheck,revive // a sentence for people
		}
	}
	if len(out) == 0 {
		return nil, errors.New("There is no vote in this mail.") //nolint:staticcheck,revive // a sentence for people
	}
	return out, nil
}

// readVote reads one match: sign, number, value, effort, sign behind.
func readVote(m []string, rule VoteRule) (v numbered, err error) {
	v.n, _ = strconv.ParseInt(m[2], 10, 64)
	sign := m[1] + m[5]
	switch {
	case len(sign) > 1:
		return v, fmt.Errorf("Idea %d has two signs.", v.n) //nolint:staticcheck,revive // a sentence for people
	case m[3] != "":
		v.value, _ = strconv.ParseInt(m[3], 10, 64)
		v.effort, _ = strconv.ParseInt("0"+m[4], 10, 64)
		if sign != "" {
			return v, fmt.Errorf("Idea %d has a sign and a value.", v.n) //nolint:staticcheck,revive // a sentence for people
		}
	case rule.Method == Like && sign == "-":
		v.value = -1
	case rule.Method == Like || rule.Method == Dots && sign != "-":
		v.value = 1
	default:
		return v, fmt.Errorf("It is not clear what idea %d is given.", v.n) //nolint:staticcheck,revive // a sentence for people
	}
	return v, nil
}

func cutWords(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return s
}
