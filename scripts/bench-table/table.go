package main

import (
	"fmt"
	"math"
	"regexp"
	"strings"
)

// aim is a line of the table: what a metric of a benchmark should be at least, or
// (most) at most; with neither it is shown for itself. floor is the metric of the
// floor in the same run; in is a pattern, of whose benchmarks the last counts.
type aim struct {
	work   string
	in     string
	metric string
	most   bool
	aim    float64
	unit   string
	floor  string
	scale  float64 // what the metric is multiplied with for the table; 1 when zero
}

const header = "| work | aim | floor | ours: median (least–most) | times the floor | |\n|---|---|---|---|---|---|\n"

const missing = "not measured"

// write makes the table; measured leaves out the lines without figures.
func write(list []aim, got figures, measured bool) string {
	var b strings.Builder
	b.WriteString(header)
	above := ""
	for _, a := range list {
		if rest, more := strings.CutPrefix(a.work, "…"); !more {
			above = a.work
		} else if measured { // what it goes on from may not be there
			a.work = above + "," + rest
		}
		if row := a.row(got); !measured || !strings.Contains(row, missing) {
			b.WriteString(row + "\n")
		}
	}
	return b.String()
}

func (a aim) row(got figures) string {
	in := regexp.MustCompile(`^` + a.in + `$`)
	ours, floor := a.scaled(got.find(in, a.metric)), a.scaled(got.find(in, a.floor))
	cells := []string{a.work, a.wanted(), "–", missing, "–", ""}
	if len(floor) > 0 {
		cells[2] = short(median(floor)) + a.unit
	}
	if len(ours) > 0 {
		cells[3] = fmt.Sprintf("**%s**%s", short(median(ours)), a.unit)
		if len(ours) > 1 {
			cells[3] += fmt.Sprintf(" (%s–%s)", short(ours[0]), short(ours[len(ours)-1]))
		}
		cells[5] = a.verdict(median(ours))
	}
	if len(ours) > 0 && len(floor) > 0 {
		times := median(floor) / median(ours)
		if a.most {
			times = 1 / times
		}
		cells[4] = short(times) + " ×"
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

func (a aim) scaled(values []float64) []float64 {
	if a.scale != 0 {
		for i := range values {
			values[i] *= a.scale
		}
	}
	return values
}

func (a aim) wanted() string {
	switch {
	case a.aim == 0:
		return "–"
	case a.most:
		return "≤ " + short(a.aim) + a.unit
	}
	return "≥ " + short(a.aim) + a.unit
}

// verdict says whether an aim is met, or by how much it is missed.
func (a aim) verdict(got float64) string {
	times := a.aim / got
	if a.most {
		times = got / a.aim
	}
	switch {
	case a.aim == 0:
		return ""
	case times <= 1:
		return "met"
	}
	return "missed " + short(times) + " ×"
}

func median(sorted []float64) float64 { return sorted[len(sorted)/2] }

// short writes three digits that count, with a comma for thousands.
func short(v float64) string {
	if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return fmt.Sprint(v)
	}
	if v < 100 {
		return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.*f", max(0, 2-int(math.Floor(math.Log10(v)))), v), "0"), ".")
	}
	digits := fmt.Sprintf("%.0f", v)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
