package cli

import (
	"context"
	"net/url"
	"strconv"
	"strings"
)

func (e *env) checkinReport(ctx context.Context, x string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var out raw[checkinReport]
	path := series(x) + "/report"
	if strings.HasPrefix(x, "crep_") {
		path = "/checkin-reports/" + url.PathEscape(x)
	}
	if err := c.call(ctx, "GET", path, nil, &out); err != nil {
		return err
	}
	return e.show(out, func() {
		r := out.known
		of := ""
		if r.Asked != nil {
			of = " of " + strconv.Itoa(*r.Asked)
		}
		e.say("%s, %s: answers of %s%s", r.Name, r.Date, strconv.Itoa(r.Answered), of)
		for _, p := range r.People {
			e.entry(p.Person, p.Latest)
			for _, more := range p.Earlier {
				e.entry(p.Person, more)
			}
		}
		for _, b := range r.Waiting {
			e.say("\n%s waits for: %s", b.Person.Name, b.words())
		}
	})
}

func (e *env) entry(who personRef, x checkinEntry) {
	marks := ""
	if x.Late {
		marks += ", late"
	}
	if x.EditedAt != nil {
		marks += ", edited"
	}
	e.say("\n%s, %s%s", who.Name, x.Date, marks)
	if x.Nothing {
		e.say("  Nothing to say.")
	}
	for _, s := range x.Said {
		words := s.Text
		if s.Number != nil {
			words = strconv.FormatFloat(*s.Number, 'f', -1, 64)
		}
		if s.Yes != nil {
			words = map[bool]string{true: "yes", false: "no"}[*s.Yes]
		}
		e.say("  %s\n    %s", s.Asked, strings.ReplaceAll(words, "\n", "\n    "))
	}
}

func (e *env) checkinExport(ctx context.Context, x string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	var out raw[struct {
		CSV string `json:"csv"`
	}]
	if err := c.call(ctx, "GET", "/checkins/"+url.PathEscape(x)+"/export", nil, &out); err != nil {
		return err
	}
	return e.show(out, func() { e.say("%s", strings.TrimRight(out.known.CSV, "\n")) })
}
