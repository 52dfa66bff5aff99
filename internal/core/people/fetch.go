package people

import (
	"context"
	"errors"
	"time"

	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/outside"
)

// fetchLimits bound the reading of a calendar from an address.
var fetchLimits = outside.Limits{Time: 10 * time.Second, Answer: 5 << 20, Redirects: 3}

// fetch reads the calendar at an address, unless it is as the caller knows it. Every failure but the caller's own is an
// invalid fault; it does not tell what answers inside the network.
func (s *Service) fetch(ctx context.Context, address string, known outside.Version) (outside.Answer, error) {
	a, err := s.outside.Ask(ctx, outside.Request{URL: address, Header: map[string]string{"Accept": "text/calendar"}, Known: known})
	switch {
	case errors.Is(err, outside.ErrAddress):
		return a, fault.New(fault.Invalid, "bad_address", "Give the address of a calendar that begins with https:// or http://.").At("url")
	case errors.Is(err, outside.ErrTooLarge):
		return a, fault.New(fault.Invalid, "calendar_too_large", "The calendar at this address is larger than 5 MB.").At("url")
	case err != nil && ctx.Err() != nil:
		return a, ctx.Err()
	case err != nil:
		return a, fault.New(fault.Invalid, "unreachable_address", "This address could not be read. It must be on the public internet and answer within ten seconds.").At("url")
	case a.Status != 200 && !a.Unchanged:
		return a, fault.New(fault.Invalid, "calendar_refused", "The address answered, but not with a calendar. Check it in your browser.").At("url")
	}
	return a, nil
}
