package worktime

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Spec is the JSON form of a schedule. Ranges are "09:00-17:00" on the local
// clock; an end at or before the start is on the next date; "24:00" may be an
// end. Weekdays are mon, tue, wed, thu, fri, sat and sun. Dates are local.
type Spec struct {
	Zone      string              `json:"zone"`                                // IANA name, such as Europe/Berlin
	Zones     []ZonePeriod        `json:"zones,omitempty" nullable:"false"`    // later zones; the last holds for ever
	Weekly    map[string][]string `json:"weekly,omitempty"`                    // weekday → ranges
	Overrides map[string][]string `json:"overrides,omitempty"`                 // date → the ranges it has instead
	Holidays  []string            `json:"holidays,omitempty" nullable:"false"` // "2026-12-25", or "2026-12-24 12:00-24:00" for a part
	Absences  []Absence           `json:"absences,omitempty" nullable:"false"` // times away
	Focus     map[string][]string `json:"focus,omitempty"`                     // weekday or date → ranges not to be interrupted
	Checks    map[string][]string `json:"checks,omitempty"`                    // weekday → times at which routine things are looked at
}

// ZonePeriod says that from the local midnight that begins From on, the person
// lives in Zone.
type ZonePeriod struct {
	From string `json:"from"`
	Zone string `json:"zone"`
}

// Absence is time away, [From, To). Both are local dates ("2026-07-01") or
// instants in RFC 3339, read to the second. An empty To means until further
// notice.
type Absence struct {
	From string `json:"from"`
	To   string `json:"to"`
}

const maxEntries = 20_000 // of any one list in a schedule

var specKeys = []string{"zone", "zones", "weekly", "overrides", "holidays", "absences", "focus", "checks"}

// Parse reads the JSON form of a schedule. What cannot be read is an
// *InvalidError that names the field.
func Parse(b []byte) (*Schedule, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(b, &keys); err != nil || keys == nil {
		return nil, invalid("", "A schedule is a JSON object with at least a zone, such as {\"zone\": \"Europe/Berlin\"}.")
	}
	for k := range keys {
		if !slices.Contains(specKeys, k) {
			return nil, invalid(k, "There is no such field in a schedule.")
		}
	}
	var spec Spec
	if err := json.NewDecoder(bytes.NewReader(b)).Decode(&spec); err != nil {
		var typ *json.UnmarshalTypeError
		if errors.As(err, &typ) {
			return nil, invalid(typ.Field, "A %s does not belong here.", typ.Value)
		}
		return nil, invalid("", "The schedule could not be read: %v.", err)
	}
	return spec.Compile()
}

// Compile checks the spec and makes a Schedule of it. What cannot be read is
// an *InvalidError that names the field.
func (sp Spec) Compile() (*Schedule, error) {
	c := compiler{spec: sp, s: &Schedule{}, more: &details{}}
	for _, step := range []func() error{c.limits, c.zones, c.work, c.focus, c.checks, c.off} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if len(c.s.spans) > math.MaxUint16 {
		return nil, invalid("", "These are %d ranges in all. Keep it to %d.", len(c.s.spans), math.MaxUint16)
	}
	if m := c.more; len(m.periods) > 0 || len(m.absent) > 0 || !m.focus.empty() || !m.checks.empty() {
		c.s.more = m
	}
	c.s.spans = slices.Clone(c.s.spans) // as long as it is, and not as append left it
	return c.s, nil
}

func at(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }
