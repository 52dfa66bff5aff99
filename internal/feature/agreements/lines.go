package agreements

import "strings"

// AgreementLine is a line of the page in a comparison: kept, added ("+") or taken out ("-").
type AgreementLine struct {
	Op   string `json:"op" enum:" ,+,-"`
	Text string `json:"text"`
}

// mostLines bounds what is compared line by line; longer pages are shown as a whole,
// the old taken out and the new put in.
const mostLines = 1500

// diff compares two texts by their lines, by the longest that they have in common.
func diff(was, is string) []AgreementLine {
	a, b := split(was), split(is)
	if len(a) > mostLines || len(b) > mostLines {
		return append(marked("-", a), marked("+", b)...)
	}
	common := longest(a, b)
	out := []AgreementLine{}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			out = append(out, AgreementLine{" ", a[i]})
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			out = append(out, AgreementLine{"-", a[i]})
			i++
		default:
			out = append(out, AgreementLine{"+", b[j]})
			j++
		}
	}
	out = append(out, marked("-", a[i:])...)
	return append(out, marked("+", b[j:])...)
}

// longest is, for every two places, how many lines the rests have in common.
func longest(a, b []string) [][]int16 {
	out := make([][]int16, len(a)+1)
	for i := range out {
		out[i] = make([]int16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				out[i][j] = out[i+1][j+1] + 1
			} else {
				out[i][j] = max(out[i+1][j], out[i][j+1])
			}
		}
	}
	return out
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(strings.TrimRight(s, "\n"), "\n")
}

func marked(op string, list []string) []AgreementLine {
	out := []AgreementLine{}
	for _, l := range list {
		out = append(out, AgreementLine{op, l})
	}
	return out
}
